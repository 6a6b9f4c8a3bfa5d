import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from '../support/files.js';
import { mustExec } from '../support/program.js';
import { tool } from '../support/tools.js';

/** Storage of containers that nobody else uses, and a PATH with the engines that a test wants. */
export interface Engines {
  /** All is in it. */
  readonly folder: string;
  readonly env: Record<string, string>;
  /** Standard output of a command of podman that must succeed. */
  readonly podman: (...args: readonly string[]) => Promise<string>;
  /** What is in storage. */
  readonly contents: () => Promise<{ images: string[]; containers: string[] }>;
}

/**
 * Podman runs nothing where it may not raise limits, or where cgroups of both versions are mounted. With lower limits,
 * without cgroups, and in a mount namespace where there are none, it does.
 */
const shim = (podman: string) => `#!/bin/sh
exec unshare -m sh -c 'umount -l /sys/fs/cgroup; mount -t tmpfs none /sys/fs/cgroup; exec "$@"' sh ${podman} "$@"
`;

/**
 * @param wanted `lame-podman` is one that cannot run containers, since its runtime is not there; `qemu` are the
 *   emulators of both Arms
 */
export async function engines(...wanted: ('podman' | 'lame-podman' | 'buildah' | 'qemu')[]): Promise<Engines> {
  const folder = scratch();
  const within = (name: string) => join(folder, name);
  for (const name of ['bin', 'home']) mkdirSync(within(name));
  const link = (name: string) => mustExec('ln', ['-s', tool(name), within(`bin/${name}`)]);
  for (const name of ['sh', 'unshare', 'umount', 'mount']) await link(name);
  if (wanted.includes('qemu')) for (const name of ['qemu-arm-static', 'qemu-aarch64-static']) await link(name);
  if (wanted.includes('buildah')) await link('buildah');
  const isRoot = process.getuid?.() === 0;
  if (wanted.includes('podman') && isRoot) writeFileSync(within('bin/podman'), shim(tool('podman')), { mode: 0o755 });
  else if (wanted.includes('podman') || wanted.includes('lame-podman')) await link('podman');

  const roots = `graphroot = "${within('graph')}"\nrunroot = "${within('run')}"\n`;
  writeFileSync(within('storage.conf'), `[storage]\ndriver = "vfs"\n${roots}`);
  const limits = 'default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]\ncgroups = "disabled"\n';
  const conf = `[containers]\n${limits}[engine]\ntmp_dir = "${within('tmp')}"\n`;
  const lame = wanted.includes('lame-podman') ? 'runtime = "none"\n[engine.runtimes]\nnone = ["/nonexistent"]\n' : '';
  writeFileSync(within('containers.conf'), `${conf}${lame}`);
  writeFileSync(within('podman.conf'), conf);
  const env = {
    PATH: within('bin'),
    HOME: within('home'),
    XDG_RUNTIME_DIR: within('home'),
    CONTAINERS_STORAGE_CONF: within('storage.conf'),
    CONTAINERS_CONF: within('containers.conf'),
    // Neither may reach a container.
    HTTP_PROXY: 'http://proxy.invalid',
    SMOKE_CANARY: 'canary',
  };
  const whole = { ...process.env, ...env, PATH: process.env.PATH, CONTAINERS_CONF: within('podman.conf') };
  const podman = (...args: readonly string[]) => mustExec(tool('podman'), args, { cwd: folder, env: whole });
  const contents = async () => ({
    images: linesOf(await podman('images', '--no-trunc', '--format', '{{.ID}} {{.Repository}}:{{.Tag}}')),
    containers: linesOf(await podman('ps', '--all', '--external', '--format', '{{.Names}}')),
  });
  return { folder, env, podman, contents };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .sort();
}
