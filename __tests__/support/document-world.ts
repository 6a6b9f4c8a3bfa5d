import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { DEFAULT_GO } from '../../src/source/releases.js';
import { cleanClone } from './act.js';
import { distrolessLike, pushMade } from './base-images.js';
import { startMoto } from './buckets.js';
import { isolatedStorage } from './container-storage.js';
import { scratch } from './files.js';
import { type Fork, makeFork, pin } from './fork.js';
import { startWorld, UPSTREAM } from './outdated-world.js';
import { type Ended, exec, mustExec, SHARED_STORE } from './program.js';
import { startSecureRegistry } from './registry.js';
import { standInHosts } from './stand-in-hosts.js';
import { startWebsite } from './website.js';

const PROJECT_AT = 'https://github.com/k0sproject/pushgateway-ttl-action';
const FORK_AT = 'https://github.com/dinumathai/pushgateway';
/** The login at ghcr.io that the machine has; there is no other. */
const [USER, PASSWORD] = ['me', 'secret'];

/** Passes for upstream's 1.4.3, and for what the fork makes of it. */
const OLD_TREE = {
  'main.go': `package main\n\nfunc main() {\n\tprintln("upstream")\n}\n`,
  'storage/diskmetricstore.go': 'package storage\n\n// Upstream.\nfunc Store() {}\n',
};
const FORKED_TREE = {
  'main.go': `package main\n\nfunc main() {\n\tprintln("fork")\n}\n`,
  'storage/diskmetricstore.go': 'package storage\n\n// The fork.\nfunc Store() {}\n',
};

/** A machine for a reader of the documents, with an internet of stand-ins. */
export interface DocumentWorld {
  /** Where the reader begins: an empty folder. */
  readonly start: string;
  /** The reader's clone of this project. */
  readonly clone: string;
  /** Stands for the fork of the patch set `dinumathai`, with other commits. */
  readonly fork: Fork;
  /** Runs lines of a shell that end at the first error. */
  run(lines: string, cwd: string): Promise<Ended>;
}

/**
 * Stands for what the documents name: ghcr.io (with a login), gcr.io and registry.example.com are Debian's
 * docker-registry; the bucket `downloads` is moto's and is served at downloads.example.org; GitHub's repositories are git
 * repositories here; `docker` is podman. Go's list of releases and of upstream's, and the database of vulnerabilities,
 * say that there is nothing new. Home, container storage and signing key are the reader's own; results of earlier builds
 * are those of the tests.
 * @param isCloned whether the clone is there already, or the reader makes it
 */
export async function documentWorld(isCloned: boolean): Promise<DocumentWorld> {
  const place = scratch();
  const folder = (name: string) => {
    mkdirSync(join(place, name), { recursive: true });
    return join(place, name);
  };
  const storage = isolatedStorage(folder('machine'));
  const home = storage.HOME ?? '';
  const [start, bin] = [folder('start'), folder('bin')];

  const fork = await makeFork(OLD_TREE, FORKED_TREE, folder('fork'));
  const origin = await originWith(fork, folder('origin'));
  await mustExec('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(home, 'key')]);
  const led = (from: string, to: string) => `[url "${to}"]\n\tinsteadOf = ${from}\n`;
  const signs = `[user]\n\tname = reader\n\temail = reader@example.com\n\tsigningkey = ${join(home, 'key.pub')}\n`;
  const config = `${signs}[gpg]\n\tformat = ssh\n${led(PROJECT_AT, origin)}${led(FORK_AT, fork.repository.path)}`;
  writeFileSync(join(home, '.gitconfig'), config);

  const login = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');
  mkdirSync(join(home, '.docker'));
  writeFileSync(join(home, '.docker', 'config.json'), JSON.stringify({ auths: { 'ghcr.io': { auth: login } } }));
  const ghcr = await startSecureRegistry(folder('ghcr'), { users: { [USER]: PASSWORD } });
  const others = await startSecureRegistry(folder('registry'));
  await pushMade(`${others.url}/v2/distroless/static`, 'nonroot', distrolessLike());
  const store = await startMoto(folder('store'));
  const website = await startWebsite(store);
  const hosts = await standInHosts(folder('hosts'), {
    'ghcr.io': ghcr.url,
    'gcr.io': others.url,
    'registry.example.com': others.url,
    'downloads.example.org': website.url,
  });

  writeFileSync(join(bin, 'docker'), '#!/bin/sh\nexec podman "$@"\n');
  chmodSync(join(bin, 'docker'), 0o755);
  const modules = await nothingNew();
  const env = {
    ...{ LANG: 'C.UTF-8', TMPDIR: folder('temporary'), GOPATH: process.env.GOPATH, USER: 'reader' },
    ...storage,
    PATH: `${bin}:${process.env.PATH}`,
    ...hosts,
    ...{ ...store.env, AWS_ENDPOINT_URL: store.url },
    ...{ ...modules, GOMODCACHE: (await mustExec('go', ['env', 'GOMODCACHE'])).trim() },
    PUSHGATEWAY_TTL_CACHE: SHARED_STORE,
  };
  const clone = join(start, 'pushgateway-ttl-action');
  const run = (lines: string, cwd: string) => exec('bash', ['--norc', '-euo', 'pipefail', '-c', lines], { cwd, env });
  if (isCloned) {
    const { code, stderr } = await run(`git clone -q ${PROJECT_AT}`, start);
    if (code !== 0) throw new Error(stderr);
  }
  return { start, clone, fork, run };
}

/** The repository that the reader clones: this project as it lies here, but that it pins the stand-in of the fork. */
async function originWith(fork: Fork, folder: string): Promise<string> {
  const origin = await cleanClone(folder);
  const set = join(origin, 'patches', 'dinumathai', 'set.json');
  const about = JSON.parse(readFileSync(set, 'utf8'));
  const { name: _, ...git } = pin(fork, about.git.repository).pinned;
  writeFileSync(set, JSON.stringify({ ...about, git }));
  const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  await mustExec('git', ['-C', origin, 'add', '--all']);
  await mustExec('git', ['-C', origin, ...who, 'commit', '-q', '--allow-empty', '-m', 'as it lies here']);
  return origin;
}

/** Variables that lead to a world in which nothing is newer than what this project has, and nothing is vulnerable. */
async function nothingNew(): Promise<Record<string, string>> {
  const world = await startWorld();
  onTestFinished(() => world.server.close());
  world.modules = [{ path: UPSTREAM, version: 'v1.4.3', files: OLD_TREE }];
  world.go = [DEFAULT_GO];
  return world.env;
}
