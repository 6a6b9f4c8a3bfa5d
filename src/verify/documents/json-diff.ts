import type { Node } from 'jsonc-parser';
import { InputError, messageOf } from '../../base/errors.js';
import { parseStrictly } from '../../image/json-strict.js';
import { contrast } from './contrast.js';

/** A value of a JSON text that a stranger wrote, with the place where it stands. */
export interface JsonValue {
  readonly text: string;
  readonly node: Node;
}

/** A place where two JSON values say different things; undefined where one has nothing there. */
export interface JsonDifference {
  /** As `config.Labels["a b"]` or `layers[2].size`. */
  readonly path: string;
  readonly a: JsonValue | undefined;
  readonly b: JsonValue | undefined;
}

/**
 * Reads a document strictly: UTF-8, RFC 8259, no key twice in any object, no lone surrogate.
 * @throws InputError where it is something else, larger than 4 MiB, or nested over 64 levels deep
 */
export function readJson(bytes: Uint8Array): JsonValue {
  let text: string;
  try {
    // A byte order mark is kept, so that it is refused like any other letter before the document.
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new InputError(`it is not UTF-8 (${messageOf(error)})`);
  }
  return readJsonText(text);
}

/** As `readJson`, of a text. */
export function readJsonText(text: string): JsonValue {
  return { text, node: parseStrictly(text, (why) => new InputError(why)) };
}

/** The value exactly as it stands in its document. */
export function rawOf({ text, node }: JsonValue): string {
  return text.slice(node.offset, node.offset + node.length);
}

/** The value without the blanks between its parts, which may be line breaks; for messages. */
export function compactJson(value: JsonValue): string {
  const { text, node } = value;
  const inner = (node.children ?? []).map((child) => compactJson({ text, node: child }));
  if (node.type === 'object') return `{${inner.join(',')}}`;
  if (node.type === 'array') return `[${inner.join(',')}]`;
  return node.type === 'property' ? inner.join(':') : rawOf(value);
}

/** The members of an object in their order; none where the value is something else or not there. */
export function membersOf(value: JsonValue | undefined): ReadonlyMap<string, JsonValue> {
  const members = new Map<string, JsonValue>();
  if (value?.node.type !== 'object') return members;
  for (const property of childrenOf(value)) {
    const [key, member] = property.children as [Node, Node];
    members.set(key.value, { text: value.text, node: member });
  }
  return members;
}

/** Of an object or a list, which have them, be they none. */
function childrenOf({ node }: JsonValue): readonly Node[] {
  return node.children as Node[];
}

/** The items of a list; none where the value is something else or not there. */
export function itemsOf(value: JsonValue | undefined): JsonValue[] {
  if (value?.node.type !== 'array') return [];
  return childrenOf(value).map((node) => ({ text: value.text, node }));
}

/** What a text says; undefined where the value is something else or not there. */
export function stringOf(value: JsonValue | undefined): string | undefined {
  return value?.node.type === 'string' ? (value.node.value as string) : undefined;
}

/** Whether two values say the same: the order of keys, blanks and escapes count for nothing. */
export function saysTheSame(a: JsonValue, b: JsonValue): boolean {
  return jsonDifferences(a, b).next().done === true;
}

/**
 * The places where two values say different things, from the outside in and in the order of `a`. Objects are gone into,
 * and lists of the same length; of other lists the whole is the difference. Numbers are the same where they are spelled
 * alike: readers do not agree on `1.0`, `1e0` and what is larger than 2^53.
 */
export function* jsonDifferences(a: JsonValue, b: JsonValue, path = ''): Generator<JsonDifference> {
  const types = [a.node.type, b.node.type];
  if (types.every((type) => type === 'object')) {
    yield* memberDifferences(membersOf(a), membersOf(b), path);
  } else if (types.every((type) => type === 'array') && a.node.children?.length === b.node.children?.length) {
    const others = itemsOf(b);
    for (const [i, item] of itemsOf(a).entries()) {
      yield* jsonDifferences(item, others[i] as JsonValue, `${path}[${i}]`);
    }
  } else if (types[0] !== types[1] || !isSameScalar(a, b)) {
    yield { path, a, b };
  }
}

/** The differences of two objects, given by their members. */
export function* memberDifferences(
  a: ReadonlyMap<string, JsonValue>,
  b: ReadonlyMap<string, JsonValue>,
  path: string,
): Generator<JsonDifference> {
  for (const [key, value] of a) {
    const other = b.get(key);
    if (other) yield* jsonDifferences(value, other, below(path, key));
    else yield { path: below(path, key), a: value, b: undefined };
  }
  for (const [key, value] of b) if (!a.has(key)) yield { path: below(path, key), a: undefined, b: value };
}

function isSameScalar(a: JsonValue, b: JsonValue): boolean {
  if (a.node.type === 'object' || a.node.type === 'array') return false;
  return a.node.type === 'number' ? rawOf(a) === rawOf(b) : a.node.value === b.node.value;
}

/** The path of a member: `config.User`, `config.Labels["a b"]`. */
export function below(path: string, key: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

/** Two values as they are shown; JSON, so that a text, its blanks and its lack can be told. */
export function shownBoth(
  a: JsonValue | undefined,
  b: JsonValue | undefined,
): { a: string | undefined; b: string | undefined } {
  const shown = contrast(a ? compactJson(a) : '', b ? compactJson(b) : '');
  return { a: a && shown.a, b: b && shown.b };
}

/** The members in which two objects differ, by their keys, those of the first first; what is no object has none. */
export function differingMembers(
  a: JsonValue | undefined,
  b: JsonValue | undefined,
): { readonly key: string; readonly value: JsonValue | undefined; readonly other: JsonValue | undefined }[] {
  const [members, others] = [membersOf(a), membersOf(b)];
  return [...new Set([...members.keys(), ...others.keys()])]
    .map((key) => ({ key, value: members.get(key), other: others.get(key) }))
    .filter(({ value, other }) => !(value && other && saysTheSame(value, other)));
}
