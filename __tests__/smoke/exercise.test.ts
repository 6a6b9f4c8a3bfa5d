import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../src/base/errors.js';
import { exercise } from '../../src/smoke/exercise.js';
import { processesWith } from '../../src/smoke/processes.js';
import { until } from '../support/servers.js';
import { attempt, oddGateway } from './gateways.js';

// What takes longer is in full/smoke-exercise.test.ts.

describe.concurrent('exercise', () => {
  it('is content with a server that does its work, and leaves no process', async () => {
    expect(await attempt('none', { expiry: true })).toEqual({ message: undefined, starts: 1, left: 0 });
  });

  it.each([
    ['version', 'version', '"version 1.11.3+ttl.1" from --version; came "version 1.11.3"'],
    ['exits', 'start', 'came none (the program has ended: code 7)'],
    ['loses', 'read', 'with the value 41.5 in /metrics within 1 s after it was pushed; came nothing'],
    ['never-expires', 'expiry', '--metric.timetolive=1s; came it in /metrics, 2 s after its push'],
  ])('finds the fault %s at the step %s', async (fault, step, words) => {
    const { message, left } = await attempt(fault, { limits: { expiry: 2000 } });
    expect(message).toContain(`The smoke test of linux/x (test) failed at the step "${step}": expected `);
    expect(message).toContain(words);
    expect(left).toBe(0);
  });

  it('ends the server when cancelled', async () => {
    const cancel = new AbortController();
    const { options, marks } = oddGateway('never-expires', { signal: cancel.signal });
    const outcome = exercise(options).catch((error: unknown) => error);
    await until(60_000, async () => (await processesWith(marks[0] ?? '?')).length > 0);
    cancel.abort();
    expect(await outcome).toBeInstanceOf(CancelledError);
    expect(await processesWith(marks[0] ?? '?')).toEqual([]);
  });
});
