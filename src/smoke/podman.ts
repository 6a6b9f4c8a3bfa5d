import { chmod, copyFile, mkdir, rm, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { RunError } from '../base/errors.js';
import { hexOf } from '../base/hash.js';
import {
  type Engine,
  EngineCommand,
  type EngineOptions,
  freshName,
  PROBE_USER,
  removeName,
  signalProgram,
} from './engine.js';
import { startServer } from './launcher.js';
import type { LayoutImage } from './layout-image.js';

/** Flags of every container: the host's network and none of its proxies; gone when it ends; its log is read as it comes. */
const FLAGS = ['--rm', '--network', 'host', '--http-proxy=false', '--log-driver', 'none'];

/** Runs images by `podman run`. */
export function podman(options: EngineOptions): Engine {
  const command = new EngineCommand(options);
  return {
    probe: (binary) => probe(command, binary),
    open: (image, layoutDir) => open(command, image, layoutDir),
  };
}

/** A folder with nothing but the program is a container's root. */
async function probe(command: EngineCommand, binary: string): Promise<string | undefined> {
  const name = freshName();
  const root = join(command.folder, name);
  try {
    await mkdir(root);
    await chmod(root, 0o755);
    await copyFile(binary, join(root, 'probe'));
    await chmod(join(root, 'probe'), 0o755);
    // A folder of ours has no label that SELinux would let a container read.
    const flags = [...FLAGS, '--name', name, '--user', PROBE_USER, '--security-opt', 'label=disable'];
    return await command.probe('run', ...flags, '--rootfs', root, '/probe', '--version');
  } finally {
    await command.clean('rm', '--force', '--ignore', name);
    await rm(root, { recursive: true, force: true });
  }
}

async function open(command: EngineCommand, image: LayoutImage, layoutDir: string) {
  const id = hexOf(image.configDigest);
  const name = freshName();
  const containers = new Set<string>();
  let pulled = false;
  const newContainer = () => {
    const container = `${name}-${containers.size}`;
    containers.add(container);
    return container;
  };
  const close = async () => {
    if (containers.size > 0) await command.clean('rm', '--force', '--ignore', ...containers);
    await removeName(command, `localhost/${name}`);
    // Two tests that give up their names at the same moment may both leave the image to the other.
    if (pulled && (await isNameless(command, id).catch(() => false))) await command.clean('rmi', id);
    await rm(join(command.folder, name), { force: true });
  };
  const runArgs = (args: readonly string[]) => ['run', ...FLAGS, '--name', newContainer(), id, ...args];
  try {
    if (!(await isNameless(command, id))) {
      pulled = true;
      await pull(command, id, name, layoutDir);
    }
  } catch (error) {
    await close();
    throw error;
  }
  const { folder: cwd, env } = command;
  return {
    launcher: {
      run: (args: readonly string[], signal: AbortSignal) => command.run(runArgs(args), signal),
      start: (args: readonly string[], mark: string) =>
        startServer(command.path, runArgs(args), {
          cwd,
          env,
          mark,
          signalProgram: (signal) => signalProgram([...image.entrypoint, ...args], mark, signal),
        }),
    },
    close,
  };
}

/** An image that is there without a name is used as it is: with a name of ours, taking that away would remove it. */
async function isNameless(command: EngineCommand, id: string): Promise<boolean> {
  const { code, stdout } = await command.try(60_000, ['image', 'inspect', '--format', '{{len .RepoTags}}', id]);
  return code === 0 && stdout.trim() === '0';
}

/** Podman names the image by the layout's path as it is given, so a link gives it a name that nobody else has. */
async function pull(command: EngineCommand, id: string, name: string, layoutDir: string): Promise<void> {
  await symlink(resolve(layoutDir), join(command.folder, name));
  const taken = await command.must('pull', '--quiet', `oci:${name}`);
  if (taken !== id) throw new RunError(`podman took the image ${taken} out of the layout, and not ${id}`);
}
