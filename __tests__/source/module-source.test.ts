import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { sha256Hex } from '../../src/base/hash.js';
import { hash1 } from '../../src/source/module-hash.js';
import { moduleSource } from '../../src/source/module-source.js';
import { readModuleZip } from '../../src/source/module-zip.js';
import { RELEASES } from '../../src/source/releases.js';
import type { SourceContext } from '../../src/source/source.js';
import { probeEnvironment } from '../../src/toolchain/go-env.js';
import { scratch, snapshot } from '../support/files.js';
import { askGo } from '../support/go-oracle.js';
import { makeZip } from '../support/module-zip.js';
import { freePort, mustExec } from '../support/program.js';
import { sourceContext } from '../support/repository.js';
import { tool } from '../support/tools.js';

const PREFIX = 'example.com/m@v1.0.0/';
const sumOf = (files: Readonly<Record<string, string>>) =>
  hash1(new Map(Object.entries(files).map(([name, content]) => [name, sha256Hex(content)])));

describe('the hash of a list of files', () => {
  test("is the one of Go's own library, for any names and contents", async () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }).filter((text) => !text.includes('\n'));
    const trees = fc.sample(fc.dictionary(name, fc.string({ unit: 'binary' }), { noNullPrototype: true }), 200);
    const { Trees } = await askGo({ Trees: trees });
    expect(trees.map(sumOf)).toEqual(Trees);
  });

  test('refuses names with a line break, as Go does: they could make two lists look like one', async () => {
    const tree = { [`a\n${sha256Hex('x')}  b`]: 'x' };
    expect((await askGo({ Trees: [tree] })).Trees).toEqual(['error']);
    expect(() => sumOf(tree)).toThrow(/line break/);
  });
});

describe('a module zip', () => {
  const files = { [`${PREFIX}go.mod`]: 'module example.com/m\n', [`${PREFIX}a/b.go`]: 'package a\n' };
  const sum = sumOf(files);

  test('gives its files by their paths in the module', async () => {
    const read = await readModuleZip(makeZip(Object.entries(files)), PREFIX, sum);
    expect(Object.fromEntries(read.map(({ path, data }) => [path, data.toString()]))).toEqual({
      'go.mod': 'module example.com/m\n',
      'a/b.go': 'package a\n',
    });
  });

  test('with another sum is refused, showing both sums', async () => {
    const changed = Object.entries({ ...files, [`${PREFIX}a/b.go`]: 'package evil\n' });
    await expect(readModuleZip(makeZip(changed), PREFIX, sum)).rejects.toThrow(
      expect.objectContaining({ name: 'RunError', message: expect.stringContaining(`expected ${sum}`) }),
    );
  });

  test.each([
    ['a file twice', [...Object.entries(files), [`${PREFIX}go.mod`, 'module example.com/m\n']], /go\.mod twice/],
    ['a file outside its prefix', [['example.com/other@v1.0.0/x', '']], /outside example\.com\/m@v1\.0\.0\//],
    ['a file of a longer version', [['example.com/m@v1.0.0-evil/x', '']], /outside/],
    ['a name that climbs', [[`${PREFIX}../../x`, '']], /damaged/],
    ['an absolute name', [['/etc/x', '']], /damaged|outside/],
    ['a name with a backslash', [[`${PREFIX}a\\..\\x`, '']], /damaged/],
  ] as [string, [string, string][], RegExp][])(
    'with %s is refused, even where the sum fits',
    async (_what, entries, message) => {
      const fitting = sumOf(Object.fromEntries(entries));
      await expect(readModuleZip(makeZip(entries), PREFIX, fitting)).rejects.toThrow(
        expect.objectContaining({ name: 'RunError', message: expect.stringMatching(message) }),
      );
    },
  );

  test('with any one byte changed is refused, or has the same files', async () => {
    const zip = makeZip(Object.entries(files));
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: zip.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const damaged = Buffer.from(zip);
        damaged[at] = (damaged[at] ?? 0) ^ change;
        const outcome = await readModuleZip(damaged, PREFIX, sum).catch((error: Error) => error);
        if (outcome instanceof Error) expect(outcome.name).toBe('RunError');
        else
          expect(Object.fromEntries(outcome.map(({ path, data }) => [PREFIX + path, data.toString()]))).toEqual(files);
      }),
      { numRuns: 500 },
    );
  });

  test('that was cut off anywhere is refused', async () => {
    const zip = makeZip(Object.entries(files));
    for (let length = 0; length < zip.length; length += 7) {
      await expect(readModuleZip(zip.subarray(0, length), PREFIX, sum)).rejects.toMatchObject({ name: 'RunError' });
    }
  });
});

describe('upstream as a Go module', () => {
  const path = 'github.com/prometheus/pushgateway';
  let download = '';

  beforeAll(async () => {
    const args = ['mod', 'download', '-json', `${path}@v1.11.3`, `${path}@v1.9.0`];
    await mustExec('go', args, { cwd: '/', env: { ...process.env, GOFLAGS: '', GOWORK: 'off' } });
    download = join((await mustExec('go', ['env', 'GOMODCACHE'])).trim(), 'cache', 'download');
  });

  /** Go with a module cache of its own and these settings. */
  function withGo(settings: Readonly<Record<string, string>>): SourceContext & { modules: string } {
    const modules = scratch();
    const context = sourceContext();
    const env = { ...probeEnvironment({ ...context.env, ...settings }), GOMODCACHE: modules, GOFLAGS: '-modcacherw' };
    return { ...context, modules, goCommand: async () => ({ binary: tool('go'), env }) };
  }

  /** A module proxy in a folder, with 1.11.3 under a version of choice. */
  function proxyFolder(version: string, change: (zip: Buffer) => Buffer = (zip) => zip): string {
    const folder = scratch();
    const from = join(download, path, '@v');
    const to = join(folder, path, '@v');
    mkdirSync(to, { recursive: true });
    copyFileSync(join(from, 'v1.11.3.mod'), join(to, `${version}.mod`));
    writeFileSync(join(to, `${version}.info`), JSON.stringify({ Version: version, Time: '2024-01-02T03:04:05Z' }));
    writeFileSync(join(to, `${version}.zip`), change(readFileSync(join(from, 'v1.11.3.zip'))));
    return pathToFileURL(folder).href;
  }

  test('a known release needs nobody for its spec, and its files are those of the proxy', async () => {
    const asleep = await moduleSource('1.11.3', sourceContext());
    expect(asleep.spec).toEqual({ type: 'module', path, version: 'v1.11.3', sum: RELEASES['1.11.3']?.sum });
    expect(asleep.time).toBe(1_779_894_590);

    const source = await moduleSource('1.11.3', withGo({ GOPROXY: pathToFileURL(download).href, GOSUMDB: 'off' }));
    const folder = scratch();
    await source.write(folder);
    const files = await snapshot(folder);
    expect(files.VERSION).toBe('1.11.3\n');
    const hashes = Object.entries(files).filter(([, content]) => content !== '/');
    const named = hashes.map(([name, content]): [string, string] => [
      `${path}@v1.11.3/${name}`,
      sha256Hex(Buffer.from(content, 'latin1')),
    ]);
    expect(hash1(new Map(named))).toBe(RELEASES['1.11.3']?.sum);
  });

  test('a zip that a proxy exchanged is refused, even where the user turned the checksum database off', async () => {
    const other = readFileSync(join(download, path, '@v', 'v1.9.0.zip'));
    const entries: [string, string][] = [[`${path}@v1.11.3/go.mod`, `module ${path}\n`]];
    for (const change of [() => makeZip(entries), () => other]) {
      const context = withGo({ GOPROXY: proxyFolder('v1.11.3', change), GOSUMDB: 'off' });
      const folder = scratch();
      const source = await moduleSource('1.11.3', context);
      await expect(source.write(folder)).rejects.toMatchObject({ name: 'RunError' });
      expect(await snapshot(folder)).toEqual({});
    }
  });

  test('a module cache that was exchanged after its check is refused', async () => {
    const context = withGo({ GOPROXY: pathToFileURL(download).href, GOSUMDB: 'off' });
    const source = await moduleSource('1.11.3', context);
    await source.write(scratch());
    const zip = join(context.modules, 'cache', 'download', path, '@v', 'v1.11.3.zip');
    writeFileSync(zip, makeZip([[`${path}@v1.11.3/go.mod`, 'module evil\n']]));
    await expect(source.write(scratch())).rejects.toThrow(/its sum is h1:.*, expected h1:/);
  });

  test('the committed time of a release wins over that of a proxy, which is a notice', async () => {
    const notices: string[] = [];
    const context = withGo({ GOPROXY: proxyFolder('v1.11.3'), GOSUMDB: 'off' });
    const source = await moduleSource('1.11.3', {
      ...context,
      log: { ...context.log, notice: (line) => notices.push(line) },
    });
    await source.write(scratch());
    expect(source.time).toBe(RELEASES['1.11.3']?.time);
    expect(notices).toEqual([expect.stringMatching(/dates .* v1\.11\.3 differently/)]);
  });

  test('a release that is not known is asked for once, and remembered', async () => {
    const remembered = new Map<string, { sum: string; time: number }>();
    const zip = () => makeZip([[`${path}@v1.77.0/go.mod`, `module ${path}\n`]]);
    const context: SourceContext = {
      ...withGo({ GOPROXY: proxyFolder('v1.77.0', zip), GOSUMDB: 'off' }),
      known: {
        get: async (version) => remembered.get(version),
        put: async (version, facts) => void remembered.set(version, facts),
      },
    };
    const first = await moduleSource('1.77.0', context);
    const sum = sumOf({ [`${path}@v1.77.0/go.mod`]: `module ${path}\n` });
    expect(first).toMatchObject({ spec: { sum, version: 'v1.77.0' }, time: Date.UTC(2024, 0, 2, 3, 4, 5) / 1000 });
    const again = await moduleSource('1.77.0', { ...context, goCommand: sourceContext().goCommand });
    expect(again.spec).toEqual(first.spec);
  });

  test('a version that upstream never released is bad input, with those that are known', async () => {
    await expect(moduleSource('1.99.0', withGo(definedNetwork()))).rejects.toThrow(
      expect.objectContaining({
        name: 'InputError',
        input: 'pushgateway-version',
        message: expect.stringMatching(/^1\.99\.0 is no release .*1\.11\.3, 1\.11\.1, 1\.9\.0, 1\.4\.0$/s),
      }),
    );
  });

  test('a proxy that cannot be reached is a failure of the world that says what was tried', async () => {
    const proxy = `http://127.0.0.1:${await freePort()}`;
    for (const version of ['1.11.3', '1.99.0']) {
      const attempt = moduleSource(version, withGo({ GOPROXY: proxy })).then((source) => source.write(scratch()));
      await expect(attempt).rejects.toThrow(
        expect.objectContaining({ name: 'RunError', message: expect.stringContaining(`GOPROXY=${proxy}`) }),
      );
    }
  });

  function definedNetwork(): Record<string, string> {
    const names = ['GOPROXY', 'GOSUMDB', 'HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'SSL_CERT_FILE', 'HOME'];
    return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
  }
});
