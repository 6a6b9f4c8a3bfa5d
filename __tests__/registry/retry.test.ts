import { describe, expect, it } from 'vitest';
import { CancelledError, RunError } from '../../src/base/errors.js';
import { silentLog } from '../../src/base/log.js';
import { delayBefore } from '../../src/base/retry.js';
import { classify } from '../../src/registry/failure.js';
import { registryError } from '../../src/registry/registry-error.js';
import { withRetries } from '../../src/registry/retry.js';

const DOING = { what: 'push', repository: { registry: 'ghcr.io', path: 'a/b' }, access: 'write' } as const;
const failing = (words: string) => registryError(classify(`level=fatal msg="${words}"`), DOING);
const OPTIONS = { retries: 3, firstDelay: 1, log: silentLog };

/** Fails with each of the errors in turn, then gives the number of the try. */
function body(...errors: Error[]) {
  let tries = 0;
  return async () => {
    const error = errors[tries++];
    if (error) throw error;
    return tries;
  };
}

describe('withRetries', () => {
  it('tries again what passes', async () => {
    const lines: string[] = [];
    const log = { ...silentLog, info: (line: string) => void lines.push(line) };
    const errors = ['connection refused', 'toomanyrequests', 'StatusCode: 503, x'].map(failing);
    expect(await withRetries('push', { ...OPTIONS, log }, body(...errors))).toBe(4);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(/^push: StatusCode: 503, x; retry 3 of 3 in \d\.\d s$/);
  });

  it('gives up after so many further tries, with the last error', async () => {
    const errors = ['connection refused', 'unexpected EOF', 'i/o timeout', 'broken pipe', 'never'].map(failing);
    await expect(withRetries('push', OPTIONS, body(...errors))).rejects.toBe(errors[3]);
    await expect(withRetries('push', { ...OPTIONS, retries: 0 }, body(...errors))).rejects.toBe(errors[0]);
  });

  it.each(['unauthorized', 'denied', 'name unknown', 'StatusCode: 413, x', 'x509: x', 'manifest invalid'])(
    'throws at once: %s',
    async (words) => {
      const error = failing(words);
      await expect(withRetries('push', OPTIONS, body(error))).rejects.toBe(error);
    },
  );

  it('throws what no registry said at once', async () => {
    const error = new RunError('connection refused');
    await expect(withRetries('push', OPTIONS, body(error))).rejects.toBe(error);
  });

  it('is cancelled while it waits', async () => {
    const cancel = new AbortController();
    const log = { ...silentLog, info: () => cancel.abort() };
    const options = { ...OPTIONS, firstDelay: 30_000, log, signal: cancel.signal };
    await expect(withRetries('push', options, body(failing('unexpected EOF')))).rejects.toBeInstanceOf(CancelledError);
  });
});

describe('delayBefore', () => {
  it('doubles up to half a minute, and differs by a fifth at most', () => {
    for (const [retry, base] of [
      [1, 1000],
      [2, 2000],
      [5, 16_000],
      [6, 30_000],
      [60, 30_000],
    ] as const) {
      const delays = Array.from({ length: 50 }, () => delayBefore(retry));
      expect(Math.min(...delays)).toBeGreaterThanOrEqual(base);
      expect(Math.max(...delays)).toBeLessThanOrEqual(base * 1.2);
      expect(new Set(delays).size).toBeGreaterThan(1);
    }
  });
});
