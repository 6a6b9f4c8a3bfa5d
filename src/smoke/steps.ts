import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError } from '../base/errors.js';
import { orGiveUp } from '../base/limit.js';
import { type ExerciseOptions, TTL } from './exercise.js';
import { endingText, METRIC, type Session } from './session.js';

/** Pushes until one is read within the TTL; more than one is only needed where the machine is very slow. */
const PUSHES = 10;

/** Waits until the server says that it is ready; false where its port was taken, and `mayBeTaken`. */
export async function isReady(
  session: Session,
  { limits, signal }: ExerciseOptions,
  mayBeTaken: boolean,
): Promise<boolean> {
  const { server } = session;
  const expected = 'a server that answers /-/ready or /-/healthy with 200';
  let last = 'no answer';
  for (const end = performance.now() + limits.start; performance.now() < end; await sleep(50)) {
    if (server.hasEnded()) {
      if (mayBeTaken && /address already in use/i.test(server.log())) return false;
      throw await session.failure('start', expected, 'none');
    }
    for (const path of ['/-/ready', '/-/healthy']) {
      const answer = await session.ask(path).catch(() => undefined);
      if (signal?.aborted) throw new CancelledError();
      if (answer?.status === 200) return true;
      if (answer !== undefined) last = `${answer.status} from ${path}`;
    }
  }
  throw await session.failure('start', expected, `${last} within ${limits.start / 1000} s`);
}

/** Whether the server that answers is the one that was started; releases without an API are believed. */
export async function isOurs(session: Session, address: string): Promise<boolean> {
  const { status, text } = await session.mustAsk('status', [200, 404], '/api/v1/status');
  if (status === 404) {
    await session.mustAsk('status', [200], '/');
    return true;
  }
  try {
    const { data } = JSON.parse(text) as { data?: { flags?: Record<string, string> } };
    const shown = data?.flags?.['web.external-url'];
    return shown === undefined || shown === address;
  } catch {
    throw await session.failure('status', 'JSON from /api/v1/status', JSON.stringify(text.slice(0, 300)));
  }
}

/** Pushes, and reads back; with a TTL, what is pushed must be there for so long. */
export async function pushAndRead(
  session: Session,
  { expiry, limits }: ExerciseOptions,
  method: 'POST' | 'PUT',
  value: number,
): Promise<void> {
  const limit = expiry ? TTL * 1000 : limits.read;
  const expected = `${METRIC} with the value ${value} in /metrics within ${limit / 1000} s after it was pushed`;
  for (let pushes = 1; ; pushes++) {
    const pushed = performance.now();
    await session.push(method, value);
    let reads = 0;
    for (; ; await sleep(50)) {
      const shown = await session.shownValue('read');
      if (shown !== undefined) {
        if (Number(shown) === value) return;
        throw await session.failure('read', expected, `the value ${shown}`);
      }
      if (performance.now() - pushed > limit) break;
      reads += 1;
    }
    if (reads > 0) throw await session.failure('read', expected, `nothing in ${reads} answers`);
    // An answer that came later than the TTL says nothing about the push.
    if (pushes === PUSHES || !expiry)
      throw await session.failure('read', expected, 'no answer in time: this machine is too slow for the test');
  }
}

/** Waits until what was pushed is gone. */
export async function expire(session: Session, { title, limits, log }: ExerciseOptions): Promise<void> {
  const began = performance.now();
  for (let told = 0; ; await sleep(200)) {
    if ((await session.shownValue('expiry')) === undefined) return;
    const seconds = Math.floor((performance.now() - began) / 1000);
    if (performance.now() - began > limits.expiry) {
      const expected = `that ${METRIC} expires, with --metric.timetolive=${TTL}s`;
      throw await session.failure('expiry', expected, `it in /metrics, ${seconds} s after its push`);
    }
    if (seconds >= told + 5) {
      told = seconds;
      log.progress(`Smoke test of ${title}: waiting for a pushed metric to expire (${seconds} s)`);
    }
  }
}

/** Ends the server as an operator would. */
export async function stop(session: Session, { limits, signal }: ExerciseOptions): Promise<void> {
  const { server } = session;
  if (server.hasEnded()) throw await session.failure('stop', 'a server that runs until it is stopped', 'none');
  await server.terminate();
  const ending = await orGiveUp(server.ended, limits.stop, signal);
  if (signal?.aborted) throw new CancelledError();
  if (ending === 0) return;
  const expected = `that it ends by itself with code 0 within ${limits.stop / 1000} s after SIGTERM`;
  throw await session.failure('stop', expected, ending === undefined ? 'no end; it was killed' : endingText(ending));
}
