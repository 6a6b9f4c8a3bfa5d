import { RunError } from '../base/errors.js';

/** A module as Go's build information names it. */
export interface BuildModule {
  readonly path: string;
  readonly version: string;
  /** `h1:` sum; empty for the main module. */
  readonly sum: string;
}

/** A module as it was asked for, and what was taken in its place. */
export interface RequiredModule extends BuildModule {
  readonly replacement: BuildModule | undefined;
}

/** The text that Go embeds in a binary, parsed: a line a module and a setting. */
export interface ModuleText {
  readonly main: BuildModule;
  readonly required: readonly RequiredModule[];
  readonly settings: readonly (readonly [string, string])[];
}

/** What `go version -m` says of a binary (runtime/debug.BuildInfo). */
export interface BuildInfo {
  /** `go1.26.8` */
  readonly goVersion: string;
  readonly main: BuildModule;
  /** Linked modules, replacements in place of what they replace, sorted by path as Go sorts them. */
  readonly deps: readonly BuildModule[];
  readonly settings: readonly (readonly [string, string])[];
}

/**
 * Parses the text of `go version -m FILE`. Its form has been the same since Go 1.18.
 * @throws RunError where it is not that form
 */
export function parseBuildInfo(text: string): BuildInfo {
  const [first = '', ...lines] = text.split('\n');
  const goVersion = /: (go\S+)/.exec(first)?.[1];
  if (goVersion === undefined) throw new RunError(`not the output of go version -m: ${text.slice(0, 100)}`);
  const embedded = lines.filter((line) => line.startsWith('\t')).map((line) => line.slice(1));
  return buildInfoOf(goVersion, parseModuleText(embedded.join('\n')));
}

export function buildInfoOf(goVersion: string, { main, required, settings }: ModuleText): BuildInfo {
  const deps = required.map(({ replacement, path, version, sum }) => replacement ?? { path, version, sum });
  return { goVersion, main, deps, settings };
}

/** Parses what Go embeds: lines of `mod`, `dep`, `=>` and `build`, their fields split by tabs. Other lines are left out. */
export function parseModuleText(text: string): ModuleText {
  let main: BuildModule = { path: '', version: '', sum: '' };
  const required: RequiredModule[] = [];
  const settings: [string, string][] = [];
  for (const line of text.split('\n')) {
    const [kind, path = '', version = '', sum = ''] = line.split('\t');
    const last = required.at(-1);
    if (kind === 'mod') main = { path, version, sum };
    else if (kind === 'dep') required.push({ path, version, sum, replacement: undefined });
    else if (kind === '=>' && last) required[required.length - 1] = { ...last, replacement: { path, version, sum } };
    else if (kind === 'build') settings.push([path.slice(0, path.indexOf('=')), path.slice(path.indexOf('=') + 1)]);
  }
  return { main, required, settings };
}
