import { beforeAll, describe, expect, it } from 'vitest';
import { pushgateway, startPushgateway } from '../../support/pushgateway.js';
import { randomFrom } from '../../support/random.js';
import { checkUnderLoad, type Load } from './check.js';
import { dyingAfter, meddleWith, saying, success, withFlags } from './faulty-servers.js';
import { describeReport, type Report } from './report.js';
import type { Launch } from './restart.js';

/** Small and short, with many changes of living groups, and the same each time. */
const LOAD: Load = {
  names: 200,
  keepers: 3,
  again: 0.4,
  deletes: 0.3,
  ttl: 2000,
  isFilled: false,
  rates: { pushes: 25, reads: 25 },
  seconds: 6,
  leastRestored: 3,
  seed: 1,
};

let binary = '';
const healthy: Launch = (flags) => startPushgateway(binary, flags);

beforeAll(async () => {
  binary = await pushgateway();
});

async function check(launch: Launch): Promise<Report> {
  return checkUnderLoad(LOAD, launch);
}

async function kindsOf(launch: Launch): Promise<readonly string[]> {
  return (await check(launch)).violations.kinds;
}

/** `--metric.timetolive` times a factor. */
function ttlTimes(factor: number): Launch {
  const flag = /^--metric\.timetolive=(\d+)ms$/;
  return withFlags(healthy, (flags) =>
    flags.map((one) => one.replace(flag, (_, ttl) => `--metric.timetolive=${Number(ttl) * factor}ms`)),
  );
}

function without(flag: string): (flags: readonly string[]) => readonly string[] {
  return (flags) => flags.filter((one) => !one.startsWith(flag));
}

// Each waits most of the time, so that they can run beside one another.
describe.concurrent('the check under load', () => {
  it('finds nothing wrong with a healthy server', async () => {
    const report = await check(healthy);
    expect(report.violations.toString(), describeReport(report)).toBe('');
    expect(report.pushes.length).toBeGreaterThan(0);
    expect(report.reads.length).toBeGreaterThan(0);
  });

  it('fails a server that stores nothing', async () => {
    const launch = meddleWith(healthy, { instead: (method) => (method === 'GET' ? undefined : success(method)) });
    expect(await kindsOf(launch)).toEqual(expect.arrayContaining(['load: missing', 'load: rate', 'restart: missing']));
  });

  it('fails a server that answers some reads with 500', async () => {
    const random = randomFrom(2);
    const launch = meddleWith(healthy, {
      instead: (_, path) => (path === '/metrics' && random() < 0.1 ? 500 : undefined),
    });
    expect(await kindsOf(launch)).toContain('load: read');
  });

  it('fails a server that answers some pushes with 400', async () => {
    const random = randomFrom(3);
    const launch = meddleWith(healthy, { instead: (method) => (method !== 'GET' && random() < 0.1 ? 400 : undefined) });
    expect(await kindsOf(launch)).toContain('load: push');
  });

  it('fails a server that expires at half the TTL', async () => {
    expect(await kindsOf(ttlTimes(0.5))).toContain('load: missing');
  });

  it('fails a server that expires at double the TTL', async () => {
    expect(await kindsOf(ttlTimes(2))).toContain('load: outlived');
  });

  it('fails a server that loses pushes at random', async () => {
    const random = randomFrom(4);
    const launch = meddleWith(healthy, {
      instead: (method) => (method !== 'GET' && random() < 0.05 ? success(method) : undefined),
    });
    expect(await kindsOf(launch)).toContain('load: missing');
  });

  it('fails a server that ignores DELETE', async () => {
    const launch = meddleWith(healthy, { instead: (method) => (method === 'DELETE' ? success(method) : undefined) });
    expect(await kindsOf(launch)).toContain('load: unexpected');
  });

  it('fails a server that takes a PUT for a POST', async () => {
    const launch = meddleWith(healthy, { method: (method) => (method === 'PUT' ? 'POST' : method) });
    expect(await kindsOf(launch)).toContain('load: unexpected');
  });

  it('fails a server that takes a POST for a PUT', async () => {
    const launch = meddleWith(healthy, { method: (method) => (method === 'POST' ? 'PUT' : method) });
    expect(await kindsOf(launch)).toContain('load: missing');
  });

  it('fails a server that answers reads from a cache', async () => {
    let cached = { time: 0, body: '' };
    const launch = meddleWith(healthy, {
      body: (path, body) => {
        if (path !== '/metrics') return body;
        if (Date.now() > cached.time + 300) cached = { time: Date.now(), body };
        return cached.body;
      },
    });
    expect(await kindsOf(launch)).toEqual(expect.arrayContaining(['load: missing', 'load: number']));
  });

  it('fails a server that never persists', async () => {
    expect(await kindsOf(withFlags(healthy, without('--persistence.file')))).toEqual(['restart: missing']);
  });

  it('fails a server that keeps what has expired while it was down', async () => {
    let launches = 0;
    const forgetful = withFlags(healthy, (flags) => (launches++ === 0 ? flags : without('--metric.timetolive')(flags)));
    const kinds = await kindsOf(forgetful);
    expect(kinds).toContain('restart: outlived');
    expect(kinds.filter((kind) => kind.startsWith('load'))).toEqual([]);
  });

  it('fails a server whose heap grows', async () => {
    let asked = 0;
    const launch = meddleWith(healthy, {
      body: (path, body) =>
        path.startsWith('/debug/pprof/heap')
          ? body.replace(
              /^(# HeapAlloc = )(\d+)$/m,
              (_, name, bytes) => `${name}${Number(bytes) + 4 * 2 ** 20 * asked++}`,
            )
          : body,
    });
    expect(await kindsOf(launch)).toEqual(['load: heap']);
  });

  it('fails a server that hardly answers', async () => {
    const launch = meddleWith(healthy, { delay: (method) => (method === 'GET' ? 0 : 4000) });
    expect(await kindsOf(launch)).toContain('load: rate');
  });

  it('fails a server that ends', async () => {
    expect(await kindsOf(dyingAfter(healthy, 2000))).toContain('load: crash');
  });

  it.each(['WARNING: DATA RACE', 'fatal error: all goroutines are asleep - deadlock!', 'panic: nil map'])(
    'fails a server that says %s',
    async (line) => {
      const script = saying(binary, line);
      expect(await kindsOf((flags) => startPushgateway(script, flags))).toEqual(['load: log']);
    },
  );
});
