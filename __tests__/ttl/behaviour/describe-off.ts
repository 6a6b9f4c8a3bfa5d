import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { familiesThat } from '../../support/exposition.js';
import { splitDelimited } from '../../support/protobuf.js';
import { type Encoding, push } from '../../support/push.js';
import { pushgateway, type Server, startPushgateway } from '../../support/pushgateway.js';
import { type OffPush, offPushes } from './off-pushes.js';

const PROTOBUF_READ = 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=1';

/** Upstream, and the patched one in both ways that leave the TTL off, after the same pushes. */
export function describeOff(version: string): void {
  describe(`${version} with the TTL off is upstream`, () => {
    const servers: Server[] = [];
    const answers: string[][] = [];

    beforeAll(async () => {
      const [upstream, patched] = await Promise.all([
        pushgateway({ version, patches: 'none' }),
        pushgateway({ version }),
      ]);
      for (const [binary, args] of [
        [upstream, []],
        [patched, []],
        [patched, ['--metric.timetolive=0']],
      ] as const)
        servers.push(await startPushgateway(binary, args));
      answers.push(...(await Promise.all(servers.map(({ url }) => pushAll(url)))));
    });

    afterAll(() => Promise.all(servers.map((server) => server.stop())));

    /** What something is for upstream, and for the two others. */
    const threefold = async <T>(of: (url: string) => Promise<T>): Promise<[upstream: T, patched: [T, T]]> => {
      const [one, two, three] = await Promise.all(servers.map(({ url }) => of(url)));
      return [one as T, [two as T, three as T]];
    };

    it('pushes and deletions, good and bad, have the same answers', () => {
      const [upstream = [], ...patched] = answers;
      for (const status of [200, 202, 400]) expect(upstream.join('\n')).toContain(`${status} `);
      expect(patched).toEqual([upstream, upstream]);
    });

    it('pushed families are the same byte for byte', async () => {
      const [upstream, patched] = await threefold(async (url) => textOfPushed(await read(url, '/metrics')));
      for (const name of ['a', 'c', 's', 'h', 'u', 'push_ttl_seconds', 'pushgateway_metric_families_expired_total'])
        expect(upstream).toContain(`# TYPE ${name} `);
      expect(patched).toEqual([upstream, upstream]);
    });

    it('so they are in protobuf', async () => {
      const [upstream, patched] = await threefold(pushedAsProtobuf);
      expect(upstream.size).toBeGreaterThan(8);
      expect(patched).toEqual([upstream, upstream]);
    });

    it('all other families have the same names, HELP and TYPE', async () => {
      const [upstream, patched] = await threefold(async (url) => headers(await read(url, '/metrics')));
      for (const name of ['pushgateway_build_info', 'go_goroutines'])
        expect(upstream.filter((header) => header.startsWith(`${name} GAUGE `)).length).toBe(1);
      expect(patched).toEqual([upstream, upstream]);
    });

    it('the API shows the same', async () => {
      const [upstream, patched] = await threefold(async (url) => groupsInOrder(await read(url, '/api/v1/metrics')));
      expect(upstream.length).toBeGreaterThan(40);
      expect(patched).toEqual([upstream, upstream]);
    });

    it('the page shows the same, and the flag', async () => {
      const flag = /\s*<tr>\s*<th scope="row">metric\.timetolive<\/th>\s*<td>0s<\/td>\s*<\/tr>/;
      const [upstream, patched] = await threefold(async (url) => withoutTimes(await read(url, '/')));
      expect(upstream).toContain('push_ttl_seconds');
      for (const page of patched) {
        expect(page).toMatch(flag);
        expect(page.replace(flag, '')).toBe(upstream);
      }
    });

    it('the API shows the flag too, which upstream does not know', async () => {
      const [upstream, patched] = await threefold(async (url) => flag(await read(url, '/api/v1/status')));
      expect(upstream).toBeUndefined();
      expect(patched).toEqual(['0s', '0s']);
    });
  });
}

async function pushAll(url: string): Promise<string[]> {
  const answers: string[] = [];
  for (const encoding of ['text', 'protobuf'] as Encoding[])
    for (const one of offPushes(encoding)) answers.push(await answerTo(url, one));
  return answers;
}

/** Upstream writes metrics into its messages with one blank or two, which differs from one binary to the next. */
async function answerTo(url: string, one: OffPush): Promise<string> {
  const { status, text } = await push(url, one);
  return `${status} ${one.method} ${one.path} ${one.anyText ? '' : text.replaceAll(/\s+/g, ' ')}`;
}

async function read(url: string, path: string): Promise<string> {
  const response = await fetch(`${url}${path}`);
  expect(response.status).toBe(200);
  return response.text();
}

/** All that was pushed, but for the values of what the Pushgateway adds. */
function textOfPushed(exposition: string): string {
  return [...familiesThat(true, exposition).values()]
    .map(({ text }) => text.replaceAll(/^(push_(?:failure_)?time_seconds\{.*\}) [1-9]\S*$/gm, '$1 TIME'))
    .join('\n');
}

async function pushedAsProtobuf(url: string): Promise<Map<string, string>> {
  const pushed = familiesThat(true, await read(url, '/metrics'));
  const response = await fetch(`${url}/metrics`, { headers: { Accept: PROTOBUF_READ } });
  expect(response.headers.get('content-type')).toContain('application/vnd.google.protobuf');
  const families = splitDelimited(Buffer.from(await response.arrayBuffer()));
  return new Map(
    [...families]
      .filter(([name]) => pushed.has(name) && !/^push_(failure_)?time_seconds$/.test(name))
      .map(([name, message]) => [name, message.toString('hex')]),
  );
}

/** Name, type and help of what the Pushgateway says of itself. */
function headers(exposition: string): string[] {
  return [...familiesThat(false, exposition)].map(([name, { type, help }]) => `${name} ${type} ${help}`);
}

/** The groups of the API, which come in any order. */
function groupsInOrder(text: string): string[] {
  const { data } = JSON.parse(text) as { data: unknown[] };
  return data.map((group) => withoutTimes(JSON.stringify(group))).sort();
}

/** Without what differs from one second, or from one server to the next. */
function withoutTimes(text: string): string {
  return text
    .replaceAll(/\d{4}-\d\d-\d\d[T ][\d:.]+(Z| &#43;0000 UTC m=&#43;[\d.]+)/g, 'TIME')
    .replaceAll(/\b[12]\.\d+e\+09\b|\b[12]\d{9}(\.\d+)?/g, 'TIME')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'ADDRESS');
}

function flag(status: string): string | undefined {
  return (JSON.parse(status) as { data: { flags: Record<string, string> } }).data.flags['metric.timetolive'];
}
