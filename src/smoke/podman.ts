import { chmod, copyFile, mkdir, rm, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { RunError } from '../base/errors.js';
import { hexOf } from '../base/hash.js';
import {
  containerLauncher,
  type Engine,
  EngineCommand,
  type EngineOptions,
  freshName,
  giveUpImage,
  PROBE_USER,
} from './engine.js';
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
    await giveUpImage(command, id, `localhost/${name}`, async () => pulled && isNameless(command, id));
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
  return { launcher: containerLauncher(command, image.entrypoint, runArgs), close };
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
