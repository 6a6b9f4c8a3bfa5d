import type { CauseId, Difference } from '../difference.js';
import { contrast } from './contrast.js';
import {
  compactJson,
  differingMembers,
  itemsOf,
  type JsonValue,
  membersOf,
  readJsonText,
  stringOf,
} from './json-diff.js';
import { spellingDifference } from './json-spelling.js';

/** What a field of the spec that differs is a sign of. */
const CAUSES: ReadonlyMap<string, CauseId> = new Map([
  ['base', 'base'],
  ['files', 'files'],
  ['go', 'go-version'],
  ['labels', 'labels'],
  ['modules', 'module-version'],
  ['patches', 'patches'],
  ['source', 'patches'],
  ['sourceDateEpoch', 'epoch'],
  ['version', 'version'],
]);

/**
 * Two specs out of labels, field by field. Read leniently: specs that no build would take are compared all the same. A
 * label is metadata; what the fields lead to is found in the files.
 */
export function compareSpecs(a: string, b: string): Difference[] {
  const [spec, other] = [objectOf(a), objectOf(b)];
  if (!spec || !other) {
    return [{ level: 'config', weight: 'metadata', where: 'spec', ...contrast(a, b), cause: 'labels' }];
  }
  const found: Difference[] = [];
  for (const { key, value, other: otherValue } of differingMembers(spec, other)) {
    found.push({
      level: 'config',
      weight: 'metadata',
      where: `spec.${key}`.slice(0, 80),
      ...shownFields(key, value, otherValue),
      cause: CAUSES.get(key) ?? 'labels',
    });
  }
  const spelling = spellingDifference(spec, other, 'config', 'spec');
  return spelling ? [...found, spelling] : found;
}

/** How many of an image's layers its spec says are its base's; undefined where there is no readable spec. */
export function baseLayersOf(spec: string | undefined, layers: number): number | undefined {
  const value = spec === undefined ? undefined : objectOf(spec);
  if (!value) return undefined;
  const fields = membersOf(value);
  if (!isGiven(fields.get('base'))) return 0;
  return Math.max(0, layers - (isGiven(fields.get('files')) ? 2 : 1));
}

function objectOf(text: string): JsonValue | undefined {
  try {
    const value = readJsonText(text);
    return value.node.type === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}

function isGiven(value: JsonValue | undefined): value is JsonValue {
  return value !== undefined && value.node.type !== 'null';
}

/** Both sides in words; as JSON where the words are the same, or there are none for what stands there. */
function shownFields(key: string, a: JsonValue | undefined, b: JsonValue | undefined): Pick<Difference, 'a' | 'b'> {
  const words = [inWords(key, a), inWords(key, b)] as const;
  const asJson = [a && compactJson(a), b && compactJson(b)] as const;
  const [x, y] = words[0] === words[1] ? asJson : words;
  const shown = contrast(x ?? '', y ?? '');
  return { a: x === undefined ? undefined : shown.a, b: y === undefined ? undefined : shown.b };
}

function inWords(key: string, value: JsonValue | undefined): string | undefined {
  return value && (fieldInWords(key, value) ?? stringOf(value) ?? compactJson(value));
}

function fieldInWords(key: string, value: JsonValue): string | undefined {
  switch (key) {
    case 'source':
      return sourceInWords(value);
    case 'patches':
      return value.node.type === 'array' ? itemsOf(value).map(patchInWords).join(', ') || 'no patches' : undefined;
    case 'modules':
      if (!isGiven(value)) return 'none raised';
      return itemsOf(membersOf(value).get('overrides')).map(stringOf).join(', ') || undefined;
    case 'base':
      if (!isGiven(value)) return 'scratch';
      return (value.node.type === 'array' ? itemsOf(value) : [value]).map(baseInWords).join(', ');
    case 'files':
      return isGiven(value) ? undefined : 'no extra files';
    default:
      return undefined;
  }
}

function sourceInWords(value: JsonValue): string | undefined {
  const text = (key: string) => stringOf(membersOf(value).get(key));
  switch (text('type')) {
    case 'module':
      return `the module ${text('path')}@${text('version')}`;
    case 'git':
      return `the commit ${text('commit')}${text('url') === undefined ? '' : ` of ${text('url')}`}`;
    case 'folder':
      return `a folder with the hash ${text('hash')}`;
    default:
      return undefined;
  }
}

function patchInWords(value: JsonValue): string {
  const { name, revision, sha256 } = Object.fromEntries(membersOf(value));
  const number = revision ? ` revision ${compactJson(revision)}` : '';
  return `${stringOf(name)}${number} (${stringOf(sha256)?.slice(0, 12)})`;
}

function baseInWords(value: JsonValue): string {
  const text = (key: string) => stringOf(membersOf(value).get(key));
  const platform = text('platform') === undefined ? '' : `${text('platform')}=`;
  const repository = text('repository');
  return repository === undefined
    ? `${platform}an oci: folder (${text('digest')})`
    : `${platform}${repository}@${text('digest')}`;
}
