import type { CauseId, Difference, Level, Weight } from '../difference.js';
import { below, differingMembers, type JsonValue, membersOf, saysTheSame, shownBoth } from './json-diff.js';

/** What a member that differs means. */
export interface MemberRule {
  readonly weight: Weight;
  readonly cause?: CauseId;
}

/**
 * Differences of two objects, one for each member.
 * @param path of the object; '' for a whole document
 * @param ruleOf undefined for members that are looked at elsewhere
 */
export function compareMembers(
  a: JsonValue | undefined,
  b: JsonValue | undefined,
  path: string,
  level: Level,
  ruleOf: (key: string, a: JsonValue | undefined, b: JsonValue | undefined) => MemberRule | undefined,
): Difference[] {
  const found: Difference[] = [];
  for (const { key, value, other } of differingMembers(a, b)) {
    const rule = ruleOf(key, value, other);
    if (rule) found.push({ level, ...rule, where: below(path, key), ...shownBoth(value, other) });
  }
  return [...found, ...otherKinds(a, b, path, level)];
}

/** Where an object has to be, something else may stand on one side, or nothing. */
export function otherKinds(
  a: JsonValue | undefined,
  b: JsonValue | undefined,
  path: string,
  level: Level,
): Difference[] {
  const where = path === '' ? 'the document' : path;
  const isObject = (value: JsonValue | undefined) => value?.node.type === 'object';
  const isNothing = (value: JsonValue | undefined) => value === undefined || value.node.type === 'null';
  if ((isObject(a) || isNothing(a)) && (isObject(b) || isNothing(b))) {
    const isEmpty = membersOf(a).size === 0 && membersOf(b).size === 0;
    if (!isEmpty || a?.node.type === b?.node.type) return [];
    return [{ level, weight: 'metadata', where, ...shownBoth(a, b), cause: 'config-keys' }];
  }
  if (a && b && saysTheSame(a, b)) return [];
  return [{ level, weight: 'content', where, ...shownBoth(a, b) }];
}
