import { rm, symlink } from 'node:fs/promises';
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

/** Chroot isolation needs no cgroups, no namespaces of the network and no rights that machines for CI do not give. */
const RUN = ['run', '--isolation', 'chroot', '--network', 'host'];

/** Runs images by `buildah run --isolation chroot`. */
export function buildah(options: EngineOptions): Engine {
  const command = new EngineCommand(options);
  return {
    probe: (binary) => probe(command, binary),
    open: (image, layoutDir) => open(command, image, layoutDir),
  };
}

async function probe(command: EngineCommand, binary: string): Promise<string | undefined> {
  const name = freshName();
  try {
    return (
      (await command.probe('from', '--name', name, 'scratch')) ??
      (await command.probe('copy', '--quiet', name, binary, '/probe')) ??
      (await command.probe(...RUN, '--user', PROBE_USER, name, '--', '/probe', '--version'))
    );
  } finally {
    await command.clean('rm', name);
  }
}

async function open(command: EngineCommand, image: LayoutImage, layoutDir: string) {
  const id = hexOf(image.configDigest);
  const name = freshName();
  let pulled = false;
  const close = async () => {
    await command.clean('rm', name);
    await giveUpImage(command, id, `localhost/${name}`, async () => pulled && isNameless(command, id));
    await rm(join(command.folder, name), { force: true });
  };
  try {
    // See podman.ts for both the link and the image without a name.
    await symlink(resolve(layoutDir), join(command.folder, name));
    pulled = !(await isNameless(command, id));
    const from = pulled ? `oci:${name}` : id;
    await command.must('from', '--quiet', '--name', name, from);
    const taken = await command.must('inspect', '--format', '{{.FromImageID}}', name);
    if (taken !== id) throw new RunError(`buildah took the image ${taken} out of the layout, and not ${id}`);
  } catch (error) {
    await close();
    throw error;
  }
  // buildah run knows no entrypoint.
  const runArgs = (args: readonly string[]) => [...RUN, name, '--', ...image.entrypoint, ...args];
  return { launcher: containerLauncher(command, image.entrypoint, runArgs), close };
}

async function isNameless(command: EngineCommand, id: string): Promise<boolean> {
  const images = JSON.parse((await command.must('images', '--all', '--no-trunc', '--json')) || '[]') as
    | { id?: string; names?: string[] | null }[]
    | null;
  const found = images?.filter((image) => image.id?.replace(/^sha256:/, '') === id) ?? [];
  return found.length > 0 && found.every(({ names }) => (names ?? []).length === 0);
}
