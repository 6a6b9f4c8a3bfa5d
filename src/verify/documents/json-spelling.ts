import type { Node } from 'jsonc-parser';
import type { Difference, Level } from '../difference.js';
import { contrast } from './contrast.js';
import { below, compactJson, itemsOf, type JsonValue, membersOf, rawOf, saysTheSame } from './json-diff.js';

/**
 * How two documents are written otherwise where they say the same: keys in another order, escapes, blanks. One difference
 * at most, the first; whatever else differs between them is left to others.
 * @param where what the document is, as `config`
 */
export function spellingDifference(a: JsonValue, b: JsonValue, level: Level, where: string): Difference | undefined {
  const found = otherSpelling(a, b, where) ?? otherBlanks(a, b, where);
  return found && { level, weight: 'metadata', cause: 'key-order', ...found };
}

interface Found {
  readonly where: string;
  readonly a: string;
  readonly b: string;
}

function otherSpelling(a: JsonValue, b: JsonValue, path: string): Found | undefined {
  if (a.node.type === 'object' && b.node.type === 'object') return otherOrder(a, b, path);
  if (a.node.type === 'array' && b.node.type === 'array') {
    const others = itemsOf(b);
    for (const [i, item] of itemsOf(a).entries()) {
      const other = others[i];
      const found = other && otherSpelling(item, other, `${path}[${i}]`);
      if (found) return found;
    }
    return undefined;
  }
  return rawOf(a) !== rawOf(b) && saysTheSame(a, b) ? { where: path, ...contrast(rawOf(a), rawOf(b)) } : undefined;
}

function otherOrder(a: JsonValue, b: JsonValue, path: string): Found | undefined {
  const [members, others] = [membersOf(a), membersOf(b)];
  const shared = [...members.keys()].filter((key) => others.has(key));
  const inOther = [...others.keys()].filter((key) => members.has(key));
  if (shared.some((key, i) => key !== inOther[i])) {
    return { where: `${path}: order of keys`, ...contrast(shared.join(', '), inOther.join(', ')) };
  }
  for (const key of shared) {
    const [value, other] = [members.get(key), others.get(key)];
    const found = value && other && otherSpelling(value, other, below(path, key));
    if (found) return found;
  }
  // The same key may be escaped otherwise.
  const keysOf = (value: JsonValue) =>
    (value.node.children as Node[]).flatMap(({ children }) => {
      const [key] = children as [Node, Node];
      return shared.includes(key.value) ? [rawOf({ text: value.text, node: key })] : [];
    });
  const [keys, otherKeys] = [keysOf(a).join(), keysOf(b).join()];
  return keys === otherKeys ? undefined : { where: `${path}: keys`, ...contrast(keys, otherKeys) };
}

function otherBlanks(a: JsonValue, b: JsonValue, path: string): Found | undefined {
  const [inA, inB] = [blanksOf(a), blanksOf(b)];
  if (inA !== inB) return { where: `${path}: number of blanks between its parts`, a: `${inA}`, b: `${inB}` };
  if (a.text === b.text || !saysTheSame(a, b)) return undefined;
  return { where: `${path}: blanks between its parts`, ...contrast(a.text, b.text) };
}

/** Blanks and line breaks that are no part of a text, before and after the document included. */
function blanksOf(value: JsonValue): number {
  return value.text.length - compactJson(value).length;
}
