import { InputError } from '../base/errors.js';
import {
  isCommit,
  isHexSha256,
  isModulePath,
  isModuleVersion,
  isReleaseVersion,
  versionFitsPath,
} from '../spec/grammar.js';
import { definitionOf, type InputName } from './raw-inputs.js';
import { type Reader, refuse } from './reader.js';
import type { ModuleOverride, PatchRequest, SourceRequest } from './requests.js';

export function parseSource(read: Reader): SourceRequest {
  const given = read.text('pushgateway-version') ?? definitionOf('pushgateway-version').default;
  const version = given.replace(/^v/, '');
  if (!isReleaseVersion(version))
    throw refuse('pushgateway-version', given, 'an exact release of three numbers, as in 1.11.3 or v1.11.3');
  if (Number(version.split('.')[0]) !== 1) throw refuse('pushgateway-version', given, 'a release of the 1.x series');
  const source = read.text('source') ?? 'module';
  const wanted = read.isExplicit('pushgateway-version') ? version : undefined;
  if (source === 'module') return { type: 'module', version };
  if (source === 'git') return { type: 'git-tag', version };
  const accepted = 'module, git, URL#COMMIT with the whole commit of 40 or 64 hex digits, or a folder';
  return parsePlace(source, wanted, 'source', accepted);
}

/**
 * `URL#COMMIT`, or the path of a folder.
 * @param version that the user named, if any
 */
export function parsePlace(
  given: string,
  version: string | undefined,
  input: InputName,
  accepted: string,
): Extract<SourceRequest, { type: 'git-commit' | 'folder' }> {
  const hash = given.lastIndexOf('#');
  // A folder may have any name, but who writes an address means one.
  if (hash < 0 && /^[a-z][a-z+]*:\/\//i.test(given)) throw refuse(input, given, accepted);
  if (hash < 0) return { type: 'folder', path: checkPath(input, given), version };
  const { url, commit } = parseGitUrl(given, given.slice(0, hash), given.slice(hash + 1), input, accepted);
  return { type: 'git-commit', url, commit, version };
}

/** A URL that is whatever git takes and holds no secret, since it is recorded. */
function parseGitUrl(given: string, url: string, commit: string, input: InputName, accepted: string) {
  if (!isCommit(commit) || url === '' || url.startsWith('-') || /[\s\0]/.test(url))
    throw refuse(input, given, accepted);
  if (/^[a-z+]+:\/\/[^/]*@/i.test(url) && !/^(git\+)?ssh:\/\/[^/:@]+@/i.test(url)) {
    throw new InputError(
      `The URL in ${input} holds a user name or password. Accepted: a URL without; git takes credentials from its own configuration`,
      input,
    );
  }
  if (/^[a-z+]+:\/\/.*\?/i.test(url)) throw refuse(input, given, 'a git URL without a query');
  if (/^ext::/i.test(url)) throw refuse(input, given, accepted);
  return { url, commit };
}

function checkPath(name: InputName, path: string): string {
  if (path.includes('\0')) throw refuse(name, path, 'a path');
  return path;
}

export function parsePatches(lines: readonly string[], builtins: readonly string[]): PatchRequest[] {
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

export function parseOverrides(lines: readonly string[]): ModuleOverride[] {
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
