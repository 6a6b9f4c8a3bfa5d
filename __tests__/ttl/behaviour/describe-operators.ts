import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseExposition } from '../../support/exposition.js';
import { family } from '../../support/families.js';
import { until } from '../../support/files.js';
import { exec } from '../../support/program.js';
import { push } from '../../support/push.js';
import { pushgateway, type Server, startPushgateway } from '../../support/pushgateway.js';
import { ttl } from './rows.js';

const COUNTER = 'pushgateway_metric_families_expired_total';
const COUNTER_HELP = 'Total number of pushed metric families removed because their time to live was over.';
const ACCEPTED = 'accepts 0 (metrics never expire) or a duration of at least 1s, such as 90s, 5m or 36h, not';

/** The flag: what it takes, and where it shows. */
export function describeFlag(version: string): void {
  describe(`${version}: --metric.timetolive`, () => {
    let binary: string;
    beforeAll(async () => {
      binary = await pushgateway({ version });
    });

    it.each(['-1s', '-1h', '999ms', '0.999999999s', '1ns', '1', '60', 's', '', '1d', 'NaN', 'never', '1s1'])(
      'refuses "%s", and says what it takes',
      async (value) => {
        const { code, stdout, stderr } = await exec(
          binary,
          ['--web.listen-address=127.0.0.1:0', `--metric.timetolive=${value}`],
          { timeout: 20_000 },
        );
        expect(code).toBe(1);
        expect(stderr + stdout).toContain(`--metric.timetolive ${ACCEPTED} "${value}"`);
        expect(stdout + stderr).not.toContain('starting pushgateway');
      },
    );

    it.each([
      ['0', '0s'],
      ['0h', '0s'],
      ['1s', '1s'],
      ['1000ms', '1s'],
      ['1.5s', '1.5s'],
      ['90s', '1m30s'],
      ['36h', '36h0m0s'],
    ])('takes "%s", and shows it as %s', async (value, shown) => {
      const server = await startPushgateway(binary, [`--metric.timetolive=${value}`]);
      try {
        const { data } = JSON.parse(await read(server, '/api/v1/status')) as {
          data: { flags: Record<string, string> };
        };
        expect(data.flags['metric.timetolive']).toBe(shown);
        const row = new RegExp(`<th scope="row">metric\\.timetolive</th>\\s*<td>${shown}</td>`);
        expect(await read(server, '/')).toMatch(row);
        expect(parseExposition(await read(server, '/metrics')).has(COUNTER)).toBe(shown !== '0s');
      } finally {
        await server.stop();
      }
    });

    it('is explained by --help', async () => {
      const { stdout, stderr } = await exec(binary, ['--help'], { timeout: 20_000 });
      const help = (stdout + stderr).replaceAll(/\s+/g, ' ');
      expect(help).toContain(
        '--metric.timetolive=0s How long pushed metrics live after the last push, at least 1s. 0 means forever.',
      );
    });
  });
}

/** What is counted, and what is logged. Releases before 1.11.0 have another logger, and log nothing. */
export function describeCounterAndLog(version: string, logs: boolean): void {
  describe(`${version}: counter and log`, () => {
    let debug: Server;
    let info: Server;

    beforeAll(async () => {
      const binary = await pushgateway({ version });
      debug = await startPushgateway(binary, ['--metric.timetolive=1s', '--log.level=debug']);
      info = await startPushgateway(binary, ['--metric.timetolive=1s']);
    });

    afterAll(() => Promise.all([debug, info].map((server) => server?.stop())));

    it('the counter begins at 0, with HELP and TYPE', async () => {
      const counter = parseExposition(await read(debug, '/metrics')).get(COUNTER);
      expect(counter?.text).toBe(`# HELP ${COUNTER} ${COUNTER_HELP}\n# TYPE ${COUNTER} counter\n${COUNTER} 0`);
    });

    it('counts the families that expire, but for the Pushgateway’s own', async () => {
      await Promise.all([debug, info].map(pushMany));
      for (const server of [debug, info]) {
        await allIsGone(server);
        await until(async () => (await counted(server)) >= 6);
        expect(await counted(server)).toBe(6);
      }
    });

    it(logs ? 'each expiry is logged at debug, with the labels of its group' : 'nothing is logged', async () => {
      const expected = logs ? LOGGED : [];
      await until(() => logged(debug).length >= expected.length);
      expect(logged(debug)).toEqual(expected);
    });

    it('nothing is logged at info', () => expect(logged(info)).toEqual([]));

    it('a client’s family of the same name is treated as one of the name of any other of the Pushgateway', async () => {
      const says = async (name: string, type: 'gauge' | 'counter', help: string) => {
        const body = [family(name, 5, type, help), ttl(1000)];
        const { status, text } = await push(debug.url, { method: 'POST', path: `/metrics/job/${name}`, body });
        return `${status} ${text}`
          .replaceAll(name, 'NAME')
          .replaceAll(/\s+/g, ' ')
          .replaceAll(/GAUGE|COUNTER/g, 'TYPE');
      };
      const refused =
        '400 pushed metrics are invalid or inconsistent with existing metrics: gathered metric family NAME has type TYPE but should have TYPE ';
      expect(await says(COUNTER, 'gauge', 'Mine.')).toBe(refused);
      expect(await says('go_goroutines', 'counter', 'Mine.')).toBe(refused);
      expect(await says(COUNTER, 'counter', 'Mine.')).toBe('200 ');
      expect(await says('go_goroutines', 'gauge', 'Mine.')).toBe('200 ');
      const shown = parseExposition(await read(debug, '/metrics')).get(COUNTER);
      expect(shown?.help).toBe(COUNTER_HELP);
      expect(shown?.samples).toContainEqual({ labels: { instance: '', job: COUNTER }, value: '5' });
    });

    it('and expires as any other', async () => {
      for (const name of [COUNTER, 'go_goroutines'])
        await push(debug.url, { method: 'POST', path: `/metrics/job/${name}`, body: [ttl(1)] });
      await allIsGone(debug);
      await until(async () => (await counted(debug)) >= 8);
      expect(await counted(debug)).toBe(8);
    });
  });
}

/** Pushes six families that expire, and others that do not: those are replaced, deleted, refused, or say something of a group. */
async function pushMany({ url }: Server): Promise<void> {
  const [a, b] = [family('a', 1), family('b', 2)];
  const pushes = [
    { method: 'POST', path: 'job/two', body: [a, b, ttl(2)], status: 200 },
    { method: 'POST', path: 'job/labels/instance/i', body: [a], status: 200 },
    { method: 'POST', path: 'job/empty', body: [], status: 200 },
    { method: 'POST', path: 'job/refused', body: [a, ttl(0.5)], status: 400 },
    { method: 'POST', path: 'job/kept', body: [a, ttl(3)], status: 200 },
    { method: 'POST', path: 'job/kept', body: [b, ttl(-1)], status: 400 },
    { method: 'POST', path: 'job/deleted', body: [a, b, ttl(0)], status: 200 },
    { method: 'DELETE', path: 'job/deleted', body: [], status: 202 },
    { method: 'POST', path: 'job/replaced', body: [a, b, ttl(0)], status: 200 },
    { method: 'PUT', path: 'job/replaced', body: [b], status: 200 },
    { method: 'POST', path: 'job/alone', body: [ttl(1)], status: 200 },
    { method: 'POST', path: 'job@base64/L3g', body: [a], status: 200 },
  ] as const;
  for (const { method, path, body, status } of pushes)
    expect((await push(url, { method, path: `/metrics/${path}`, body })).status, path).toBe(status);
}

/** What is logged of these: the families and the groups. */
const LOGGED = [
  ...[
    'a map[job:two]',
    'b map[job:two]',
    'a map[instance:i job:labels]',
    'a map[job:kept]',
    'b map[job:replaced]',
    'a map[job:/x]',
  ],
  ...['two', 'empty', 'refused', 'kept', 'replaced', 'alone', '/x'].map((job) => `group map[job:${job}]`),
  'group map[instance:i job:labels]',
].sort();

function logged({ log }: Server): string[] {
  const line = /level=debug .*msg="metric (?:family expired" name=(\S+)|group expired") labels="?(map\[[^\]]*\])/;
  return log()
    .split('\n')
    .filter((text) => text.includes('expired"'))
    .map((text) => line.exec(text) ?? [text])
    .map(([text, name = 'group', labels = text]) => `${name} ${labels}`)
    .sort();
}

async function allIsGone(server: Server): Promise<void> {
  await until(async () => JSON.parse(await read(server, '/api/v1/metrics')).data.length === 0);
}

/** What the counter says; NaN where it shows anything else. */
async function counted(server: Server): Promise<number> {
  const samples = parseExposition(await read(server, '/metrics')).get(COUNTER)?.samples ?? [];
  return samples.length === 1 ? Number(samples[0]?.value) : Number.NaN;
}

async function read({ url }: Server, path: string): Promise<string> {
  return (await fetch(`${url}${path}`)).text();
}
