import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/base/hash.js';
import { type Fork, makeFork, pin } from '../support/fork.js';
import { type Loopback, serveHttp, serveHttps } from '../support/loopback.js';
import { type Ended, exec, freePort, mustExec, PROJECT, program, SHARED_STORE } from '../support/program.js';
import { startPushgateway } from '../support/pushgateway.js';
import { writeFiles } from '../support/repository.js';
import { emptyFolder, folderForTests, readLayout, wholeResult } from './folders.js';

const HERE = folderForTests('patch-sets');
const TREE = join(HERE, 'tree-1.11.3');
const PATCHES = join(HERE, 'patches');

/** Writes a patched tree to a new folder. */
async function patch(name: string, args: readonly string[], env: Record<string, string> = {}) {
  const to = join(emptyFolder(HERE, name), 'tree');
  const { code, stderr } = await program(['patch', '--to', to, ...args], { env });
  return { code, stderr, read: (file: string) => readFileSync(join(to, file), 'utf8'), to };
}

beforeAll(async () => {
  const made = await program(['patch', '--patches', 'none', '--to', TREE]);
  expect(made.stderr).toContain(TREE);
});

describe('custom sets', () => {
  const IMPORT = (line: string) => `--- a/main.go\n+++ b/main.go\n@@ -14,2 +14,3 @@\n package main\n+${line}\n \n`;
  const onTree = (...sets: string[]) => ['--source', TREE, ...sets.flatMap((set) => ['--patches', set])];

  it('a folder is laid out as ttl is, and its patches apply in the order of their names', async () => {
    const set = writeFiles(emptyFolder(PATCHES, 'mine'), {
      'storage/mine.go': 'package storage\n',
      'storage/mine_test.go': 'package storage\n',
      '1-hook.patch': IMPORT('// one'),
      '2-hook.diff': IMPORT('// two')
        .replace('@@ -14,2 +14,3 @@', '@@ -14,3 +14,3 @@')
        .replace('\n \n', '\n-// one\n \n'),
      'README.md': 'about\n',
    });
    const { code, stderr, read, to } = await patch('folder', onTree(set));
    expect(stderr).not.toContain('error');
    expect(code).toBe(0);
    expect(read('main.go')).toContain('\npackage main\n// two\n\n');
    expect(read('storage/mine.go')).toBe('package storage\n');
    expect(read('README.md')).toBe(readFileSync(join(TREE, 'README.md'), 'utf8'));
    expect(existsSync(join(to, '1-hook.patch'))).toBe(false);
  });

  it('the set of the project, laid out in a folder by hand, is the same content', async () => {
    const copy = join(emptyFolder(PATCHES, 'copy'), 'ttl');
    await mustExec('cp', ['-r', join(PROJECT, 'patches', 'ttl'), copy]);
    const plan = async (set: string) =>
      JSON.parse((await program(['build', '--dry-run', '--json', '--patches', set])).stdout);
    const [own, byHand] = [await plan('ttl'), await plan(copy)];
    expect(byHand.spec.patches).toEqual([{ name: 'ttl', sha256: own.spec.patches[0].sha256 }]);
  });

  it('several apply in the order that is asked for, onto one another and onto ttl', async () => {
    const [first, second] = [join(PATCHES, 'first.patch'), join(PATCHES, 'second.patch')];
    writeFiles(PATCHES, {
      'first.patch': IMPORT('// first'),
      'second.patch': IMPORT('// second').replace('14,2 +14,3', '15,2 +15,3').replace('package main', '// first'),
    });
    const { code, stderr, read } = await patch('several', onTree('ttl', first, second));
    expect(stderr).not.toContain('error');
    expect(code).toBe(0);
    expect(read('main.go')).toContain('\npackage main\n// first\n// second\n\n');
    expect(read('main.go')).toContain('metric.timetolive');

    const turned = await patch('turned', onTree('ttl', second, first));
    expect(turned.code).toBe(2);
    expect(turned.stderr).toContain('error: patches: The patch second does not apply; nothing of it was applied.\n');
    expect(turned.stderr).toContain('  main.go, hunk @@ -15,2 +15,3 @@\n    expected:\n      | // first\n');
    const twice = await patch('twice', onTree('ttl', first, first));
    expect(twice.stderr).toMatch(/The patch first does not apply; .*The tree has these changes already/s);
    expect(existsSync(twice.to)).toBe(false);
  });
});

describe('a set at an address', () => {
  const PATCH = '--- a/main.go\n+++ b/main.go\n@@ -14,2 +14,3 @@\n package main\n+// fetched\n \n';
  let site: Loopback & { ca: string };
  let requests: string[] = [];

  beforeAll(async () => {
    site = await serveHttps(HERE, (request, response) => {
      const before = requests.filter((url) => url === request.url).length;
      requests.push(request.url ?? '');
      if (request.url === '/gone.patch') return response.writeHead(404).end();
      if (request.url === '/busy.patch' || (request.url === '/flaky.patch' && before === 0))
        return response.writeHead(503).end('busy');
      if (request.url === '/flaky.patch' && before === 1) {
        response.writeHead(200, { 'content-length': PATCH.length });
        return response.write(PATCH.slice(0, 10), () => response.destroy());
      }
      return response.end(PATCH);
    });
    return () => site.close();
  });

  const fetching = (name: string, store: string) => {
    requests = [];
    const address = `${site.url}/${name}.patch#sha256=${sha256Hex(PATCH)}`;
    const env = { NODE_EXTRA_CA_CERTS: site.ca, PUSHGATEWAY_TTL_CACHE: store };
    return patch(`address-${name}`, ['--source', TREE, '--patches', address], env);
  };

  it('is asked for again where the server is busy or the connection drops, and then kept', async () => {
    const store = emptyFolder(HERE, 'store-flaky');
    const first = await fetching('flaky', store);
    expect(first.stderr).not.toContain('error');
    expect(first.read('main.go')).toContain('\n// fetched\n');
    expect(requests).toHaveLength(3);
    const second = await fetching('flaky', store);
    expect(second.read('main.go')).toContain('\n// fetched\n');
    expect(requests).toEqual([]);
  });

  it('is asked for no more than three times, and once where it is not there', async () => {
    const busy = await fetching('busy', emptyFolder(HERE, 'store-busy'));
    expect(busy.code).toBe(1);
    expect(busy.stderr).toMatch(/error: .*\/busy\.patch answers 503 .*3 tries/);
    expect(requests).toHaveLength(3);
    const gone = await fetching('gone', emptyFolder(HERE, 'store-gone'));
    expect(gone.code).toBe(2);
    expect(requests).toHaveLength(1);
  });
});

describe('the published set, with a repository of our own in its place', () => {
  const PUBLISHED = 'https://github.com/dinumathai/pushgateway';
  const COPY = join(HERE, 'project');
  const OUT = join(HERE, 'out');
  const STORE = join(HERE, 'store');
  let fork: Fork;
  let home: string;

  /** Runs the copy of the project whose pins are those of the stand-in. */
  const run = (args: readonly string[], env: Record<string, string> = {}): Promise<Ended> =>
    exec(process.execPath, [COPY, ...args], {
      cwd: HERE,
      env: { ...process.env, GITHUB_ACTIONS: undefined, PUSHGATEWAY_TTL_CACHE: STORE, ...asUser(), ...env },
    });
  /** A user whose git leads the published address to the stand-in, and whose Go modules are the machine's. */
  const asUser = () => ({ GIT_CONFIG_GLOBAL: join(home, 'gitconfig') });
  const RELEASE = ['--pushgateway-version', '1.4.0', '--patches', 'dinumathai'];
  const BUILD = ['build', '--json', '--smoke-test=false', ...RELEASE, '--platforms', 'linux/amd64'];

  beforeAll(async () => {
    const upstream = join(HERE, 'tree-1.4.0');
    expect(
      (await program(['patch', '--pushgateway-version', '1.4.0', '--patches', 'none', '--to', upstream])).code,
    ).toBe(0);
    const read = (file: string) => readFileSync(join(upstream, file), 'utf8');
    const files = Object.fromEntries(
      ['README.md', 'main.go', 'storage/diskmetricstore.go'].map((file) => [file, read(file)]),
    );
    fork = await makeFork(files, forked(files), emptyFolder(HERE, 'fork'));
    home = emptyFolder(HERE, 'home');
    const address = pathToFileURL(fork.repository.path).href;
    writeFileSync(
      join(home, 'gitconfig'),
      `[url "${address}"]\n\tinsteadOf = ${PUBLISHED}\n[diff]\n\tnoprefix = true\n`,
    );

    await mustExec('mkdir', [COPY]);
    await mustExec('cp', ['-r', ...['dist', 'patches', 'package.json'].map((name) => join(PROJECT, name)), COPY]);
    const place = join(COPY, 'patches', 'dinumathai', 'set.json');
    const about = JSON.parse(readFileSync(place, 'utf8'));
    const { name: _, ...pinned } = pin(fork, about.git.repository).pinned;
    expect(pinned.repository).toBe(PUBLISHED);
    writeFileSync(place, JSON.stringify({ ...about, git: pinned }));
    await mustExec('mkdir', ['-p', STORE, join(SHARED_STORE, 'go-build')]);
    await mustExec('ln', ['-s', join(SHARED_STORE, 'go-build'), join(STORE, 'go-build')]);
  });

  it('builds, warns once of its faults, and runs with its flag', async () => {
    const { code, stdout, stderr } = await run([...BUILD, '--output-dir', OUT]);
    expect(code, stderr).toBe(0);
    const warnings = stderr.split('\n').filter((line) => line.includes('warning:'));
    expect(warnings).toHaveLength(1);
    for (const part of ['dinumathai', 'concurrent map iteration and map write', '300 to 420 s', '89 s', 'ttl'])
      expect(warnings[0]).toContain(part);

    const outputs = JSON.parse(stdout);
    const spec = JSON.parse(outputs.spec);
    expect(spec.patches).toEqual([{ name: 'dinumathai', sha256: pin(fork, '').pinned.sha256 }]);
    expect(spec.version).toBe('1.4.0+dinumathai');
    expect(spec.sourceDateEpoch).toBe(Date.parse('2021-03-03T05:40:05Z') / 1000); // later than upstream's 1.4.0
    const [image] = readLayout(outputs.layout).children;
    expect(image?.config.config.Labels['org.opencontainers.image.version']).toBe('1.4.0+dinumathai');

    const binary = join(outputs.binaries, 'linux', 'amd64', 'pushgateway');
    const { stdout: said, stderr: complained } = await exec(binary, ['--version']); // 1.4.0 says it as a complaint
    expect(said + complained).toContain('version 1.4.0+dinumathai (branch: dinumathai,');
    const server = await startPushgateway(binary, ['--stand-in.lifetime=30s']);
    try {
      const push = await fetch(`${server.url}/metrics/job/a`, { method: 'POST', body: 'a_metric 42\n' });
      expect(push.ok).toBe(true);
      expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('a_metric{instance="",job="a"} 42');
      expect(server.log()).toContain('lifetime=30s');
    } finally {
      await server.stop();
    }
  }, 600_000);

  it('is fetched once: afterwards an unchanged run needs neither repository nor network', async () => {
    const before = await wholeResult(OUT);
    const gone = `${fork.repository.path}-gone`;
    renameSync(fork.repository.path, gone);
    try {
      const proxy = { GOPROXY: `http://127.0.0.1:${await freePort()}` };
      const again = await run([...BUILD, '--output-dir', join(HERE, 'again')], proxy);
      expect(again.stderr).toContain('compiled by an earlier run');
      expect(JSON.parse(again.stdout).digest).toBe(before);
      const tree = join(HERE, 'from-store');
      expect((await run(['patch', ...RELEASE, '--to', tree])).code).toBe(0);
      expect(readFileSync(join(tree, 'main.go'), 'utf8')).toContain('stand-in.lifetime');

      const args = [...BUILD, '--no-cache', '--output-dir', join(HERE, 'no-cache')];
      const alone = await run(args);
      expect(alone).toMatchObject({ code: 1, stdout: '' });
      expect(alone.stderr).toMatch(
        /^error: Could not fetch the patch set dinumathai, the commits \w{40} and \w{40} of /m,
      );
      expect(alone.stderr).toContain(`git config --global url.MIRROR.insteadOf ${PUBLISHED}`);
      expect(alone.stderr).not.toMatch(/^ +at |defect/m);
      expect(existsSync(join(HERE, 'no-cache'))).toBe(false);
    } finally {
      renameSync(gone, fork.repository.path);
    }
  }, 600_000);

  it('applies plainly to other releases, and is not used where it is another than the pinned one', async () => {
    const to = (name: string) => ['--to', join(emptyFolder(HERE, name), 'tree')];
    const newer = await run(['patch', '--pushgateway-version', '1.9.0', '--patches', 'dinumathai', ...to('newer')]);
    expect(newer.stderr).toContain('pushgateway 1.9.0, patched');
    expect(newer.stderr).toContain('warning: The patch set dinumathai has faults');

    const place = join(COPY, 'patches', 'dinumathai', 'set.json');
    const right = readFileSync(place, 'utf8');
    const about = JSON.parse(right);
    const other = { ...about, git: { ...about.git, sha256: '1'.repeat(64) } };
    writeFileSync(place, JSON.stringify(other));
    try {
      const wrong = await run(['patch', ...RELEASE, ...to('wrong')]);
      expect(wrong.code).toBe(1);
      expect(wrong.stderr).toContain(`has the SHA-256 ${about.git.sha256}, but ${'1'.repeat(64)} is pinned`);
    } finally {
      writeFileSync(place, right);
    }
  });

  it('for 1.11 and newer is refused before anything is asked or fetched', async () => {
    const asked: (string | undefined)[] = [];
    const world = await serveHttp((request, response) => {
      asked.push(request.url);
      response.writeHead(404).end();
    });
    try {
      const config = join(home, 'counting');
      writeFileSync(config, `[url "${world.url}/"]\n\tinsteadOf = https://github.com/\n`);
      const env = { GOPROXY: world.url, GIT_CONFIG_GLOBAL: config, PUSHGATEWAY_TTL_CACHE: join(HERE, 'store-empty') };
      for (const version of ['1.11.3', '1.99.0']) {
        const args = ['--pushgateway-version', version, '--patches', 'dinumathai'];
        for (const command of [
          ['build', ...args],
          ['build', '--dry-run', ...args],
          ['build', '--source', 'git', ...args],
          ['patch', '--to', join(HERE, 'refused'), ...args],
        ]) {
          const ended = await run(command, env);
          expect(ended).toMatchObject({ code: 2, stdout: '' });
          expect(ended.stderr).toMatch(/^error: patches: .*cannot apply to 1\.11 and newer.* there is ttl/m);
        }
      }
      expect(asked).toEqual([]);
    } finally {
      await world.close();
    }
  });

  it('for a folder of 1.11 is refused by its VERSION, and where that is missing, by what does not fit', async () => {
    const args = ['--patches', 'dinumathai', '--source-date-epoch', '0', '--output-dir', join(HERE, 'never')];
    const known = await run(['build', '--source', TREE, ...args]);
    expect(known.code).toBe(2);
    expect(known.stderr).toContain('Pushgateway 1.11.3 was asked for');
    const unknown = join(emptyFolder(HERE, 'unknown'), 'tree');
    await mustExec('cp', ['-r', TREE, unknown]);
    await mustExec('rm', [join(unknown, 'VERSION')]);
    const ended = await run(['build', '--source', unknown, '--pushgateway-version', '1.10.0', ...args]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(
      /The patch dinumathai does not apply; .*hunk @@ .*cannot apply to 1\.11 and newer.* ttl/s,
    );
    expect(existsSync(join(HERE, 'never'))).toBe(false);
    expect(dirname(unknown)).toContain(HERE);
  });
});

/**
 * What the stand-in makes of upstream's files: a flag, handed to the store, which tells it to the log. The places are
 * those of a TTL, the code is not.
 */
function forked(upstream: Readonly<Record<string, string>>): Record<string, string> {
  const replace = (file: string, from: string, to: string) => {
    const text = files[file] ?? '';
    if (text.split(from).length !== 2) throw new Error(`${file} has not one ${from}`);
    files[file] = text.replace(from, () => to);
  };
  const files: Record<string, string> = { ...upstream, 'README.md': 'A stand-in for a fork.\n' };
  const flag = '\t\tpushUnchecked       = app.Flag(';
  replace(
    'main.go',
    flag,
    `\t\tlifetime            = app.Flag("stand-in.lifetime", "A flag.").Default("0s").Duration()\n${flag}`,
  );
  const made = '*persistenceInterval, prometheus.DefaultGatherer, logger';
  replace('main.go', `${made})`, `${made}, *lifetime)`);
  const store = 'storage/diskmetricstore.go';
  replace(
    store,
    '\tlogger log.Logger,\n) *DiskMetricStore {',
    '\tlogger log.Logger,\n\tlifetime time.Duration,\n) *DiskMetricStore {',
  );
  replace(store, '\tgo dms.loop(persistenceInterval)\n', '\tgo dms.loop(persistenceInterval)\n\tdms.tell(lifetime)\n');
  const last = '// groupingKeyFor creates a grouping key';
  replace(
    store,
    last,
    `func (dms *DiskMetricStore) tell(lifetime time.Duration) {\n\tdms.logger.Log("lifetime", lifetime)\n}\n\n${last}`,
  );
  return files;
}
