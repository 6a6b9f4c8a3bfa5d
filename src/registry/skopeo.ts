import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Digest, digestOf } from '../base/hash.js';
import { removeTree } from '../base/workspace.js';
import { type ImageReference, type Repository, referenceName } from '../spec/reference.js';
import { callSkopeo, type RegistryAccess } from './call-skopeo.js';
import { damaged } from './failure.js';
import { type Doing, registryError } from './registry-error.js';
import { withRetries } from './retry.js';

export type { RegistryAccess } from './call-skopeo.js';
export { NotFoundError, RegistryError } from './registry-error.js';

const COPY_TIMEOUT = 10 * 60_000;
const QUESTION_TIMEOUT = 60_000;

export function copyTimeout({ timeoutMs }: RegistryAccess): number {
  return timeoutMs ?? COPY_TIMEOUT;
}

export function questionTimeout({ timeoutMs }: RegistryAccess): number {
  return Math.min(timeoutMs ?? QUESTION_TIMEOUT, QUESTION_TIMEOUT);
}

/** How to reach a repository: flags that begin with `--src-` or `--dest-` for copy, and with nothing for inspect. */
export function accessFlags(access: RegistryAccess, { registry }: Repository, side: '' | 'src-' | 'dest-'): string[] {
  const authFile = access.authFiles.get(registry);
  return [
    // Not said where it is true, so that an administrator's `insecure` of registries.conf stands.
    ...(access.tlsVerify ? [] : [`--${side}tls-verify=false`]),
    ...(authFile === undefined ? [] : [`--${side}authfile`, authFile]),
  ];
}

/** skopeo takes a tag or a digest, not both. */
export function dockerName(reference: ImageReference): string {
  const { repository, digest } = reference;
  return `docker://${referenceName(digest === undefined ? reference : { repository, digest })}`;
}

/**
 * The exact bytes of a manifest or index, by tag or digest; where by digest, checked.
 * @throws NotFoundError where the registry has no such thing
 * @throws RegistryError
 */
export function rawManifest(access: RegistryAccess, reference: ImageReference): Promise<Buffer> {
  const name = referenceName(reference);
  const doing: Doing = { what: `read ${name}`, repository: reference.repository, access: 'read' };
  return withRetries(doing.what, access, async () => {
    const args = ['--raw', ...accessFlags(access, reference.repository, ''), dockerName(reference)];
    const text = await callSkopeo(access, { command: 'inspect', args, timeoutMs: questionTimeout(access), doing });
    return exactBytes(text, reference.digest, doing);
  });
}

/**
 * The exact bytes of the config of one image, checked, without its layers.
 * @param reference of a manifest, with its digest
 * @param digest of the config, as that manifest says
 * @throws NotFoundError where the registry has no such image
 * @throws RegistryError also where the bytes have another digest
 */
export function rawConfig(access: RegistryAccess, reference: ImageReference, digest: Digest): Promise<Buffer> {
  const { repository } = reference;
  const doing: Doing = { what: `read the config of ${referenceName(reference)}`, repository, access: 'read' };
  return withRetries(doing.what, access, async () => {
    const args = ['--config', '--raw', ...accessFlags(access, repository, ''), dockerName(reference)];
    const text = await callSkopeo(access, { command: 'inspect', args, timeoutMs: questionTimeout(access), doing });
    return exactBytes(text, digest, doing);
  });
}

/** The bytes that became `text`, which is how they come from skopeo. */
function exactBytes(text: string, expected: Digest | undefined, doing: Doing): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  if (expected !== undefined && digestOf(bytes) === expected) return bytes;
  // Where bytes that are no UTF-8 were replaced, the ones that came are not known any more; asking again is no help.
  if (text.includes('\uFFFD')) throw registryError({ ...damaged('it is not UTF-8'), kind: 'final' }, doing);
  if (expected === undefined) return bytes;
  throw registryError(damaged(`the registry gave bytes with the digest ${digestOf(bytes)}`), doing);
}

/**
 * Copies one image of a single platform into a folder without any change of bytes: `manifest.json`, and every blob under
 * the hex digits of its digest (skopeo's `dir:`). Blobs are checked by skopeo as they arrive.
 * @param reference with a digest
 * @param folder made anew with each try; nothing else may be in it
 * @param most bytes that the image may come to; a registry that sends more is stopped
 */
export function copyToFolder(
  access: RegistryAccess,
  reference: ImageReference,
  folder: string,
  most?: number,
): Promise<void> {
  const doing: Doing = {
    what: `copy ${referenceName(reference)}`,
    repository: reference.repository,
    access: 'read',
  };
  return withRetries(doing.what, access, async () => {
    await removeTree(folder);
    await mkdir(folder, { recursive: true });
    const preserve = (await access.skopeo.has(['copy'], 'preserve-digests')) ? ['--preserve-digests'] : [];
    const flags = accessFlags(access, reference.repository, 'src-');
    await callSkopeo(access, {
      command: 'copy',
      args: [...preserve, ...flags, dockerName(reference), `dir:${folder}`],
      timeoutMs: copyTimeout(access),
      progress: () => folderSize(folder),
      ...(most === undefined ? {} : { most }),
      doing,
    });
  });
}

/** Bytes of the files in a folder; one that goes while they are counted counts for nothing. */
async function folderSize(folder: string): Promise<number> {
  const sizes = (await readdir(folder)).map((name) =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
