/** A module as Go's build information names it. */
export interface BuildModule {
  readonly path: string;
  readonly version: string;
  /** `h1:` sum; empty for the main module. */
  readonly sum: string;
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
 * @throws Error where it is not that form
 */
export function parseBuildInfo(text: string): BuildInfo {
  const lines = text.split('\n');
  const goVersion = /: (go\S+)/.exec(lines[0] ?? '')?.[1];
  if (goVersion === undefined) throw new Error(`not the output of go version -m: ${text.slice(0, 100)}`);
  let main: BuildModule = { path: '', version: '', sum: '' };
  const deps: BuildModule[] = [];
  const settings: [string, string][] = [];
  for (const line of lines.slice(1)) {
    const [, kind, ...fields] = line.split('\t');
    const [path = '', version = '', sum = ''] = fields;
    if (kind === 'mod') main = { path, version, sum };
    else if (kind === 'dep') deps.push({ path, version, sum });
    else if (kind === '=>' && deps.length > 0) deps[deps.length - 1] = { path, version, sum };
    else if (kind === 'build') settings.push([path.slice(0, path.indexOf('=')), path.slice(path.indexOf('=') + 1)]);
  }
  return { goVersion, main, deps, settings };
}
