import { InputError } from '../base/errors.js';
import { compareUtf8 } from '../base/files.js';
import { isDigest } from '../base/hash.js';
import type { BuildSpec, ImageBase, ModulesSpec, PatchSpec, PlatformBase, SourceSpec } from './build-spec.js';
import { type Json, parseCanonicalJson } from './canonical.js';
import {
  isCommit,
  isGoVersion,
  isHexSha256,
  isLabelKey,
  isModulePath,
  isModuleSum,
  isModuleVersion,
  isPatchName,
  isRecordableGitUrl,
  isShownVersion,
  MAX_EPOCH,
  versionFitsPath,
} from './grammar.js';
import { platformName } from './platform.js';
import { parsePlatform } from './platforms.js';
import { parseReference, repositoryName } from './reference.js';

/** Longest spec that is read, in bytes: a real one has under 2 KiB beside its labels. */
export const MAX_SPEC_BYTES = 64 * 1024;

/** A text is no spec that this program reads. */
export class SpecError extends InputError {
  /** As `source.url` or `patches[0].sha256`; empty where it is the whole. */
  readonly field: string;
  /** The end of the sentence, as "must be a list". */
  readonly problem: string;

  /** @param at the value that the sentence is about, where that holds the field */
  constructor(field: string, problem: string, at = field) {
    super(at === '' ? `The spec ${problem}` : `The spec's ${at} ${problem}`);
    this.field = field;
    this.problem = problem;
  }
}

/**
 * The one strict decoder, for specs from labels and for those that this program has just made: unknown, missing and
 * double keys, non-canonical bytes and values outside their grammar are refused. A spec is untrusted input
 * (design, sections 5 and 9).
 * @throws SpecError
 */
export function decodeSpec(json: string): BuildSpec {
  if (Buffer.byteLength(json) > MAX_SPEC_BYTES) fail('', `is over ${MAX_SPEC_BYTES} bytes`);
  const fields = members(parseSpecJson(json), '', [
    'base',
    'files',
    'go',
    'labels',
    'modules',
    'patches',
    'profile',
    'source',
    'sourceDateEpoch',
    'version',
  ]);
  if (fields.profile !== 1) fail('profile', `is ${JSON.stringify(fields.profile)}; this program knows profile 1`);
  const epoch = fields.sourceDateEpoch;
  if (typeof epoch !== 'number' || !Number.isInteger(epoch) || epoch < 0 || epoch > MAX_EPOCH) {
    fail('sourceDateEpoch', `must be whole seconds from 0 to ${MAX_EPOCH}`);
  }
  return {
    profile: 1,
    source: decodeSource(fields.source),
    patches: array(fields.patches, 'patches').map(decodePatch),
    modules: decodeModules(fields.modules),
    go: text(fields.go, 'go', isGoVersion),
    version: text(fields.version, 'version', isShownVersion),
    base: decodeBase(fields.base),
    files: fields.files === null ? null : digest(fields.files, 'files'),
    labels: decodeLabels(fields.labels),
    sourceDateEpoch: epoch as number,
  };
}

function parseSpecJson(json: string): Json {
  try {
    return parseCanonicalJson(json, 'it');
  } catch (error) {
    throw error instanceof InputError ? new SpecError('', `cannot be read: ${error.message}`) : error;
  }
}

function decodeSource(value: Json | undefined): SourceSpec {
  const type = isObject(value) ? value.type : undefined;
  switch (type) {
    case 'module': {
      const source = members(value, 'source', ['path', 'sum', 'type', 'version']);
      const path = text(source.path, 'source.path', isModulePath);
      const version = text(source.version, 'source.version', isModuleVersion);
      if (!versionFitsPath(path, version)) fail('source.version', `${version} does not fit the path ${path}`);
      return { type, path, version, sum: text(source.sum, 'source.sum', isModuleSum) };
    }
    case 'git': {
      const keys = isObject(value) && 'url' in value ? ['commit', 'type', 'url'] : ['commit', 'type'];
      const source = members(value, 'source', keys);
      const commit = text(source.commit, 'source.commit', isCommit);
      return 'url' in source
        ? { type, url: text(source.url, 'source.url', isRecordableGitUrl), commit }
        : { type, commit };
    }
    case 'folder': {
      const source = members(value, 'source', ['hash', 'type']);
      return { type, hash: text(source.hash, 'source.hash', isModuleSum) };
    }
    default:
      return fail('source.type', 'must be "module", "git" or "folder"');
  }
}

function decodePatch(value: Json, index: number): PatchSpec {
  const at = `patches[${index}]`;
  const hasRevision = isObject(value) && 'revision' in value;
  const patch = members(value, at, hasRevision ? ['name', 'revision', 'sha256'] : ['name', 'sha256']);
  const name = text(patch.name, `${at}.name`, isPatchName);
  const sha256 = text(patch.sha256, `${at}.sha256`, isHexSha256);
  if (!hasRevision) return { name, sha256 };
  const { revision } = patch;
  if (typeof revision !== 'number' || !Number.isInteger(revision) || revision < 1 || revision > 1e6) {
    return fail(`${at}.revision`, 'must be a whole number from 1');
  }
  return { name, revision, sha256 };
}

function decodeModules(value: Json | undefined): ModulesSpec | null {
  if (value === null) return null;
  const modules = members(value, 'modules', ['goMod', 'overrides']);
  const overrides = array(modules.overrides, 'modules.overrides').map((item, index) => {
    const at = `modules.overrides[${index}]`;
    return text(item, at, (text) => {
      const [path = '', version = '', ...rest] = text.split('@');
      return rest.length === 0 && isModulePath(path) && isModuleVersion(version) && versionFitsPath(path, version);
    });
  });
  return { overrides, goMod: text(modules.goMod, 'modules.goMod', isHexSha256) };
}

function decodeBase(value: Json | undefined): BuildSpec['base'] {
  if (value === null) return null;
  if (!Array.isArray(value)) return decodeImageBase(value, 'base', []);
  const bases = array(value, 'base').map((item, index): PlatformBase => {
    const at = `base[${index}]`;
    const fields = decodeImageBase(item, at, ['platform']);
    return { ...fields, platform: text((item as Record<string, Json>).platform, `${at}.platform`, isPlatformName) };
  });
  if (bases.length === 0) fail('base', 'is an empty list');
  bases.forEach(({ platform }, index) => {
    const before = bases[index - 1];
    const order = before ? compareUtf8(before.platform, platform) : -1;
    if (order === 0) fail('base', `names ${platform} twice`);
    if (order > 0) fail('base', 'is not sorted by platform');
  });
  return bases;
}

/** @param more keys that must be there beside those of a base */
function decodeImageBase(value: Json | undefined, at: string, more: readonly string[]): ImageBase {
  const isLocal = !(isObject(value) && 'repository' in value);
  const fields = members(value, at, [...(isLocal ? ['digest'] : ['digest', 'repository']), ...more]);
  const found = digest(fields.digest, `${at}.digest`);
  return isLocal
    ? { digest: found }
    : { repository: text(fields.repository, `${at}.repository`, isRepositoryName), digest: found };
}

/** The canonical name of a repository, with its registry. */
function isRepositoryName(name: string): boolean {
  try {
    const { repository, tag, digest } = parseReference(name);
    return tag === undefined && digest === undefined && repositoryName(repository) === name;
  } catch {
    return false;
  }
}

/** The canonical name of a platform that can be built. */
function isPlatformName(name: string): boolean {
  try {
    return platformName(parsePlatform(name)) === name;
  } catch {
    return false;
  }
}

function decodeLabels(value: Json | undefined): Readonly<Record<string, string>> {
  if (!isObject(value)) return fail('labels', 'must be an object');
  const pairs = Object.entries(value).map(([key, label]): [string, string] => {
    if (!isLabelKey(key)) fail('labels', `${JSON.stringify(key)} is no label key`);
    return [key, text(label, `labels[${JSON.stringify(key)}]`, () => true)];
  });
  return Object.fromEntries(pairs);
}

function digest(value: Json | undefined, at: string) {
  return typeof value === 'string' && isDigest(value) ? value : fail(at, 'must be sha256: and 64 hex digits');
}

function text(value: Json | undefined, at: string, accepts: (text: string) => boolean): string {
  if (typeof value === 'string' && accepts(value)) return value;
  return fail(at, `${JSON.stringify(value)?.slice(0, 200)} is not accepted there`);
}

function array(value: Json | undefined, at: string): readonly Json[] {
  if (!Array.isArray(value)) return fail(at, 'must be a list');
  if (value.length > 64) return fail(at, `has ${value.length} entries; at most 64 are accepted`);
  return value as readonly Json[];
}

/** The members of an object that must have exactly these keys. */
function members(value: Json | undefined, at: string, keys: readonly string[]): Record<string, Json> {
  if (!isObject(value)) return fail(at, 'must be an object');
  const below = (key: string) => (at === '' ? key : `${at}.${key}`);
  for (const key of Object.keys(value)) {
    if (!keys.includes(key)) throw new SpecError(below(key), `has the unknown key ${JSON.stringify(key)}`, at);
  }
  for (const key of keys) {
    if (!Object.hasOwn(value, key)) throw new SpecError(below(key), `lacks the key ${JSON.stringify(key)}`, at);
  }
  return value as Record<string, Json>;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fail(at: string, problem: string): never {
  throw new SpecError(at, problem);
}
