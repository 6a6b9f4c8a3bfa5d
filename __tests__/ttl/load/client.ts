import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

/** Times are milliseconds of `performance.now()`. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** Before anything was sent. */
  readonly sent: number;
  /** When the head of the answer was here: whatever it tells was so before. */
  readonly answered: number;
}

/** Milliseconds of silence after which a request has failed. */
const TIMEOUT = 20_000;

/** HTTP with connections that are kept, as scrapers do it. */
export class Client {
  private readonly agent = new Agent({ keepAlive: true });
  private readonly url: string;

  /** @param url `http://HOST:PORT` */
  constructor(url: string) {
    this.url = url;
  }

  /** Any status is an answer; fails where there is none, or where it ends early. */
  ask(method: string, path: string, body?: string): Promise<Answer> {
    const sent = performance.now();
    return new Promise((resolve, reject) => {
      const asked = request(`${this.url}${path}`, { method, agent: this.agent, timeout: TIMEOUT }, (response) => {
        const answered = performance.now();
        let text = '';
        response.setEncoding('latin1'); // All that is pushed is ASCII, and this is the fastest.
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text, sent, answered }));
        response.on('error', reject);
      });
      asked.on('timeout', () => asked.destroy(new Error(`no answer within ${TIMEOUT} ms`)));
      asked.on('error', reject);
      asked.end(body);
    });
  }

  /** Ends all connections, those in use too. */
  close(): void {
    this.agent.destroy();
  }
}
