import { CancelledError, messageOf, RunError } from '../base/errors.js';
import { orGiveUp, within } from '../base/limit.js';
import { type Answer, ask, type Question } from './http.js';
import type { Server } from './launcher.js';

/** The metric that is pushed. */
export const METRIC = 'pushgateway_ttl_smoke_test';

export interface SessionOptions {
  readonly server: Server;
  readonly port: number;
  /** Job of what is pushed; no other test has it. */
  readonly job: string;
  /** For errors: `linux/arm64 (by qemu-aarch64-static)`. */
  readonly title: string;
  /** Longest wait for an answer, in milliseconds. */
  readonly patience: number;
  readonly signal: AbortSignal | undefined;
}

/** A Pushgateway under test, and the words for what it does wrong. */
export class Session {
  readonly server: Server;
  private readonly options: SessionOptions;

  constructor(options: SessionOptions) {
    this.server = options.server;
    this.options = options;
  }

  /** @throws Error where there is no answer; CancelledError */
  ask(path: string, question: Pick<Question, 'method' | 'body'> = {}): Promise<Answer> {
    const { port, patience, signal } = this.options;
    const late = () => new Error(`none within ${patience / 1000} s`);
    return within(patience, signal, (signal) => ask({ port, path, ...question, signal }), late);
  }

  /** An answer with one of the statuses. */
  async mustAsk(
    step: string,
    statuses: readonly number[],
    path: string,
    question: Pick<Question, 'method' | 'body'> = {},
  ): Promise<Answer> {
    const expected = `${statuses.join(' or ')} from ${question.method ?? 'GET'} ${path}`;
    const answer = await this.ask(path, question).catch(async (error: unknown) => {
      throw error instanceof CancelledError ? error : await this.failure(step, expected, messageOf(error));
    });
    if (statuses.includes(answer.status)) return answer;
    throw await this.failure(step, expected, `${answer.status} ${JSON.stringify(answer.text.trim().slice(0, 300))}`);
  }

  async push(method: 'POST' | 'PUT', value: number): Promise<void> {
    const body = `# TYPE ${METRIC} gauge\n${METRIC} ${value}\n`;
    await this.mustAsk('push', [200, 202], `/metrics/job/${this.options.job}`, { method, body });
  }

  /** The pushed metric's value as `/metrics` shows it; undefined where it does not. */
  async shownValue(step: string): Promise<string | undefined> {
    const { text } = await this.mustAsk(step, [200], '/metrics');
    for (const [, labels = '', value] of text.matchAll(new RegExp(`^${METRIC}\\{([^\\n]*)\\} (\\S+)`, 'gm'))) {
      if (labels.includes(`job="${this.options.job}"`)) return value;
    }
    return undefined;
  }

  /** An error that names the platform, the step, what was expected, what came, and the end of the server's log. */
  async failure(step: string, expected: string, came: string): Promise<RunError> {
    // The end of a connection is often seen before the end of the program that caused it.
    const ending = await orGiveUp(this.server.ended, 300);
    const cause = ending === undefined ? came : `${came} (the program has ended: ${endingText(ending)})`;
    return stepFailure(this.options.title, step, expected, cause, this.server.log());
  }
}

/** How a program ended, in words. */
export function endingText(ending: number | string): string {
  return typeof ending === 'number' ? `code ${ending}` : ending;
}

/** An error of the step of one platform's test, with the last lines of what the program wrote. */
export function stepFailure(title: string, step: string, expected: string, came: string, log: string): RunError {
  const lines = log.trim().split('\n').slice(-15);
  const tail =
    log.trim() === ''
      ? 'The program wrote nothing.'
      : `The last that the program wrote:\n${lines.map((line) => `  ${line.slice(0, 500)}`).join('\n')}`;
  const hint = /unknown long flag '--metric\.timetolive'/.test(log)
    ? ' The program does not know --metric.timetolive: it was built without a patch set for a TTL.'
    : '';
  return new RunError(
    `The smoke test of ${title} failed at the step "${step}": expected ${expected}; came ${came}.${hint} ${tail}`,
  );
}
