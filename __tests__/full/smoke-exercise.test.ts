import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../src/base/errors.js';
import { exercise } from '../../src/smoke/exercise.js';
import { processesWith } from '../../src/smoke/processes.js';
import { attempt, oddGateway } from '../smoke/gateways.js';
import { scratch } from '../support/files.js';
import { until } from '../support/servers.js';

/** Milliseconds; 5 s are promised, and machines of CI may be busy. */
const LIMIT = 15_000;

describe('exercise', () => {
  it.each([
    ['none', true],
    ['none', false],
    ['no-ready', true],
    ['no-api', false],
    ['children', false],
    // Without a TTL, nothing has to expire, and one push is all.
    ['never-expires', false],
    ['one-push', false],
  ])('is content with a server of the kind %s (expiry: %s), and leaves no process', async (fault, expiry) => {
    expect(await attempt(fault, { expiry })).toEqual({ message: undefined, starts: 1, left: 0 });
  });

  it.each([
    ['version', 'version', {}, '"version 1.11.3+ttl.1" from --version; came "version 1.11.3"'],
    ['version-code', 'version', {}, 'came code 3'],
    ['version-hangs', 'version', { start: 2000 }, 'no end within 2 s'],
    ['exits', 'start', {}, 'came none (the program has ended: code 7)'],
    ['no-flag', 'start', {}, 'built without a patch set for a TTL'],
    ['never-ready', 'start', { start: 8000 }, '503 from /-/healthy within 8 s'],
    ['no-page', 'status', {}, '200 from GET /; came 500'],
    ['no-json', 'status', {}, 'JSON from /api/v1/status; came "<html>"'],
    ['refuses', 'push', {}, '200 or 202 from POST /metrics/job/'],
    ['loses', 'read', {}, 'with the value 41.5 in /metrics within 1 s after it was pushed; came nothing'],
    ['wrong-value', 'read', {}, 'came the value 42.5'],
    ['expires-early', 'read', {}, 'within 1 s after it was pushed; came nothing'],
    ['hangs', 'read', { answer: 3000 }, '200 from GET /metrics; came none within 3 s'],
    ['dies', 'read', {}, '(the program has ended: code 9)'],
    ['never-expires', 'expiry', { expiry: 2000 }, '--metric.timetolive=1s; came it in /metrics, 2 s after its push'],
    ['one-push', 'push', {}, '200 or 202 from PUT /metrics/job/'],
    ['sigterm-code', 'stop', {}, 'came code 4'],
    ['ignores-sigterm', 'stop', { stop: 1000 }, 'with code 0 within 1 s after SIGTERM; came no end; it was killed'],
  ])('finds the fault %s at the step %s', async (fault, step, limits, words) => {
    const { message, left } = await attempt(fault, { limits });
    expect(message).toContain(`The smoke test of linux/x (test) failed at the step "${step}": expected `);
    expect(message).toContain(words);
    expect(left).toBe(0);
  });

  it('finds a lost push where nothing expires, too', async () => {
    const { message } = await attempt('loses', { expiry: false });
    expect(message).toContain('failed at the step "read"');
  });

  it('gives the server nothing of the environment but PATH, and shows the end of its log', async () => {
    process.env.SMOKE_CANARY = 'seen';
    const { message } = await attempt('exits');
    delete process.env.SMOKE_CANARY;
    expect(message).toMatch(/starting with the environment PATH$/m);
  });

  it.each(['port-taken', 'other-server'])('takes another port after the fault %s', async (fault) => {
    const file = join(scratch(), 'was-there');
    expect(await attempt(`${fault}:${file}`)).toEqual({ message: undefined, starts: 2, left: 0 });
    expect(existsSync(file)).toBe(true);
  });

  it.each(['never-expires', 'never-ready', 'hangs', 'ignores-sigterm', 'children'])(
    'ends a server of the kind %s within 5 s when cancelled',
    async (fault) => {
      const cancel = new AbortController();
      const { options, marks } = oddGateway(fault, { signal: cancel.signal });
      const outcome = exercise(options).catch((error: unknown) => error);
      await until(60_000, async () => (await processesWith(marks[0] ?? '?')).length > 0);
      const cancelled = performance.now();
      cancel.abort();
      expect(await outcome).toBeInstanceOf(CancelledError);
      expect(performance.now() - cancelled).toBeLessThan(LIMIT);
      expect(await processesWith(marks[0] ?? '?')).toEqual([]);
    },
  );
});
