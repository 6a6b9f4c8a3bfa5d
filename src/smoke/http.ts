import { request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export interface Question {
  readonly port: number;
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** More than any answer to a question of the smoke test. */
const LIMIT = 16 * 1024 * 1024;

/** Asks a server on loopback, on a connection of its own and through no proxy; any status is an answer. */
export function ask({ port, path, method = 'GET', body, signal }: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'Content-Type': 'text/plain; version=0.0.4' };
    const question = request({ host: '127.0.0.1', port, path, method, headers, agent: false, signal }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > LIMIT) response.destroy(new Error(`the answer to ${path} is longer than ${LIMIT} bytes`));
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    question.on('error', reject);
    question.end(body);
  });
}
