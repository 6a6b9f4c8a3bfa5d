import { readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CancelledError } from '../../src/base/errors.js';
import { sha256Hex } from '../../src/base/hash.js';
import { fetchPinnedDiff } from '../../src/source/pinned-diff.js';
import { scratch, until } from '../support/files.js';
import { type Fork, makeFork, PINNED_FILES, pin } from '../support/fork.js';
import { exec, freePort, mustExec } from '../support/program.js';
import { serveGit, sourceContext, writeFiles } from '../support/repository.js';
import { DIFFERENCE, FORK, UPSTREAM } from '../support/small-fork.js';
import { failureOf, nothingThere, serve } from '../toolchain/fixtures.js';

const ADDRESS = 'https://fork.invalid/somebody/pushgateway';

/** A user whose git leads the address to a repository of this machine. */
function ledTo(path: string, from = ADDRESS): Record<string, string> {
  return { HOME: writeFiles(scratch(), { '.gitconfig': insteadOf(path, from) }) };
}

const insteadOf = (path: string, from = ADDRESS) => `[url "${pathToFileURL(path).href}"]\n\tinsteadOf = ${from}\n`;

const smallFork = () => makeFork(UPSTREAM, FORK);

/** Fetches a fork's difference; its text, and where git's repositories are. */
async function fetchFrom(fork: Fork, env: Readonly<Record<string, string>>, address = ADDRESS) {
  const world = sourceContext(env);
  const pinned = { ...pin(fork, address).pinned, sha256: sha256Hex(DIFFERENCE) };
  const data = await fetchPinnedDiff(pinned, world);
  return { text: data.toString(), little: join(world.tempDir, 'patch-set', 'stand-in.git') };
}

test('the stand-in has the shape of a published fork', async () => {
  const { repository, from, to } = await smallFork();
  expect(await repository.git('rev-parse', `${to}^2`)).toBe(from);
  expect(await repository.git('for-each-ref', '--contains', from, '--format=%(objectname)')).toBe(`${to}\n${to}`);
  const changed = await repository.git('diff', '--name-only', from, to);
  expect(changed.split('\n')).toEqual(expect.arrayContaining([...PINNED_FILES, 'README.md']));
  expect(changed).toContain('_test.go');
});

describe('the difference has one form', () => {
  /** What users set, each alone; git itself writes another diff for each of them. */
  const ODD: [string, string, Record<string, string>?][] = [
    ['no prefixes', '[diff]\n\tnoprefix = true\n'],
    ['another algorithm', '[diff]\n\talgorithm = patience\n'],
    ['less context', '[diff]\n\tcontext = 1\n'],
    ['hunks that run together', '[diff]\n\tinterHunkContext = 20\n'],
    ['colours', '[color]\n\tui = always\n'],
    ['an external diff', '[diff]\n\texternal = echo\n'],
    ['another order', '[diff]\n\torderFile = ~/order\n'],
    ['indents that shape hunks', '[diff]\n\tindentHeuristic = true\n'],
    ['empty lines without their blank', '[diff]\n\tsuppressBlankEmpty = true\n'],
    [
      'attributes with a filter for reading',
      '[core]\n\tattributesFile = ~/shouting\n[diff "shout"]\n\ttextconv = tr a-z A-Z <\n',
    ],
    [
      'attributes with another idea of a function',
      '[core]\n\tattributesFile = ~/shouting\n[diff "shout"]\n\txfuncname = "^(.*for.*)$"\n',
    ],
    ['attributes that call it binary', '[core]\n\tattributesFile = ~/binary\n'],
    ['attributes where git looks by itself', '', { XDG_CONFIG_HOME: 'xdg' }],
    ['GIT_DIFF_OPTS', '', { GIT_DIFF_OPTS: '--unified=1' }],
    ['GIT_EXTERNAL_DIFF', '', { GIT_EXTERNAL_DIFF: 'echo' }],
    ['GIT_CONFIG_PARAMETERS', '', { GIT_CONFIG_PARAMETERS: "'diff.noprefix=true'" }],
    ['GIT_CONFIG_COUNT', '', { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'diff.context', GIT_CONFIG_VALUE_0: '0' }],
    ['GIT_CONFIG_SYSTEM', '', { GIT_CONFIG_SYSTEM: 'system', GIT_CONFIG_NOSYSTEM: '0' }],
  ];
  const HOME_FILES = {
    order: 'storage/*\nmain.go\n',
    shouting: '*.go diff=shout\n',
    binary: '*.go -diff\n',
    'xdg/git/attributes': '*.go -diff\n',
    system: '[diff]\n\tnoprefix = true\n',
  };

  test.each(ODD)('whatever the user has set: %s', async (_what, config, variables = {}) => {
    const fork = await smallFork();
    const home = writeFiles(scratch(), { ...HOME_FILES, '.gitconfig': config + insteadOf(fork.repository.path) });
    const places = ['XDG_CONFIG_HOME', 'GIT_CONFIG_SYSTEM'];
    const values = Object.entries(variables).map(([name, value]) => [
      name,
      places.includes(name) ? join(home, value) : value,
    ]);
    const env: Record<string, string> = { PATH: process.env.PATH ?? '', HOME: home, ...Object.fromEntries(values) };
    const args = ['diff', '--full-index', fork.from, fork.to, '--', ...PINNED_FILES];
    const indents = config.includes('indentHeuristic') ? [] : ['-c', 'diff.indentHeuristic=false'];
    const plain = await exec('git', [...indents, ...args], { cwd: fork.repository.path, env });
    expect(plain.stdout).not.toBe(DIFFERENCE); // so that each of them would show
    expect((await fetchFrom(fork, env)).text).toBe(DIFFERENCE);
  });

  test('whatever they have set all at once', async () => {
    const fork = await smallFork();
    const config = ODD.map(([, text]) => text).join('');
    const more =
      '[diff]\n\tmnemonicPrefix = true\n\trenames = copies\n\trelative = true\n\tsubmodule = log\n\twsErrorHighlight = all\n\tcolorMoved = zebra\n';
    const core =
      '[core]\n\tabbrev = 5\n\tquotePath = false\n\tpager = cat -A\n\tautocrlf = true\n[pager]\n\tdiff = cat -A\n';
    const home = writeFiles(scratch(), {
      ...HOME_FILES,
      '.gitconfig': config + more + core + insteadOf(fork.repository.path),
    });
    const variables = Object.assign({}, ...ODD.map(([, , set]) => set ?? {}));
    const env = {
      ...variables,
      HOME: home,
      GIT_CONFIG_SYSTEM: join(home, 'system'),
      XDG_CONFIG_HOME: join(home, 'xdg'),
    };
    expect((await fetchFrom(fork, env)).text).toBe(DIFFERENCE);
  });

  test('whatever attributes the fork itself brings, fetched in either way', async () => {
    const { '.gitattributes': attributes, ...fork } = { ...FORK, '.gitattributes': '*.go -diff\n* text eol=crlf\n' };
    const made = await makeFork({ ...UPSTREAM, '.gitattributes': attributes }, fork);
    expect((await fetchFrom(made, ledTo(made.repository.path))).text).toBe(DIFFERENCE);
    expect((await fetchFrom(made, {}, await serveFiles(made))).text).toBe(DIFFERENCE);
  });
});

/** Serves a fork's repository as nothing but files. */
async function serveFiles(fork: Fork): Promise<string> {
  await fork.repository.git('update-server-info');
  const { base } = await serve((request, response) => {
    try {
      const path = new URL(request.url ?? '', 'http://localhost').pathname;
      response.end(readFileSync(join(fork.repository.path, '.git', path)));
    } catch {
      response.writeHead(404).end();
    }
  });
  return base;
}

describe('what comes over the network', () => {
  const address = async ({ repository: { path } }: Fork, isOld = false) => {
    const { base, requests } = await serveGit(dirname(path), isOld);
    return { url: `${base}/${basename(path)}/.git`, requests };
  };
  /** Which of some files of the fork's commit are in a repository. */
  const filesIn = async (fork: Fork, little: string, names: readonly string[]) => {
    const all = await mustExec('git', [
      '--git-dir',
      little,
      'cat-file',
      '--batch-check=%(objectname)',
      '--batch-all-objects',
    ]);
    const objects = await Promise.all(names.map((name) => fork.repository.git('rev-parse', `${fork.to}:${name}`)));
    return names.filter((_name, index) => all.split('\n').includes(objects[index] ?? ''));
  };
  const ALL = ['docs/large.txt', 'README.md', ...PINNED_FILES];
  const configure = async ({ repository }: Fork, settings: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(settings)) await repository.git('config', `uploadpack.${name}`, value);
  };

  test('is nothing but the files that differ, where the server can leave the rest out', async () => {
    const fork = await smallFork();
    await configure(fork, { allowFilter: 'true' });
    const { url, requests } = await address(fork);
    const { text, little } = await fetchFrom(fork, {}, url);
    expect(text).toBe(DIFFERENCE);
    expect(await filesIn(fork, little, ALL)).toEqual(PINNED_FILES);
    // One round for the commits, one for the files: two requests each, and one more for what the server can do.
    expect(requests.length).toBeLessThanOrEqual(6);
  });

  test('is nothing but these files from a repository of this machine, too, even one that lacks the others', async () => {
    const fork = await smallFork();
    const large = await fork.repository.git('rev-parse', `${fork.to}:docs/large.txt`);
    rmSync(join(fork.repository.path, '.git', 'objects', large.slice(0, 2), large.slice(2)));
    const { text, little } = await fetchFrom(fork, ledTo(fork.repository.path));
    expect(text).toBe(DIFFERENCE);
    expect(await filesIn(fork, little, PINNED_FILES)).toEqual(PINNED_FILES);
  });

  test('is the two commits, where the server knows no filter', async () => {
    const fork = await smallFork();
    await configure(fork, { allowFilter: 'false' });
    const { text, little } = await fetchFrom(fork, {}, (await address(fork)).url);
    expect(text).toBe(DIFFERENCE);
    expect(await filesIn(fork, little, ALL)).toEqual(ALL);
    expect(readFileSync(join(little, 'shallow'), 'utf8').trim().split('\n').sort()).toEqual(
      [fork.from, fork.to].sort(),
    );
  });

  test('is all, where the server gives only branches and tags', async () => {
    const fork = await smallFork();
    for (const what of ['Tip', 'Reachable', 'Any']) await configure(fork, { [`allow${what}SHA1InWant`]: 'false' });
    const { text, little } = await fetchFrom(fork, {}, (await address(fork, true)).url);
    expect(text).toBe(DIFFERENCE);
    expect(await filesIn(fork, little.replace(/\.git$/, '-whole.git'), ALL)).toEqual(ALL);
  });

  test('is all, where the server serves files and knows nothing of git', async () => {
    const fork = await smallFork();
    expect((await fetchFrom(fork, {}, await serveFiles(fork))).text).toBe(DIFFERENCE);
  });

  test('comes with the credentials of the user, for the files that are asked for later, too', async () => {
    const fork = await smallFork();
    await configure(fork, { allowFilter: 'true' });
    const { url } = await address(fork);
    const seen: (string | undefined)[] = [];
    const guard = await serve((request, response) => {
      seen.push(request.headers.authorization);
      if (request.headers.authorization !== 'Basic bWU6c2VjcmV0') return response.writeHead(403).end();
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', async () => {
        const headers = Object.fromEntries(
          ['content-type', 'git-protocol', 'content-encoding'].flatMap((name) => {
            const value = request.headers[name];
            return value === undefined ? [] : [[name, String(value)]];
          }),
        );
        const body = request.method === 'POST' ? { body: Buffer.concat(chunks) } : {};
        const target = new URL(request.url ?? '', url);
        const answer = await fetch(target, { method: request.method ?? 'GET', headers, ...body });
        response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
        response.end(Buffer.from(await answer.arrayBuffer()));
      });
    });
    const config = `[url "${guard.base}${new URL(url).pathname}"]\n\tinsteadOf = ${ADDRESS}\n`;
    const header = `[http "${guard.base}/"]\n\textraHeader = Authorization: Basic bWU6c2VjcmV0\n`;
    const env = { HOME: writeFiles(scratch(), { '.gitconfig': config + header }) };
    const { text, little } = await fetchFrom(fork, env);
    expect(text).toBe(DIFFERENCE);
    expect(await filesIn(fork, little, ALL)).toEqual(PINNED_FILES);
    expect(new Set(seen)).toEqual(new Set(['Basic bWU6c2VjcmV0']));
    expect(
      (await failureOf(fetchFrom(fork, { HOME: writeFiles(scratch(), { '.gitconfig': config }) }))).message,
    ).toMatch(/403/);
  });

  test.each([ADDRESS, `${ADDRESS}.git`, 'https://fork.invalid/'])(
    'comes from where the user leads %s',
    async (from) => {
      const fork = await smallFork();
      const mirror = join(scratch(), from.endsWith('/') ? 'somebody/pushgateway' : 'mirror');
      await mustExec('git', ['clone', '--quiet', '--mirror', fork.repository.path, mirror]);
      const target = from.endsWith('/') ? `${dirname(dirname(mirror))}/` : mirror;
      expect((await fetchFrom(fork, ledTo(target, from))).text).toBe(DIFFERENCE);
    },
  );
});

describe('where it cannot be had', () => {
  test('another difference is refused with both sums', async () => {
    const fork = await smallFork();
    const { pinned } = pin(fork, ADDRESS);
    const wrong = { ...pinned, sha256: '0'.repeat(64) };
    const error = await failureOf(fetchPinnedDiff(wrong, sourceContext(ledTo(fork.repository.path))));
    expect(error.name).toBe('RunError');
    expect(error.message).toContain(`has the SHA-256 ${pinned.sha256}, but ${'0'.repeat(64)} is pinned`);
  });

  test('a commit that is not there is named', async () => {
    const fork = await smallFork();
    const pinned = { ...pin(fork, ADDRESS).pinned, to: 'a'.repeat(40) };
    const error = await failureOf(fetchPinnedDiff(pinned, sourceContext(ledTo(fork.repository.path))));
    expect(error.name).toBe('RunError');
    expect(error.message).toContain(`no branch and no tag there leads to ${'a'.repeat(40)}`);
    expect(error.message).toContain(`url.MIRROR.insteadOf ${ADDRESS}`);
  });

  test('a mirror that lacks a file that is needed is told with what can be done', async () => {
    const fork = await smallFork();
    const { pinned } = pin(fork, ADDRESS);
    const needed = await fork.repository.git('rev-parse', `${fork.to}:main.go`);
    rmSync(join(fork.repository.path, '.git', 'objects', needed.slice(0, 2), needed.slice(2)));
    const error = await failureOf(fetchPinnedDiff(pinned, sourceContext(ledTo(fork.repository.path))));
    expect(error.name).toBe('RunError');
    expect(error.message).toContain(needed);
    expect(error.message).toContain(`url.MIRROR.insteadOf ${ADDRESS}`);
  });

  test('a repository that is gone, and a server that does not answer, are told with what can be done', async () => {
    const fork = await smallFork();
    const { base, requests } = await serve(nothingThere);
    const closed = `http://127.0.0.1:${await freePort()}/fork`;
    for (const [address, words] of [
      [`${base}/fork`, /not found/],
      [closed, /Failed to connect|Could ?n.t connect/],
    ] as const) {
      const error = await failureOf(fetchFrom(fork, {}, address));
      expect(error.name).toBe('RunError');
      expect(error.message).toMatch(words);
      for (const part of ['stand-in', fork.from, fork.to, `git config --global url.MIRROR.insteadOf ${address}`])
        expect(error.message).toContain(part);
    }
    expect(requests.length).toBeGreaterThan(0);
  });

  test('a server that falls silent is given up, after as long as the user has configured', async () => {
    const fork = await smallFork();
    const silent = await serve(() => {});
    const config = '[http]\n\tlowSpeedLimit = 10\n\tlowSpeedTime = 1\n';
    const env = { HOME: writeFiles(scratch(), { '.gitconfig': config }) };
    const error = await failureOf(fetchFrom(fork, env, `${silent.base}/fork`));
    expect(error).toMatchObject({ name: 'RunError', message: expect.stringContaining('Operation too slow') });
    expect(silent.requests).toHaveLength(1);
  });

  test('a cancelled run ends at once, with the git that waits', async () => {
    const fork = await smallFork();
    const silent = await serve(() => {});
    const controller = new AbortController();
    const world = { ...sourceContext(), signal: controller.signal };
    const fetching = failureOf(fetchPinnedDiff(pin(fork, `${silent.base}/fork`).pinned, world));
    await until(() => silent.requests.length > 0);
    const aborted = Date.now();
    controller.abort();
    expect(await fetching).toBeInstanceOf(CancelledError);
    expect(Date.now() - aborted).toBeLessThan(10_000);
  });
});
