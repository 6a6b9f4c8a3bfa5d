import { access } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { CancelledError, explainSystemError, messageOf, RunError } from '../base/errors.js';
import { type Digest, hexOf } from '../base/hash.js';
import type { Log } from '../base/log.js';
import { type ContainerTool, isOlder } from '../toolchain/container-tools.js';
import { currentHost } from '../toolchain/host.js';
import { keepLayout, type LayoutContent } from './kept-layout.js';
import { loadList, type Move } from './load-list.js';
import { LoadedNames } from './loaded-names.js';
import { nativeName, settle } from './settle-storage.js';
import { StorageTool } from './storage-tool.js';

export interface LoadOptions {
  /** A finished layout; it is not needed any more afterwards. */
  readonly layoutDir: string;
  readonly index: Digest;
  /** Whole names with tags: `ghcr.io/a/b:1.11.3-ttl.1`. */
  readonly names: readonly string[];
  /** podman, else buildah. */
  readonly tool: ContainerTool;
  readonly env: Readonly<Record<string, string>>;
  /** An absolute folder that outlives the step; what is loaded lies in `loaded/` there as long as a name uses it. */
  readonly dataDir: string;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The oldest that are known to push the index as it is. podman 3.4.4 and buildah 1.23.1 (ubuntu-22.04) leave out its
 * `mediaType`; podman 4.3.1 and buildah 1.28.2 do not.
 */
const OLDEST_FAITHFUL = { podman: '4.3', buildah: '1.28', skopeo: '0' } as const;

/** Milliseconds for cleaning up after a cancel. */
const CLEAN_UP = 1500;

/**
 * Puts an index into the storage of podman and buildah: under each name a manifest list that `manifest push --all` sends
 * on byte for byte, and beside it the image for this machine, so that `podman create NAME` needs no network.
 *
 * A list remembers the path of the layout it was made from, and images in storage lose their compressed layers; so the
 * layout is copied to `dataDir/loaded/HEX` first, and removed when no name uses it any more. A name moves in one step,
 * when its new list is whole: what had it before keeps it in any failure.
 * @throws RunError where podman or buildah fails, or the list that it made is another than was asked for
 * @throws CancelledError
 */
export async function loadImage(options: LoadOptions): Promise<void> {
  const { tool, dataDir, signal } = options;
  // `oci:PATH:NAME` ends a path at its first colon.
  if (!isAbsolute(dataDir) || dataDir.includes(':'))
    throw new RunError(`Images cannot be kept in ${dataDir}: the path must be absolute and have no colon.`);
  try {
    await load(options, join(dataDir, 'loaded'));
  } catch (error) {
    if (error instanceof CancelledError || signal?.aborted) throw new CancelledError();
    const what = `put the image into ${tool.name}'s storage`;
    if (!(error instanceof RunError)) throw explainSystemError(error, what);
    throw new RunError(`Could not ${what}: ${error.message}. Mend that, or set load: false.`);
  }
}

async function load(options: LoadOptions, loaded: string): Promise<void> {
  const { layoutDir, index, tool, env, log, signal } = options;
  const storage = new StorageTool(tool, env, signal);
  const records = new LoadedNames(loaded, await storage.root());
  const claims = new Map<string, readonly Digest[]>();
  const moves: Move[] = [];
  try {
    for (const name of new Set(options.names)) {
      const before = await records.get(name);
      await records.set(name, [...before, index]);
      claims.set(name, before);
    }
    const { path, content } = await keepLayout(layoutDir, index, loaded, signal);
    await loadNative(storage, path, index, content, log);
    for (const name of claims.keys()) {
      await loadList(storage, name, path, content, (move) => moves.push(move));
      log.info(`Loaded ${name} into ${tool.name}'s storage`);
    }
    if (isOlder(tool.version, OLDEST_FAITHFUL[tool.name])) log.notice(unfaithful(tool));
    // Another run may have removed it just before the records said that it is used.
    await access(join(path, 'index.json'));
  } finally {
    const { signal: late, release } = delayed(signal);
    await settle(new StorageTool(tool, env, late), records, { index, claims, moves, loaded }, log)
      .catch((error: unknown) => {
        if (!late.aborted) log.warning(`Could not clean up ${tool.name}'s storage: ${messageOf(error)}`);
      })
      .finally(release);
  }
}

function unfaithful({ name, version }: ContainerTool): string {
  return (
    `${name} ${version} may push another index than it was given: the images' digests stay, that of the index changes. ` +
    `Where it must stay, let this program push, or use ${name} ${OLDEST_FAITHFUL[name]} or newer.`
  );
}

/** A signal that is aborted a while after the other: cleaning up is still wanted then, but not for long. */
function delayed(signal: AbortSignal | undefined): { signal: AbortSignal; release: () => void } {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    timer = setTimeout(() => late.abort(), CLEAN_UP);
  };
  if (signal?.aborted) start();
  else signal?.addEventListener('abort', start, { once: true });
  const release = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', start);
  };
  return { signal: late.signal, release };
}

/** The image for this machine, where the index has one, under a name of its own: one without a name would be pruned. */
async function loadNative(
  storage: StorageTool,
  path: string,
  index: Digest,
  { manifests }: LayoutContent,
  log: Log,
): Promise<void> {
  const { os, arch } = currentHost();
  const fitting = manifests.filter((one) => one.os === os && one.architecture === arch);
  if (fitting.length === 0)
    return log.info(`The image has no ${os}/${arch}, so it cannot be run here; it can be pushed.`);
  const namesBefore = new Set((await storage.images()).flatMap(({ names }) => names));
  const id = await storage.pull(dirname(path), basename(path));
  const name = nativeName(index);
  await storage.tag(id, name);
  // The tools make a name of the layout's path, each version another.
  const names = (await storage.images()).find((image) => image.id === id)?.names ?? [];
  for (const made of names) if (made !== name && !namesBefore.has(made)) await storage.removeName(made);
  if (!fitting.some(({ config }) => hexOf(config) === id))
    throw new RunError(`the image that was stored for ${os}/${arch} is another (${id}) than the layout's`);
}
