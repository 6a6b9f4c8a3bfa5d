// Release tags, `v1.2.3` and `v1.2.3-rc.1`, and their order by semantic versioning 2.0. Tags have no build metadata: no
// two of them may mean the same version.
const NUMBER = '(?:0|[1-9]\\d{0,8})';
const PART = '(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)';
const TAG = new RegExp(`^v(${NUMBER})\\.(${NUMBER})\\.(${NUMBER})(?:-(${PART}(?:\\.${PART})*))?$`);

/** @returns `{ tag, numbers: [major, minor, patch], pre: identifiers }`, or undefined for what is no release's tag */
export function parseTag(tag) {
  const [, major, minor, patch, pre] = TAG.exec(tag) ?? [];
  return major && { tag, numbers: [major, minor, patch].map(Number), pre: pre?.split('.') ?? [] };
}

/** Numbers come before words, and by their value. */
function compareIdentifiers(a, b) {
  const [isNumberA, isNumberB] = [a, b].map((identifier) => /^\d+$/.test(identifier));
  if (isNumberA && isNumberB) return a.length - b.length || (a < b ? -1 : Number(a > b));
  if (isNumberA !== isNumberB) return isNumberA ? -1 : 1;
  return a < b ? -1 : Number(a > b);
}

/** Below zero where `a` comes before `b`; a pre-release comes before its release. */
export function compareVersions(a, b) {
  for (const [index, number] of a.numbers.entries()) if (number !== b.numbers[index]) return number - b.numbers[index];
  if (a.pre.length === 0 || b.pre.length === 0) return b.pre.length - a.pre.length;
  for (const [index, identifier] of a.pre.entries()) {
    if (index >= b.pre.length) return 1;
    const order = compareIdentifiers(identifier, b.pre[index]);
    if (order !== 0) return order;
  }
  return a.pre.length - b.pre.length;
}

/** The releases among tags, without pre-releases, in their order. */
function releases(tags) {
  return tags
    .map(parseTag)
    .filter((version) => version && version.pre.length === 0)
    .sort(compareVersions);
}

/** The tag of the newest release before a version; undefined for the first one. */
export function previousRelease(version, tags) {
  return releases(tags).findLast((other) => compareVersions(other, version) < 0)?.tag;
}

/**
 * What a release moves, given all tags that there are: `v1`, unless it is a pre-release or a newer release of that major
 * version is out; and whether it is the newest of all.
 */
export function moves(version, tags) {
  if (version.pre.length > 0) return { tag: undefined, isLatest: false };
  const newer = releases(tags).filter((other) => compareVersions(other, version) > 0);
  const [major] = version.numbers;
  const isOvertaken = newer.some(({ numbers }) => numbers[0] === major);
  return { tag: isOvertaken ? undefined : `v${major}`, isLatest: newer.length === 0 };
}

/** What lies between two versions: `major`, `minor` or `patch`; a pre-release counts as the release that it is for. */
export function step(from, to) {
  const changed = to.numbers.findIndex((number, index) => number !== from.numbers[index]);
  return ['major', 'minor', 'patch'][changed] ?? 'patch';
}
