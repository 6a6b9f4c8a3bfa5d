import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sha256File } from '../base/hash.js';
import { linked } from '../base/limit.js';
import type { Log } from '../base/log.js';
import type { BuildSpec } from '../spec/build-spec.js';
import { type Platform, platformFileName, platformName } from '../spec/platform.js';
import type { BuildInfo } from './build-info.js';
import { compile, PARALLEL_COMPILES, readBuildInfo } from './compile.js';
import type { GoInTree } from './go-command.js';
import { type DocFile, licenceTexts } from './licences.js';
import { verifyModules } from './modules.js';

/** One platform's binary, and what goes beside it into the image. */
export interface CompiledBinary {
  readonly platform: Platform;
  readonly path: string;
  /** Lower-case hex SHA-256. */
  readonly sha256: string;
  readonly docs: readonly DocFile[];
  readonly buildInfo: BuildInfo;
  /** Time that the compile took; 0 where an earlier run had done it. */
  readonly milliseconds: number;
}

/**
 * Compiles several platforms, some at a time, into `folder`. The first failure stops the others.
 * @param onBinary called with each binary as it is done
 */
export async function compileAll(
  context: GoInTree,
  spec: BuildSpec,
  platforms: readonly Platform[],
  folder: string,
  log: Log,
  onBinary: (binary: CompiledBinary) => Promise<void>,
): Promise<CompiledBinary[]> {
  if (platforms.length === 0) return [];
  // One after the other, since this is what downloads; then everything that was downloaded is checked before use.
  const docs: DocFile[][] = [];
  for (const platform of platforms) docs.push(await licenceTexts(context, platform, spec.go));
  await verifyModules(context);

  const { controller: failure, release } = linked(context.signal);
  const inTree = { ...context, signal: failure.signal };
  const results: CompiledBinary[] = [];
  const errors: unknown[] = [];
  const queue = [...platforms.entries()];
  const progress = showProgress(log);
  const work = async () => {
    for (let next = queue.shift(); next && !failure.signal.aborted; next = queue.shift()) {
      const [index, platform] = next;
      const done = progress.begin(platformName(platform));
      try {
        results[index] = await compileOne(inTree, spec, platform, docs[index] ?? [], folder, log);
        await onBinary(results[index]);
      } catch (error) {
        errors.push(error);
        failure.abort();
      } finally {
        done();
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_COMPILES }, work));
  progress.end();
  release();
  if (errors.length > 0) throw errors[0];
  return results;
}

/** Shows, second by second, what is being compiled and for how long. */
function showProgress(log: Log): { begin(name: string): () => void; end(): void } {
  const running = new Map<string, number>();
  const timer = setInterval(() => {
    const parts = [...running].map(([name, since]) => `${name} ${Math.round((performance.now() - since) / 1000)} s`);
    if (parts.length > 0) log.progress(`compiling ${parts.join(', ')}`);
  }, 1000);
  return {
    begin: (name) => {
      running.set(name, performance.now());
      log.progress(`compiling ${[...running.keys()].join(', ')}`);
      return () => running.delete(name);
    },
    end: () => clearInterval(timer),
  };
}

async function compileOne(
  context: GoInTree,
  spec: BuildSpec,
  platform: Platform,
  docs: DocFile[],
  folder: string,
  log: Log,
): Promise<CompiledBinary> {
  const started = performance.now();
  const path = join(folder, platformFileName(platform), 'pushgateway');
  await compile(context, spec, platform, path);
  const milliseconds = Math.round(performance.now() - started);
  log.info(`${platformName(platform)}: compiled in ${(milliseconds / 1000).toFixed(1)} s`);
  return {
    platform,
    path,
    sha256: await sha256File(path),
    docs,
    buildInfo: await readBuildInfo(context, path),
    milliseconds,
  };
}
