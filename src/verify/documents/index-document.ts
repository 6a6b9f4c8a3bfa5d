import type { Difference } from '../difference.js';
import type { ImageEntry, OpenedImage } from '../open/opened-image.js';
import { type JsonValue, membersOf, readJson, readJsonText } from './json-diff.js';
import { spellingDifference } from './json-spelling.js';
import { compareAnnotations } from './labels.js';
import { compareDescriptors, documentRule } from './manifest-document.js';
import { compareMembers, type MemberRule } from './members.js';

/** One platform of two images; a side is undefined where that image has none. */
export interface EntryPair {
  readonly a: ImageEntry | undefined;
  readonly b: ImageEntry | undefined;
}

/** Differences of two indexes but for the digests and sizes of their images, and for images that only one has. */
export function compareIndexes(a: OpenedImage, b: OpenedImage, pairs: readonly EntryPair[]): Difference[] {
  const [document, other] = [readJson(a.bytes), readJson(b.bytes)];
  const [members, others] = [membersOf(document), membersOf(other)];
  const rest = (key: string) => [members.get(key), others.get(key)] as const;
  const found = [
    ...compareMembers(document, other, '', 'index', (key) =>
      key === 'manifests' || key === 'annotations' ? undefined : documentRule(key),
    ),
    ...compareAnnotations(...rest('annotations'), 'annotations', 'index'),
    ...pairs.flatMap(compareEntries),
    ...orderOf(pairs, a, b),
    ...compareOddities(a, b),
  ];
  if (found.length > 0 || pairs.some((pair) => pair.a?.digest !== pair.b?.digest)) return found;
  const spelling = spellingDifference(document, other, 'index', 'the index');
  return spelling ? [spelling] : [];
}

function compareEntries({ a, b }: EntryPair): Difference[] {
  if (!a || !b) return [];
  const [descriptor, other] = [readJsonText(a.raw), readJsonText(b.raw)];
  const platforms = [descriptor, other].map((value) => membersOf(value).get('platform')) as [
    JsonValue | undefined,
    JsonValue | undefined,
  ];
  return [
    ...compareDescriptors(descriptor, other, a.name, 'index'),
    ...compareMembers(...platforms, `${a.name}.platform`, 'index', platformRule),
  ];
}

/** The pair was found by what the platform means, so that words that differ mean the same; all else tells images apart. */
function platformRule(key: string): MemberRule {
  return ['architecture', 'os', 'variant'].includes(key)
    ? { weight: 'metadata', cause: 'config-keys' }
    : { weight: 'content', cause: 'behaviour' };
}

function orderOf(pairs: readonly EntryPair[], a: OpenedImage, b: OpenedImage): Difference[] {
  const shared = pairs.filter((pair) => pair.a && pair.b);
  const inOrder = (entries: readonly ImageEntry[], side: 'a' | 'b') =>
    entries.flatMap((entry) => shared.find((pair) => pair[side] === entry)?.a?.name ?? []).join(', ');
  const [order, other] = [inOrder(a.entries, 'a'), inOrder(b.entries, 'b')];
  if (order === other) return [];
  return [{ level: 'index', weight: 'metadata', where: 'order of the images', a: order, b: other, cause: 'key-order' }];
}

/** What is odd on one side alone, wherever it stands there. */
function compareOddities(a: OpenedImage, b: OpenedImage): Difference[] {
  const [odd, others] = [a, b].map(({ oddities }) => new Set(oddities.map((oddity) => oddity.a)));
  return [
    ...a.oddities.filter((oddity) => !others?.has(oddity.a)),
    ...b.oddities.filter((oddity) => !odd?.has(oddity.a)).map(ofOtherSide),
  ];
}

/** A difference that stands for what is wrong with the second image. */
export function ofOtherSide(difference: Difference): Difference {
  return { ...difference, a: difference.b, b: difference.a };
}
