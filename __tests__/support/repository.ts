import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { silentLog } from '../../src/base/log.js';
import type { SourceContext } from '../../src/source/source.js';
import { scratch } from './files.js';
import { mustExec } from './program.js';

/** Files of a small tree that passes for Pushgateway's. */
export const SMALL_TREE: Readonly<Record<string, string>> = {
  'go.mod': 'module github.com/prometheus/pushgateway\n\ngo 1.25.0\n',
  'main.go': 'package main\n\nfunc main() {\n}\n',
  'storage/store.go': 'package storage\n\n// one\n// two\n// three\n// four\n// five\n\nfunc Store() {}\n',
  VERSION: '1.10.0\n',
  LICENSE: 'a licence\n',
};

export function writeFiles(root: string, files: Readonly<Record<string, string | Buffer>>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

/** Environment of git commands of the tests: nobody's configuration, fixed people and times. */
const GIT_ENV = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  ...{ GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_AUTHOR_DATE: '1700000000 +0200' },
  ...{ GIT_COMMITTER_NAME: 'c', GIT_COMMITTER_EMAIL: 'c@example.com', GIT_COMMITTER_DATE: '1710000000 -0700' },
};

export interface Repository {
  readonly path: string;
  git(...args: string[]): Promise<string>;
  /** Writes files, commits all that there is, and gives the commit. */
  commit(files: Readonly<Record<string, string | Buffer>>): Promise<string>;
}

/** Makes a repository; by default in a folder that is gone after the test. */
export async function makeRepository(options: readonly string[] = [], path = scratch()): Promise<Repository> {
  const git = async (...args: string[]) => (await mustExec('git', args, { cwd: path, env: GIT_ENV })).trim();
  await git('init', '--quiet', '--initial-branch=main', ...options);
  return {
    path,
    git,
    commit: async (files) => {
      writeFiles(path, files);
      await git('add', '--all');
      await git('commit', '--quiet', '--allow-empty', '--message=x');
      return git('rev-parse', 'HEAD');
    },
  };
}

/** What sources need of the world, with an environment of one's own. */
export function sourceContext(env: Readonly<Record<string, string>> = {}): SourceContext {
  return {
    tempDir: scratch(),
    env: { PATH: process.env.PATH ?? '', HOME: scratch(), ...env },
    log: silentLog,
    goCommand: () => Promise.reject(new Error('Go was asked for')),
    known: { get: async () => undefined, put: async () => {} },
  };
}

/**
 * Serves the repositories below `root` over http, with git's own server program; gives the address of `root`.
 * @param isOld whether it knows only the first protocol, in which a server may refuse commits that are at no tip
 */
export async function serveGit(root: string, isOld = false): Promise<{ base: string; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    requests.push(`${request.method} ${request.url}`);
    const child = spawn('git', ['http-backend'], {
      env: {
        ...GIT_ENV,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        ...{ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*' },
        ...{ REQUEST_METHOD: request.method, PATH_INFO: url.pathname, QUERY_STRING: url.search.slice(1) },
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: isOld ? '' : String(request.headers['git-protocol'] ?? ''),
      },
    });
    request.pipe(child.stdin);
    child.stdin.on('error', () => {});
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', () => {
      const output = Buffer.concat(chunks);
      const end = output.indexOf('\r\n\r\n');
      for (const line of output.toString('latin1', 0, end).split('\r\n')) {
        const [name = '', value = ''] = line.split(': ');
        if (name === 'Status') response.statusCode = Number.parseInt(value, 10);
        else response.setHeader(name, value);
      }
      response.end(output.subarray(end + 4));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}
