import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { allowedProtocol } from '../../src/source/git.js';
import { gitSource } from '../../src/source/git-source.js';
import { fetchPinnedDiff } from '../../src/source/pinned-diff.js';
import { scratch } from '../support/files.js';
import { makeFork, pin } from '../support/fork.js';
import { makeRepository, SMALL_TREE, serveGit, sourceContext, writeFiles } from '../support/repository.js';
import { DIFFERENCE, FORK, UPSTREAM } from '../support/small-fork.js';

const PUSHGATEWAY = 'https://github.com/prometheus/pushgateway';

test.each([
  ['https://github.com/a/b', undefined, 'https'],
  ['HTTPS://github.com/a/b', undefined, 'https'],
  ['http://127.0.0.1:8080/a/b', undefined, 'http'],
  ['ssh://git@example.com/a/b', undefined, 'ssh'],
  ['git+ssh://git@example.com/a/b', undefined, 'ssh'],
  ['git@example.com:a/b', undefined, 'ssh'],
  ['git://example.com/a', undefined, 'git'],
  ['file:///a/b', undefined, 'file'],
  ['/a/b:c', undefined, 'file'],
  ['a/b:c', undefined, 'file'],
  ['ext::sh -c x', undefined, 'none'],
  ['fd::17', undefined, 'none'],
  ['ftp://example.com/a', undefined, 'none'],
  ['https://github.com/a/b', 'https:ssh', 'https'],
  ['https://github.com/a/b', 'ssh', 'none'],
  ['https://github.com/a/b', '', 'none'],
  ['ext::sh -c x', 'ext', 'none'],
])('for %s and what the user allows, %s, git may speak %s', (address, users, protocol) => {
  expect(allowedProtocol(address, users)).toBe(protocol);
});

describe('a source that is fetched strictly', () => {
  const commit = (url: string, name: string, env: Readonly<Record<string, string>> = {}, strict = true) =>
    gitSource({ type: 'git-commit', url, commit: name, version: undefined }, { ...sourceContext(env), strict });

  async function repository() {
    const made = await makeRepository();
    return { ...made, first: await made.commit(SMALL_TREE) };
  }

  /** A server that sends everybody to another. */
  async function redirecting(to: string): Promise<string> {
    const server = createServer((request, response) => {
      response.writeHead(302, { location: `${to}${request.url}` }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test('comes from the address that was named, over its protocol', async () => {
    const { path, first } = await repository();
    const { base } = await serveGit(dirname(path));
    for (const url of [path, pathToFileURL(path).href, `${base}/${basename(path)}`]) {
      expect((await commit(url, first)).spec).toMatchObject({ commit: first });
    }
  });

  test('comes from where the user leads the address', async () => {
    const { path, first, git } = await repository();
    await git('tag', 'v1.10.0');
    const config = `[url "${pathToFileURL(path).href}"]\n\tinsteadOf = ${PUSHGATEWAY}\n`;
    const context = sourceContext({ HOME: writeFiles(scratch(), { '.gitconfig': config }) });
    const source = await gitSource({ type: 'git-tag', version: '1.10.0' }, { ...context, strict: true });
    expect(source.spec).toEqual({ type: 'git', url: PUSHGATEWAY, commit: first });
  });

  test('is not looked for where a server sends git, not even if the user lets git follow', async () => {
    const { path, first } = await repository();
    const { base, requests } = await serveGit(dirname(path));
    const url = `${await redirecting(base)}/${basename(path)}`;
    const config = '[http]\n\tfollowRedirects = true\n';
    const env = { HOME: writeFiles(scratch(), { '.gitconfig': config }) };
    await expect(commit(url, first, env)).rejects.toThrow('returned error: 302');
    expect(requests).toEqual([]);
    expect((await commit(url, first, env, false)).spec).toMatchObject({ commit: first });
  });

  test('is not fetched by a protocol that the user forbids', async () => {
    const { path, first } = await repository();
    await expect(commit(path, first, { GIT_ALLOW_PROTOCOL: 'https' })).rejects.toThrow("'file' not allowed");
  });

  test('starts no command that stands in the place of an address', async () => {
    const mark = join(scratch(), 'mark');
    const config = `[url "ext::sh -c touch% ${mark}"]\n\tinsteadOf = ${PUSHGATEWAY}\n`;
    const env = { HOME: writeFiles(scratch(), { '.gitconfig': config }), GIT_ALLOW_PROTOCOL: 'https:ext' };
    const run = (strict: boolean) =>
      commit(PUSHGATEWAY, 'a'.repeat(40), env, strict).catch((error: Error) => error.message);
    expect(await run(true)).toContain("'ext' not allowed");
    expect(existsSync(mark)).toBe(false);
    await run(false); // what the user has set up for other runs
    expect(existsSync(mark)).toBe(true);
  });
});

test.each(['', '.git'])(
  'a pinned difference comes strictly from where the user leads its address (%s)',
  async (ending) => {
    const fork = await makeFork(UPSTREAM, FORK);
    const address = 'https://fork.invalid/x';
    const config = `[url "${pathToFileURL(fork.repository.path).href}"]\n\tinsteadOf = ${address}${ending}\n`;
    const world = { ...sourceContext({ HOME: writeFiles(scratch(), { '.gitconfig': config }) }), strict: true };
    expect((await fetchPinnedDiff(pin(fork, address).pinned, world)).toString()).toBe(DIFFERENCE);
  },
);
