import { digestOf } from '../base/hash.js';
import type { CompareOptions } from './compare.js';
import { compareOnBases } from './compare-base.js';
import { DamagedImageError } from './damaged.js';
import type { Difference, Level } from './difference.js';
import { compareConfigs } from './documents/config-document.js';
import { contrast } from './documents/contrast.js';
import { type EntryPair, ofOtherSide } from './documents/index-document.js';
import { type JsonValue, readJson } from './documents/json-diff.js';
import { spellingDifference } from './documents/json-spelling.js';
import { compareManifests } from './documents/manifest-document.js';
import type { LayerFile } from './layers/layers.js';
import type { ImageEntry, OpenedImage, PlatformImage } from './open/opened-image.js';

/** Compares the images of one platform; a broken one is a difference. */
export async function comparePlatform(
  a: OpenedImage,
  b: OpenedImage,
  pair: EntryPair,
  options: CompareOptions,
): Promise<Difference[]> {
  if (!pair.a || !pair.b) {
    const where = 'the image';
    return [{ level: 'index', weight: 'content', where, a: pair.a?.digest, b: pair.b?.digest, cause: 'platforms' }];
  }
  const isSame = pair.a.digest === pair.b.digest;
  if (isSame && options.readAll === false) return [];
  const [image, other] = [await readImage(a, pair.a), await readImage(b, pair.b)];
  const damage = [...image.damage, ...other.damage.map(ofOtherSide)];
  if (!image.found || !other.found) return damage;
  const isWanted = wantedLayers(image.found, other.found, options.readAll ?? true);
  const side = await readLayers(a, pair.a, image.found, isWanted);
  const otherSide = await readLayers(b, pair.b, other.found, isWanted);
  damage.push(...side.damage, ...otherSide.damage.map(ofOtherSide));
  if (isSame) return damage;
  return [...damage, ...(await compareSides(image.found, other.found, side.found, otherSide.found, options))];
}

/** What was read, or what is wrong with it. */
interface Read<T> {
  readonly found: T | undefined;
  readonly damage: readonly Difference[];
}

async function readImage(image: OpenedImage, entry: ImageEntry): Promise<Read<PlatformImage>> {
  return orDamage(() => image.read(entry));
}

function wantedLayers(a: PlatformImage, b: PlatformImage, all: boolean): (digest: string) => boolean {
  const digestsOf = ({ layers }: PlatformImage) => new Set<string>(layers.map(({ digest }) => digest));
  const [digests, others] = [digestsOf(a), digestsOf(b)];
  return (digest) => all || !digests.has(digest) || !others.has(digest);
}

async function readLayers(
  image: OpenedImage,
  entry: ImageEntry,
  { layers }: PlatformImage,
  isWanted: (digest: string) => boolean,
): Promise<Read<LayerFile[]>> {
  return orDamage(async () => {
    const wanted = layers.filter(({ digest }) => isWanted(digest));
    const files = wanted.length === 0 ? new Map() : await image.layerFiles(entry, wanted);
    // Layers that both have are not opened again; they have no file where they were not asked for.
    return layers.map((layer) => ({ ...layer, path: files.get(layer.digest) ?? '' }));
  });
}

async function orDamage<T>(read: () => Promise<T>): Promise<Read<T>> {
  try {
    return { found: await read(), damage: [] };
  } catch (error) {
    if (error instanceof DamagedImageError) return { found: undefined, damage: [error.difference] };
    throw error;
  }
}

async function compareSides(
  a: PlatformImage,
  b: PlatformImage,
  layers: readonly LayerFile[] | undefined,
  otherLayers: readonly LayerFile[] | undefined,
  options: CompareOptions,
): Promise<Difference[]> {
  const found = compareDocuments(a, b);
  if (!layers || !otherLayers) return found;
  found.push(...(await compareOnBases([a, layers], [b, otherLayers], options)));
  const isLight = found.every(({ weight }) => weight === 'compression');
  if (isLight) found.push(...unexplained(a, b, found.length > 0));
  return found;
}

function compareDocuments(a: PlatformImage, b: PlatformImage): Difference[] {
  return [
    ...compareDocument(a.config, b.config, 'config', compareConfigs),
    ...compareDocument(a.manifest, b.manifest, 'manifest', compareManifests),
  ];
}

function compareDocument(
  a: Buffer,
  b: Buffer,
  level: Level,
  compare: (a: JsonValue, b: JsonValue) => Difference[],
): Difference[] {
  if (a.equals(b)) return [];
  const documents = [readJson(a), readJson(b)] as const;
  const spelling = spellingDifference(...documents, level, `the ${level}`);
  return [...compare(...documents), ...(spelling ? [spelling] : [])];
}

/**
 * What is left where all that was found is how layers are compressed, or nothing: configs must be the same to the byte
 * then, and the manifests must differ in their layers.
 */
function unexplained(a: PlatformImage, b: PlatformImage, hasOtherLayers: boolean): Difference[] {
  if (!a.config.equals(b.config)) return [differentBytes('config', a.config, b.config)];
  return hasOtherLayers ? [] : [differentBytes('manifest', a.manifest, b.manifest)];
}

function differentBytes(level: Level, a: Buffer, b: Buffer): Difference {
  const texts = contrast(a.toString('utf8'), b.toString('utf8'));
  const where = `the ${level} (${digestOf(a)}, ${digestOf(b)})`;
  return { level, weight: 'content', where, ...texts };
}
