import { mkdir } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { RunError } from '../base/errors.js';
import type { BuildSpec } from '../spec/build-spec.js';
import { type Platform, platformName } from '../spec/platform.js';
import { type BuildInfo, parseBuildInfo } from './build-info.js';
import { type GoInTree, go, mustGo, tidy } from './go-command.js';

/** How many platforms are compiled at once. More would only share the same cores, and need more memory. */
export const PARALLEL_COMPILES = Math.max(1, Math.min(availableParallelism(), 4));

/** The code does not compile. */
export class CompileError extends RunError {}

/**
 * Arguments of `go build`, fixed by profile 1. DWARF is not even generated, since the linker would drop it: the
 * sections of the binary stay the same, and it takes 0.83 of the time.
 * @param hasSymbols keeps the symbol table, for a binary that is only to be looked at; the compiler's work is the same
 */
export function buildArguments(spec: BuildSpec, output: string, hasSymbols = false): string[] {
  const flags = ['-mod=readonly', '-trimpath', '-buildvcs=false', '-gcflags=all=-dwarf=false'];
  const linker = linkerFlags(spec);
  return ['build', ...flags, '-ldflags', hasSymbols ? linker.replace(/^-s /, '') : linker, '-o', output, '.'];
}

function linkerFlags(spec: BuildSpec): string {
  const fields = Object.entries(versionFields(spec)).map(
    ([name, value]) => `-X github.com/prometheus/common/version.${name}=${value}`,
  );
  return ['-s', '-w', '-buildid=', ...fields].join(' ');
}

/** The five fields of github.com/prometheus/common/version, all from the spec; none holds a blank or a quote. */
export function versionFields(spec: BuildSpec) {
  const { source, patches } = spec;
  const origin = source.type === 'git' ? source.commit : source.type === 'module' ? source.sum : source.hash;
  return {
    Version: spec.version,
    Revision: origin,
    Branch:
      patches.map(({ name, revision }) => (revision === undefined ? name : `${name}.${revision}`)).join('+') || 'none',
    BuildUser: `pushgateway-ttl-action@profile-${spec.profile}`,
    // The form of upstream's own builds (.promu.yml): 20060102-15:04:05
    BuildDate: new Date(spec.sourceDateEpoch * 1000)
      .toISOString()
      .replace(/^(\d+)-(\d+)-(\d+)T([\d:]+).*$/, '$1$2$3-$4'),
  };
}

/**
 * Compiles the tree for one platform into a static binary at `output`.
 * @param hasSymbols see `buildArguments`
 * @throws CompileError with the compiler's errors, by file and line, and the patch sets of the tree
 */
export async function compile(
  context: GoInTree,
  spec: BuildSpec,
  platform: Platform,
  output: string,
  hasSymbols = false,
): Promise<void> {
  await mkdir(dirname(output), { recursive: true });
  const { code, stderr } = await go(context, buildArguments(spec, output, hasSymbols), context.env(platform));
  if (code === 0) return;
  const patched =
    spec.patches.length === 0 ? '' : `\nThe tree is patched with ${spec.patches.map((set) => set.name).join(', ')}.`;
  throw new CompileError(`Compiling for ${platformName(platform)} failed:\n${tidy(stderr)}${patched}`);
}

/** Reads what Go recorded in a binary, of whatever platform. */
export async function readBuildInfo(context: GoInTree, binary: string): Promise<BuildInfo> {
  return parseBuildInfo(await mustGo(context, ['version', '-m', binary]));
}

/**
 * Soft memory limit of each process of the compiler, as Go writes it. Below it the garbage collector is off, which saves
 * a tenth of the time and does not reach the output; the limit is a share of half the machine's memory.
 */
export function compilerMemoryLimit(): string {
  const processes = availableParallelism() * PARALLEL_COMPILES;
  const share = Math.floor(totalmem() / 2 / processes / 2 ** 20);
  return `${Math.min(2048, Math.max(192, share))}MiB`;
}
