import semver from 'semver';
import { RunError } from '../base/errors.js';
import { isModulePath } from '../spec/grammar.js';
import { printable } from '../verify/difference.js';
import { earliestFix, isAffected, objectOf, objectsOf, type Unsure } from './osv.js';
import { mergeVulnerabilities, type Reach, STANDARD_LIBRARY, type Vulnerability } from './vulnerability.js';

/** The scanner's answer cannot be read, or is none. */
export class ScanError extends RunError {}

/** The module that was compiled: it carries no version in a binary, so the scanner passes it over. */
export interface MainModule {
  readonly path: string;
  /** `v1.11.3`. */
  readonly version: string;
}

/** The most findings and entries that are taken. */
const MOST = 100_000;
/** The most names that a vulnerability has elsewhere. */
const MOST_NAMES = 20;

/**
 * Reads what `govulncheck -format json` prints of one binary: concatenated JSON objects with one key each (its package
 * internal/govulncheck). A vulnerability comes several times: for its module, its package, and each of its functions.
 * @throws ScanError where it is something else
 */
export function readScan(text: string, main: MainModule): Vulnerability[] {
  const entries = new Map<string, Unsure>();
  const findings: Unsure[] = [];
  let isScan = false;
  for (const { config, osv, finding } of messages(text)) {
    if (config !== undefined) isScan = /^v1\./.test(textOf(objectOf(config).protocol_version));
    if (osv !== undefined) entries.set(idOf(objectOf(osv).id), objectOf(osv));
    if (finding !== undefined) findings.push(objectOf(finding));
    if (findings.length + entries.size > MOST) throw new ScanError(`govulncheck finds over ${MOST} things`);
  }
  if (!isScan) throw new ScanError('govulncheck printed no report of the form that is understood (protocol v1)');
  const found = findings.map((finding) => [vulnerabilityOf(finding, entries)]);
  return mergeVulnerabilities([...found, ...[...entries.values()].map((entry) => ofMain(entry, main))]);
}

function messages(text: string): Unsure[] {
  const parts = text.split(/^(?=\{)/m).filter((part) => part.trim() !== '');
  try {
    return parts.map((part) => objectOf(JSON.parse(part)));
  } catch {
    throw new ScanError('govulncheck printed something that is no JSON');
  }
}

function vulnerabilityOf(
  { osv, trace, fixed_version: fixed }: Unsure,
  entries: ReadonlyMap<string, Unsure>,
): Vulnerability {
  const id = idOf(osv);
  const [frame = {}] = objectsOf(trace);
  const module = textOf(frame.module);
  if (module !== STANDARD_LIBRARY && !isModulePath(module)) {
    throw new ScanError(`govulncheck reports ${id} for ${JSON.stringify(module.slice(0, 100))}, which is no module`);
  }
  const names = [frame.package, frame.receiver, frame.function].map(textOf);
  const [inPackage, , inFunction] = names;
  const reach: Reach = inFunction ? 'symbol' : inPackage ? 'package' : 'module';
  return {
    ...aboutOf(id, entries.get(id)),
    module,
    version: versionOf(module, frame.version) ?? 'unknown',
    fixed: versionOf(module, fixed),
    reach,
    symbols: reach === 'symbol' ? [printable(names.filter((name) => name !== '').join('.'))] : [],
  };
}

/** What the database has on the main module, whose code is in the binary whole. */
function ofMain(entry: Unsure, { path, version }: MainModule): Vulnerability[] {
  const affected = objectsOf(entry.affected).filter((each) => objectOf(each.package).name === path);
  if (entry.withdrawn !== undefined || !isAffected(affected, version)) return [];
  const about = aboutOf(idOf(entry.id), entry);
  const fixed = earliestFix(affected, version);
  return [{ ...about, module: path, version, fixed, reach: 'package', symbols: [] }];
}

function aboutOf(id: string, entry: Unsure = {}): Pick<Vulnerability, 'id' | 'aliases' | 'summary'> {
  const aliases = (Array.isArray(entry.aliases) ? entry.aliases : []).map(textOf).filter(isId).slice(0, MOST_NAMES);
  return { id, aliases, summary: printable(textOf(entry.summary).replaceAll(/\s+/g, ' ').trim()) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** `v0.52.0`, without the v for Go itself; undefined where there is none, or none of Go's form. */
function versionOf(module: string, given: unknown): string | undefined {
  if (typeof given !== 'string' || semver.valid(given.replace(/^(go|v)?/, '')) === null) return undefined;
  const version = given.replace(/^(go|v)?/, '');
  return module === STANDARD_LIBRARY ? version : `v${version}`;
}

function isId(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9-]{2,63}$/.test(text);
}

function idOf(given: unknown): string {
  if (typeof given === 'string' && isId(given)) return given;
  throw new ScanError(`govulncheck names a vulnerability ${JSON.stringify(given)?.slice(0, 100)}`);
}
