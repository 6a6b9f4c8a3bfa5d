import type { Difference } from '../difference.js';
import { itemsOf, type JsonValue, membersOf, rawOf, shownBoth, stringOf } from './json-diff.js';
import { compareAnnotations } from './labels.js';
import { compareMembers, type MemberRule } from './members.js';

/** Differences of two manifests but for the digests and sizes of config and layers, which follow from those. */
export function compareManifests(a: JsonValue, b: JsonValue): Difference[] {
  const [members, others] = [membersOf(a), membersOf(b)];
  const both = (key: string) => [members.get(key), others.get(key)] as const;
  const found = compareMembers(a, b, '', 'manifest', (key) => {
    return ['annotations', 'config', 'layers'].includes(key) ? undefined : documentRule(key);
  });
  return [
    ...found,
    ...compareAnnotations(...both('annotations'), 'annotations', 'manifest'),
    ...compareDescriptors(...both('config'), 'config', 'manifest'),
    ...compareLayerLists(...both('layers')),
  ];
}

/** What members of a manifest or an index mean that are no descriptors. */
export function documentRule(key: string): MemberRule {
  if (key === 'mediaType' || key === 'artifactType') return { weight: 'metadata', cause: 'media-types' };
  // It names an image that this one tells about.
  return key === 'subject' ? { weight: 'metadata', cause: 'annotations' } : { weight: 'content' };
}

/** Differences of two descriptors (image-spec descriptor.md) but for digest, size and platform. */
export function compareDescriptors(
  a: JsonValue | undefined,
  b: JsonValue | undefined,
  path: string,
  level: 'index' | 'manifest',
): Difference[] {
  const [members, others] = [membersOf(a), membersOf(b)];
  const found = compareMembers(a, b, path, level, (key) => {
    return ['annotations', 'digest', 'platform', 'size'].includes(key) ? undefined : documentRule(key);
  });
  const annotations = [members.get('annotations'), others.get('annotations')] as const;
  return [
    ...found,
    ...compareAnnotations(...annotations, `${path}.annotations`, level),
    ...otherSize(members, others, path, level),
  ];
}

/** One digest cannot have two sizes: a descriptor lies. */
function otherSize(
  a: ReadonlyMap<string, JsonValue>,
  b: ReadonlyMap<string, JsonValue>,
  path: string,
  level: 'index' | 'manifest',
): Difference[] {
  const digest = stringOf(a.get('digest'));
  const [size, other] = [a.get('size'), b.get('size')];
  const areSame = (size && rawOf(size)) === (other && rawOf(other));
  if (digest === undefined || digest !== stringOf(b.get('digest')) || areSame) return [];
  return [{ level, weight: 'content', where: `${path}.size`, ...shownBoth(size, other), cause: 'damaged' }];
}

function compareLayerLists(a: JsonValue | undefined, b: JsonValue | undefined): Difference[] {
  const [layers, others] = [itemsOf(a), itemsOf(b)];
  if (layers.length === others.length) {
    return layers.flatMap((layer, i) => compareDescriptors(layer, others[i], `layers[${i}]`, 'manifest'));
  }
  // Which layer stands for which is not known; how they are kept can be told all the same.
  const types = (items: readonly JsonValue[]) =>
    [...new Set(items.map((item) => stringOf(membersOf(item).get('mediaType')) ?? 'none'))].sort().join(', ');
  const [shown, shownOther] = [types(layers), types(others)];
  if (shown === shownOther || layers.length === 0 || others.length === 0) return [];
  const where = 'layers: media types';
  return [{ level: 'manifest', weight: 'metadata', where, a: shown, b: shownOther, cause: 'media-types' }];
}
