import semver from 'semver';
import type { ModuleOverride } from '../inputs/requests.js';
import { UPSTREAM_MODULE } from '../source/releases.js';
import { isModuleVersion, isReleaseVersion, versionFitsPath } from '../spec/grammar.js';
import { STANDARD_LIBRARY, type Vulnerability } from './vulnerability.js';

/** The newest stable release of upstream's 1.x, `1.12.0`, if it is newer than the one in use. */
export function newerUpstream(versions: readonly string[], used: string): string | undefined {
  const releases = versions.map((version) => version.replace(/^v/, ''));
  const newest = semver.rsort(releases.filter((each) => isReleaseVersion(each) && semver.major(each) === 1))[0];
  return newest !== undefined && semver.gt(newest, used) ? newest : undefined;
}

/**
 * The Go to take in place of the one in use: the newest patch release of its line; where nobody maintains that line any
 * more, of the oldest that is.
 * @param maintained newest releases of the lines that are maintained, the oldest line first
 */
export function newerGo(maintained: readonly string[], used: string): string {
  const own = maintained.find((release) => minorOf(release) === minorOf(used));
  if (own !== undefined) return isNewerGo(own, used) ? own : used;
  return maintained.find((release) => minorOf(release) > minorOf(used)) ?? used;
}

/** The least Go that is maintained and at least this one; undefined where there is none. */
export function goFrom(maintained: readonly string[], least: string): string | undefined {
  return maintained.find((release) => !isNewerGo(least, release));
}

/** `1.26` is `1.26.0`; a pre-release is before its release. */
export function isNewerGo(a: string, b: string): boolean {
  return semver.gt(wholeGo(a), wholeGo(b));
}

function wholeGo(version: string): string {
  return /^\d+\.\d+$/.test(version) ? `${version}.0` : version;
}

function minorOf(go: string): number {
  return Number(go.split('.')[1]);
}

/** What may clear vulnerabilities: a newer Go, or modules to raise. */
export type Change = { readonly go: string } | ModuleOverride;

/** `golang.org/x/net@v0.56.0`, `Go 1.26.9`. */
export function changeName(change: Change): string {
  return 'go' in change ? `Go ${change.go}` : `${change.path}@${change.version}`;
}

/**
 * The least changes that clear what can be cleared.
 * @param without names of changes that were tried in vain
 */
export function changesFor(
  found: readonly Vulnerability[],
  go: string,
  maintained: readonly string[],
  without: ReadonlySet<string>,
): Change[] {
  const raised = new Map<string, string>();
  let newest = go;
  for (const { module, fixed } of found) {
    if (fixed === undefined || module === UPSTREAM_MODULE) continue;
    if (module === STANDARD_LIBRARY) {
      // A fix in one line says nothing of the next, where it may come later.
      const release = goFrom(
        maintained.filter((each) => minorOf(each) === minorOf(fixed)),
        fixed,
      );
      if (release !== undefined && isNewerGo(release, newest) && !without.has(`Go ${release}`)) newest = release;
    } else if (canRaise(module, fixed) && !without.has(`${module}@${fixed}`)) {
      const before = raised.get(module);
      if (before === undefined || semver.gt(fixed, before)) raised.set(module, fixed);
    }
  }
  const modules = [...raised].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, version]) => ({ path, version }));
  return newest === go ? modules : [{ go: newest }, ...modules];
}

/**
 * The version to raise a module to for the sake of a fix: the fix itself, or the next release after it where that one
 * was retracted, or was never released.
 * @param versions that are not retracted, in any order; empty where nobody tells
 */
export function releaseWith(fixed: string, versions: readonly string[]): string {
  if (PSEUDO_VERSION.test(fixed) || versions.includes(fixed)) return fixed; // no list has pseudo-versions
  const later = versions.filter((each) => semver.prerelease(each) === null && semver.gt(each, fixed));
  return semver.sort(later)[0] ?? fixed;
}

/** A commit as a version: v0.0.0-20260102030405-abcdefabcdef. */
const PSEUDO_VERSION = /[-.]\d{14}-[0-9a-f]{12}$/;

function canRaise(path: string, version: string): boolean {
  return isModuleVersion(version) && versionFitsPath(path, version);
}

/**
 * The suffix for another image of the same release and patch sets, whose default tag may exist: `+ttl.1` → `+ttl.1.2` →
 * `+ttl.1.3`, as a push proposes them; `-k0s.3` → `-k0s.4`.
 * @param own the suffix that the patch sets have by themselves
 */
export function nextSuffix(suffix: string, own: string): string {
  if (suffix === own) return suffix === '' ? '+2' : `${suffix}.2`;
  const number = /^(.*[^0-9])(\d{1,6})$/.exec(suffix);
  return number ? `${number[1]}${Number(number[2]) + 1}` : `${suffix}.2`;
}

/** What a version's suffix follows from. */
export interface Suffixed {
  /** `1.11.3`. */
  readonly release: string;
  readonly suffix: string;
  /** What the patch sets give by themselves. */
  readonly own: string;
}

/** The `version-suffix` of the next image; undefined for what its patch sets give by themselves. */
export function suffixAfter(now: Suffixed, next: Omit<Suffixed, 'suffix'>): string | undefined {
  if (now.release === next.release && now.own === next.own) return nextSuffix(now.suffix, now.own);
  const counted = now.suffix.startsWith(now.own) ? now.suffix.slice(now.own.length) : undefined;
  const isOwn = counted !== undefined && /^([.+]\d+)?$/.test(counted);
  if (isOwn) return undefined;
  return now.release === next.release ? nextSuffix(now.suffix, now.own) : now.suffix;
}
