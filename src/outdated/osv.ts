import semver from 'semver';

/** An object of JSON of which nothing is certain. */
export type Unsure = Readonly<Record<string, unknown>>;

/** A member that is an object; empty where it is something else. */
export function objectOf(value: unknown): Unsure {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Unsure) : {};
}

/** The objects of a list; empty where it is none. */
export function objectsOf(value: unknown): Unsure[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}

/**
 * Whether a version, `v1.11.3`, is in one of the ranges. Without ranges every version is.
 * @param affected of an entry in the OSV format (https://ossf.github.io/osv-schema/): `ranges` with `events`, in the
 * order of versions
 */
export function isAffected(affected: readonly Unsure[], version: string): boolean {
  return affected.some(({ ranges }) => {
    const own = objectsOf(ranges).filter(({ type }) => type === 'SEMVER');
    return own.length === 0 || own.some(({ events }) => contains(objectsOf(events), version));
  });
}

/** The first version after this one that is in no range: `v1.12.0`; undefined where none is known. */
export function earliestFix(affected: readonly Unsure[], version: string): string | undefined {
  const fixes = affected
    .flatMap(({ ranges }) => objectsOf(ranges))
    .flatMap(({ events }) => objectsOf(events).map(({ fixed }) => versionOf(fixed)))
    .filter((fixed) => fixed !== undefined)
    .filter((fixed) => semver.gt(fixed, version) && !isAffected(affected, fixed));
  const [first] = semver.sort(fixes);
  return first === undefined ? undefined : `v${first}`;
}

/** Each event begins or ends a range; "0" is before all versions. */
function contains(events: readonly Unsure[], version: string): boolean {
  let isInside = false;
  for (const { introduced, fixed } of events) {
    const from = introduced === '0' ? '0.0.0-0' : versionOf(introduced);
    const to = versionOf(fixed);
    if (from !== undefined && semver.gte(version, from)) isInside = true;
    if (to !== undefined && semver.gte(version, to)) isInside = false;
  }
  return isInside;
}

function versionOf(given: unknown): string | undefined {
  return typeof given === 'string' ? (semver.valid(given) ?? undefined) : undefined;
}
