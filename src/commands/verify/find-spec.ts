import { readFile } from 'node:fs/promises';
import { InputError, messageOf, systemCode } from '../../base/errors.js';
import type { BuildSpec } from '../../spec/build-spec.js';
import { DamagedImageError } from '../../verify/damaged.js';
import { printable } from '../../verify/difference.js';
import type { ImageEntry, OpenedImage } from '../../verify/open/open-image.js';
import { refuseSpec } from '../../verify/trust/not-performed.js';
import { readSpec, readSpecs } from '../../verify/trust/read-specs.js';

/**
 * The caller's spec, else that of the labels. No layer is fetched for it.
 * @param given JSON, or the path of a file; undefined for that of the labels
 * @throws NotPerformedError where there is none, or it cannot be read; DamagedImageError where the image cannot
 * @throws InputError where there is no such file
 */
export async function findSpec(
  image: OpenedImage,
  entries: readonly ImageEntry[],
  given: string | undefined,
): Promise<BuildSpec> {
  if (given !== undefined) return readSpec(await specText(given));
  const labels = new Map<string, ReadonlyMap<string, string>>();
  for (const entry of entries) {
    const { name, digest } = entry;
    labels.set(labels.has(name) ? `${name} (${digest})` : name, await labelsOf(image, entry));
  }
  return readSpecs(labels);
}

/**
 * @throws DamagedImageError that names the platform
 * @throws NotPerformedError where the config is one that no tool makes by mistake: its spec is not even looked at
 */
async function labelsOf(image: OpenedImage, entry: ImageEntry): Promise<ReadonlyMap<string, string>> {
  try {
    return (await image.read(entry)).labels;
  } catch (error) {
    if (!(error instanceof DamagedImageError)) throw error;
    const { difference } = error;
    if (difference.level === 'config' && difference.cause === 'hostile') {
      throw refuseSpec(
        'spec',
        `is not read, since the config for ${printable(entry.name)} is hostile: ${difference.a}`,
        'bad-spec',
      );
    }
    throw new DamagedImageError(image.name, { ...difference, where: `${printable(entry.name)}: ${difference.where}` });
  }
}

/** JSON as it was given, or that of the file. */
async function specText(given: string): Promise<string> {
  if (given.startsWith('{')) return given;
  try {
    // An editor may have ended it with a line break.
    return (await readFile(given, 'utf8')).trim();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    throw new InputError(
      `${JSON.stringify(given)} cannot be read (${messageOf(error)}). Accepted: the spec's JSON, or the path of a file with it`,
      'spec',
    );
  }
}
