import { SPEC_LABEL } from '../../spec/build-spec.js';
import type { CauseId, Difference, Level, Weight } from '../difference.js';
import { below, differingMembers, type JsonValue, membersOf, shownBoth, stringOf } from './json-diff.js';
import { otherKinds } from './members.js';
import { compareSpecs } from './spec-label.js';

/** Prefix of the keys that the OCI image spec defines ("Pre-Defined Annotation Keys"). */
const OCI = 'org.opencontainers.image.';

/** Labels of a config, key by key. */
export function compareLabels(a: JsonValue | undefined, b: JsonValue | undefined, path: string): Difference[] {
  return compareTexts(a, b, path, { level: 'config', cause: 'labels' });
}

/** Annotations of an index, a manifest or a descriptor, key by key. */
export function compareAnnotations(
  a: JsonValue | undefined,
  b: JsonValue | undefined,
  path: string,
  level: Level,
): Difference[] {
  return compareTexts(a, b, path, { level, cause: 'annotations' });
}

function compareTexts(
  a: JsonValue | undefined,
  b: JsonValue | undefined,
  path: string,
  kind: { readonly level: Level; readonly cause: CauseId },
): Difference[] {
  const hasBase = [a, b].some((texts) => stringOf(membersOf(texts).get(`${OCI}base.name`)));
  const found = otherKinds(a, b, path, kind.level);
  for (const { key, value, other } of differingMembers(a, b)) {
    const [text, otherText] = [stringOf(value), stringOf(other)];
    if (key === SPEC_LABEL && text !== undefined && otherText !== undefined) {
      found.push(...compareSpecs(text, otherText));
      continue;
    }
    // Go's programs read texts alone, and refuse the whole document where something else stands there.
    const isText = (value === undefined || text !== undefined) && (other === undefined || otherText !== undefined);
    const weight: Weight = isText ? 'metadata' : 'content';
    const cause = causeOf(key, text, otherText, hasBase) ?? kind.cause;
    found.push({ ...kind, weight, where: below(path, key), ...shownBoth(value, other), cause });
  }
  return found;
}

/**
 * A few keys tell of something else, where both sides have them.
 * @param hasBase whether a base is named: podman and buildah write annotations of one also where there is none, empty or
 *   with the digest of a layer that they kept
 */
function causeOf(key: string, a: string | undefined, b: string | undefined, hasBase: boolean): CauseId | undefined {
  if (key.startsWith(`${OCI}base.`) && hasBase) return 'base';
  if (a === undefined || b === undefined) return undefined;
  if (key === `${OCI}created`) return 'epoch';
  return key === `${OCI}version` ? 'version' : undefined;
}
