import { InputError } from '../base/errors.js';
import {
  isCommit,
  isGoVersion,
  isHexSha256,
  isLabelKey,
  isModulePath,
  isModuleVersion,
  isReleaseVersion,
  MAX_EPOCH,
  versionFitsPath,
} from '../spec/grammar.js';
import { RESERVED_LABELS } from '../spec/image-labels.js';
import { comparePlatforms, type Platform, platformName } from '../spec/platform.js';
import { parsePlatform } from '../spec/platforms.js';
import { definitionOf, type InputName, type RawInputs } from './raw-inputs.js';
import type { ModuleOverride, PatchRequest, SourceRequest } from './requests.js';

/** Everything that `build` was asked for: what shapes the images, and how to run. */
export interface BuildOptions {
  readonly source: SourceRequest;
  readonly patches: readonly PatchRequest[];
  readonly overrides: readonly ModuleOverride[];
  /** Exact version; undefined for the one that is pinned for the release. */
  readonly go: string | undefined;
  /** Undefined for the one that names the patch sets. */
  readonly versionSuffix: string | undefined;
  /** Sorted as in the index; none twice. */
  readonly platforms: readonly Platform[];
  readonly labels: Readonly<Record<string, string>>;
  /** Seconds since 1970, or the time of the release. */
  readonly epoch: 'release' | number;
  readonly sbom: boolean;
  readonly cache: boolean;
  readonly summary: boolean;
  /** Undefined for the edge's own default. */
  readonly outputDir: string | undefined;
}

/**
 * Understands all inputs of `build`, or refuses them before anything has been started or written.
 * @param builtins names of the patch sets that come with the project
 * @throws InputError that says what was given, what is accepted, and which input it was
 */
export function parseBuildOptions(raw: RawInputs, builtins: readonly string[]): BuildOptions {
  const read = reader(raw);
  const suffix = read.text('version-suffix');
  if (suffix !== undefined && !/^[0-9A-Za-z.+_-]{1,40}$/.test(suffix)) {
    throw refuse('version-suffix', suffix, 'at most 40 letters, digits and . + _ -, as in +ttl.1');
  }
  const go = read.text('go-version')?.replace(/^go/, '');
  if (go !== undefined && !isGoVersion(go)) throw refuse('go-version', go, 'an exact version, as in 1.26.8');
  return {
    source: parseSource(read),
    patches: parsePatches(read.list('patches'), builtins),
    overrides: parseOverrides(read.list('module-overrides')),
    go,
    versionSuffix: suffix,
    platforms: parsePlatforms(read.list('platforms')),
    labels: parseLabels(read.lines('labels')),
    epoch: parseEpoch(read.text('source-date-epoch') ?? 'release'),
    sbom: read.boolean('sbom'),
    cache: (read.text('cache') ?? 'auto') === 'auto' || read.boolean('cache', 'auto, true or false'),
    summary: read.boolean('summary'),
    outputDir: read.text('output-dir'),
  };
}

type Reader = ReturnType<typeof reader>;

/** Values of inputs by their form; trimmed, and the default where nothing was given. */
function reader(raw: RawInputs) {
  const values = (name: InputName) => (raw.get(name) ?? [definitionOf(name).default]).map((value) => value.trim());
  const text = (name: InputName): string | undefined => {
    const given = values(name).filter((value) => value !== '');
    if (given.length > 1) throw new InputError(`${name} was given ${given.length} times; one value is accepted`, name);
    return given[0];
  };
  const split = (name: InputName, by: RegExp): string[] => {
    const items = values(name)
      .flatMap((value) => value.split(by))
      .map((item) => item.trim())
      .filter((item) => item !== '');
    if (items.length === 0 && definitionOf(name).default !== '') {
      throw new InputError(
        `${name} is an empty list. Accepted: one or more values, or leave it out for ${definitionOf(name).default.replaceAll('\n', ', ')}`,
        name,
      );
    }
    return items;
  };
  return {
    text,
    list: (name: InputName) => split(name, /[\n,]/),
    lines: (name: InputName) => split(name, /\n/),
    boolean: (name: InputName, accepted = 'true or false'): boolean => {
      const value = text(name) ?? definitionOf(name).default;
      // The forms of YAML 1.2's core schema, which are those that the runner's own toolkit takes.
      if (/^(true|True|TRUE)$/.test(value)) return true;
      if (/^(false|False|FALSE)$/.test(value)) return false;
      throw refuse(name, value, accepted);
    },
    /** Whether a value was given: an expression in a workflow can come out empty. */
    isExplicit: (name: InputName) => (raw.get(name) ?? []).some((value) => value.trim() !== ''),
  };
}

function refuse(name: InputName, given: string, accepted: string): InputError {
  return new InputError(`${JSON.stringify(given)} is not accepted for ${name}. Accepted: ${accepted}`, name);
}

function parseSource(read: Reader): SourceRequest {
  const given = read.text('pushgateway-version') ?? definitionOf('pushgateway-version').default;
  const version = given.replace(/^v/, '');
  if (!isReleaseVersion(version))
    throw refuse('pushgateway-version', given, 'an exact release of three numbers, as in 1.11.3 or v1.11.3');
  if (Number(version.split('.')[0]) !== 1) throw refuse('pushgateway-version', given, 'a release of the 1.x series');
  const source = read.text('source') ?? 'module';
  const wanted = read.isExplicit('pushgateway-version') ? version : undefined;
  if (source === 'module') return { type: 'module', version };
  if (source === 'git') return { type: 'git-tag', version };
  const hash = source.lastIndexOf('#');
  if (hash < 0) return { type: 'folder', path: checkPath('source', source), version: wanted };
  return { type: 'git-commit', ...parseGitUrl(source, source.slice(0, hash), source.slice(hash + 1)), version: wanted };
}

/** `URL#COMMIT`, where URL is whatever git takes and holds no secret, since it is recorded. */
function parseGitUrl(given: string, url: string, commit: string): { url: string; commit: string } {
  const accepted = 'module, git, URL#COMMIT with the whole commit of 40 or 64 hex digits, or a folder';
  if (!isCommit(commit) || url === '' || url.startsWith('-') || /[\s\0]/.test(url))
    throw refuse('source', given, accepted);
  if (/^[a-z+]+:\/\/[^/]*@/i.test(url) && !/^(git\+)?ssh:\/\/[^/:@]+@/i.test(url)) {
    throw new InputError(
      'The URL in source holds a user name or password. Accepted: a URL without; git takes credentials from its own configuration',
      'source',
    );
  }
  if (/^[a-z+]+:\/\/.*\?/i.test(url)) throw refuse('source', given, 'a git URL without a query');
  if (/^ext::/i.test(url)) throw refuse('source', given, accepted);
  return { url, commit };
}

function checkPath(name: InputName, path: string): string {
  if (path.includes('\0')) throw refuse(name, path, 'a path');
  return path;
}

function parsePatches(lines: readonly string[], builtins: readonly string[]): PatchRequest[] {
  if (lines.includes('none')) {
    if (lines.length > 1) throw refuse('patches', lines.join(', '), 'none alone, or a list of patch sets');
    return [];
  }
  const requests = lines.map((line): PatchRequest => {
    const named = /^([A-Za-z0-9-]+)(?:@(\d{1,6}))?$/.exec(line);
    const name = named?.[1];
    if (name !== undefined && builtins.includes(name)) {
      return { type: 'builtin', name, revision: named?.[2] === undefined ? undefined : Number(named[2]) };
    }
    return /^[a-z]+:\/\//i.test(line) ? parsePatchUrl(line) : { type: 'path', path: checkPath('patches', line) };
  });
  // They are alternatives: each brings --metric.timetolive, in the same places.
  if (requests.filter((request) => request.type === 'builtin').length > 1)
    throw refuse('patches', lines.join(', '), `at most one of ${builtins.join(', ')}, and any others beside it`);
  return requests;
}

function parsePatchUrl(given: string): PatchRequest {
  const [url = '', sha256 = ''] = given.split('#sha256=');
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw refuse('patches', given, 'https://…#sha256=… with 64 hex digits');
  }
  if (parsed.protocol !== 'https:' || parsed.username !== '' || parsed.password !== '' || !isHexSha256(sha256)) {
    throw refuse(
      'patches',
      `${parsed.origin}${parsed.pathname}`,
      'https://…#sha256=… with 64 lower-case hex digits and without a user name',
    );
  }
  return { type: 'url', url, sha256 };
}

function parseOverrides(lines: readonly string[]): ModuleOverride[] {
  const overrides = lines.map((line): ModuleOverride => {
    const [path = '', version = '', ...rest] = line.split('@');
    if (rest.length > 0 || !isModulePath(path) || !isModuleVersion(version) || !versionFitsPath(path, version)) {
      throw refuse('module-overrides', line, 'PATH@VERSION with an exact version, as in golang.org/x/crypto@v0.53.0');
    }
    return { path, version };
  });
  const twice = overrides.find(
    (override, index) => overrides.findIndex((other) => other.path === override.path) !== index,
  );
  if (twice) throw new InputError(`module-overrides names ${twice.path} twice; once is accepted`, 'module-overrides');
  return overrides;
}

function parsePlatforms(items: readonly string[]): Platform[] {
  const platforms = items.map(parsePlatform).sort(comparePlatforms);
  const twice = platforms.find(
    (platform, index) => index > 0 && platformName(platform) === platformName(platforms[index - 1] ?? platform),
  );
  if (twice) throw new InputError(`platforms names ${platformName(twice)} twice; once is accepted`, 'platforms');
  return platforms;
}

function parseLabels(lines: readonly string[]): Record<string, string> {
  const labels = new Map<string, string>();
  for (const line of lines) {
    const equals = line.indexOf('=');
    const key = line.slice(0, Math.max(0, equals)).trim();
    if (equals < 0) throw refuse('labels', line, 'key=value');
    if (!isLabelKey(key)) throw refuse('labels', line, 'key=value with a key of printable ASCII without blanks');
    if (RESERVED_LABELS.includes(key))
      throw new InputError(`The label ${key} follows from the build spec and cannot be set`, 'labels');
    if (labels.has(key)) throw new InputError(`labels sets ${key} twice; once is accepted`, 'labels');
    labels.set(key, line.slice(equals + 1).trim());
  }
  return Object.fromEntries(labels);
}

function parseEpoch(given: string): 'release' | number {
  if (given === 'release') return given;
  if (!/^\d{1,11}$/.test(given) || Number(given) > MAX_EPOCH) {
    throw refuse('source-date-epoch', given, `release, or whole seconds since 1970 from 0 to ${MAX_EPOCH}`);
  }
  return Number(given);
}
