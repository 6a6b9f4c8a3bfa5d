import { readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import semver from 'semver';
import { InputError, RunError } from '../base/errors.js';
import { sha256Hex } from '../base/hash.js';
import type { ModuleOverride } from '../inputs/requests.js';
import { type GoInTree, go, mustGo, parseJsonStream, tidy } from './go-command.js';

/** What raising modules led to. */
export interface RaisedModules {
  /** Hex SHA-256 of the go.mod in the tree. */
  readonly goMod: string;
  /** Latest release time of the overrides, seconds since 1970. */
  readonly time: number;
  /** Things worth saying. */
  readonly notices: readonly string[];
}

/** Why an override was refused, for who would try another. */
export type OverrideRefusal =
  /** There is nothing to raise: the module is no dependency, is replaced, or is newer already. */
  | { readonly kind: 'idle'; readonly path: string }
  /** Others of the overrides need a newer version of a module. */
  | { readonly kind: 'needs'; readonly path: string; readonly version: string }
  /** A newer Go is needed, `1.27.0`. */
  | { readonly kind: 'needs-go'; readonly go: string }
  /** It cannot be had, or would lower others. */
  | { readonly kind: 'unavailable' };

/** Overrides that cannot be followed. */
export class OverrideError extends InputError {
  readonly refusal: OverrideRefusal;

  constructor(message: string, refusal: OverrideRefusal) {
    super(message, 'module-overrides');
    this.refusal = refusal;
  }
}

/** The go command could not raise modules, and it is nobody's mistake: the network, the disk. */
export class RaiseError extends RunError {}

interface Module {
  readonly Path: string;
  readonly Version?: string;
  readonly Time?: string;
  readonly Main?: boolean;
  readonly Replace?: { readonly Path: string; readonly Version?: string };
}

/**
 * Raises dependencies in a tree with one `go get`, and checks afterwards what it did: it *lowers* modules without an
 * error when asked for less than the graph has, and versions can push each other up (design, section 6).
 * @throws InputError that names the override
 */
export async function raiseModules(context: GoInTree, overrides: readonly ModuleOverride[]): Promise<RaisedModules> {
  const before = await buildList(context);
  for (const { path, version } of overrides) checkOverride(path, version, before);
  const goLine = await goDirective(context.tree);

  const wanted = overrides.map(({ path, version }) => `${path}@${version}`).sort();
  const { code, stderr } = await go(context, ['get', '--', ...wanted]);
  if (code !== 0) throw getError(tidy(stderr), wanted);

  const after = await buildList(context);
  checkOutcome(overrides, before, after);
  const newGoLine = await goDirective(context.tree);
  const notices =
    newGoLine === goLine
      ? []
      : [`The overrides raise the go line of go.mod from ${goLine} to ${newGoLine}, and with it the GODEBUG defaults.`];
  return {
    goMod: sha256Hex(await readFile(join(context.tree, 'go.mod'))),
    time: await latestTime(context, wanted),
    notices,
  };
}

/**
 * Refuses `replace` lines that lead out of the tree: what they bring in is in no hash.
 * @throws InputError naming the replacement
 */
export async function checkReplacements(context: GoInTree): Promise<void> {
  const file = JSON.parse(await mustGo(context, ['mod', 'edit', '-json'])) as {
    Replace?: { Old: { Path: string }; New: { Path: string; Version?: string } }[] | null;
  };
  for (const { Old, New } of file.Replace ?? []) {
    if (New.Version !== undefined) continue;
    const inside = relative(context.tree, resolve(context.tree, New.Path));
    if (inside.startsWith('..') || resolve(inside) === inside) {
      throw new InputError(
        `go.mod replaces ${Old.Path} by a folder outside the source, ${New.Path}; its content would be in no digest`,
        'source',
      );
    }
  }
}

/**
 * Checks every downloaded module, zip and folder, against its recorded hash: an edited module cache builds silently
 * otherwise.
 * @throws RunError naming the modules that were changed
 */
export async function verifyModules(context: GoInTree): Promise<void> {
  const { code, stdout, stderr } = await go(context, ['mod', 'verify']);
  if (code !== 0) {
    throw new RunError(
      `The module cache was changed after it was downloaded: ${tidy(stdout + stderr)}. Empty it with "go clean -modcache" and run again.`,
    );
  }
}

async function buildList(context: GoInTree): Promise<Map<string, Module>> {
  const modules = parseJsonStream<Module>(
    await mustGo(context, ['list', '-mod=mod', '-m', '-json=Path,Version,Main,Replace', 'all']),
  );
  return new Map(modules.filter((module) => !module.Main).map((module) => [module.Path, module]));
}

function checkOverride(path: string, version: string, before: ReadonlyMap<string, Module>): void {
  const module = before.get(path);
  const idle = { kind: 'idle', path } as const;
  if (!module) throw new OverrideError(`${path} is no dependency of this Pushgateway, so it cannot be raised`, idle);
  if (module.Replace) {
    const by = module.Replace.Path;
    throw new OverrideError(`${path} is replaced in go.mod (by ${by}), so raising it would change nothing`, idle);
  }
  const current = module.Version ?? '';
  if (semver.compare(version, current) < 0) {
    throw new OverrideError(
      `${path}@${version} would lower the module: this Pushgateway has ${current} already. Accepted: ${current} or newer`,
      idle,
    );
  }
}

function checkOutcome(
  overrides: readonly ModuleOverride[],
  before: ReadonlyMap<string, Module>,
  after: ReadonlyMap<string, Module>,
): void {
  for (const { path, version } of overrides) {
    const got = after.get(path)?.Version;
    if (got !== version) {
      throw new OverrideError(
        `${path}@${version} does not stand: the other overrides need ${got ?? 'no such module'}. Accepted: ${path}@${got ?? version}`,
        got === undefined ? { kind: 'idle', path } : { kind: 'needs', path, version: got },
      );
    }
  }
  for (const [path, module] of before) {
    const now = after.get(path)?.Version;
    if (now !== undefined && module.Version !== undefined && semver.compare(now, module.Version) < 0) {
      throw new OverrideError(`The overrides would lower ${path} from ${module.Version} to ${now}`, {
        kind: 'unavailable',
      });
    }
  }
}

function getError(message: string, wanted: readonly string[]): Error {
  const pushed = / requires (\S+)@(\S+), not (\S+)$/m.exec(message);
  if (pushed) {
    const [, path = '', version = '', given] = pushed;
    return new OverrideError(
      `${given} does not stand: the other overrides need ${version} (${message}). Accepted: ${path}@${version} or newer`,
      { kind: 'needs', path, version },
    );
  }
  const go = / requires go >= (\d+(?:\.\d+)*)/.exec(message)?.[1];
  if (
    go !== undefined ||
    /unknown revision|invalid version|: 40[34] |: 410 |no matching versions|not found/i.test(message)
  ) {
    return new OverrideError(
      `These overrides cannot be had: ${wanted.join(', ')}. Go says: ${message}`,
      go === undefined ? { kind: 'unavailable' } : { kind: 'needs-go', go },
    );
  }
  return new RaiseError(`Could not raise ${wanted.join(', ')}. Go says: ${message}`);
}

async function latestTime(context: GoInTree, wanted: readonly string[]): Promise<number> {
  const modules = parseJsonStream<Module>(
    // Without -mod=mod, Go would look into a vendor folder (1.4.0 has one) once the go line is raised.
    await mustGo(context, ['list', '-mod=mod', '-m', '-json=Path,Version,Time', '--', ...wanted]),
  );
  const times = modules.map((module) => Math.floor(Date.parse(module.Time ?? '') / 1000));
  const unknown = times.findIndex((time) => !Number.isInteger(time));
  if (unknown >= 0)
    throw new RunError(`The module proxy gives no time for ${wanted[unknown]}; set source-date-epoch to seconds`);
  return Math.max(...times);
}

async function goDirective(tree: string): Promise<string> {
  return /^go\s+(\S+)/m.exec(await readFile(join(tree, 'go.mod'), 'utf8'))?.[1] ?? 'none';
}
