import { RunError } from '../../base/errors.js';
import { sha256File } from '../../base/hash.js';
import type { BuildInfo } from '../../compile/build-info.js';
import type { CompiledBinary } from '../../compile/compile-all.js';
import type { BuildSpec } from '../../spec/build-spec.js';
import { type Platform, platformName, targetOf } from '../../spec/platform.js';
import { compileEnvironment } from '../../toolchain/go-env.js';
import { ByteFile } from '../../verify/files/byte-file.js';
import { readExecutable } from '../../verify/files/executable.js';
import { readGoBuild } from '../../verify/files/go-build-info.js';
import { notABuilds, type Part } from './open-parts.js';
import type { TakenApart } from './take-apart.js';

/**
 * The binaries that were taken out of images, one for each target, in the form in which a build has them.
 * @throws RunError where one was not made by the spec's Go, or for another platform
 */
export async function takenBinaries(taken: readonly TakenApart[], spec: BuildSpec): Promise<CompiledBinary[]> {
  const binaries = new Map<string, CompiledBinary>();
  for (const { part, input } of taken) {
    const platform = targetOf(input.platform);
    const path = input.binaryPath;
    const sha256 = await sha256File(path);
    const twin = binaries.get(platformName(platform));
    // Images that differ in os.version alone share their binary.
    if (twin && twin.sha256 !== sha256) {
      throw new RunError(
        `${part.layout.name} has another program for ${platformName(platform)} than the other layouts`,
      );
    }
    const buildInfo = await buildInfoOf(part, path);
    checkBuild(part, platform, spec, buildInfo);
    binaries.set(platformName(platform), { platform, path, sha256, docs: [], buildInfo, milliseconds: 0 });
  }
  return [...binaries.values()];
}

async function buildInfoOf({ layout, entry }: Part, path: string): Promise<BuildInfo> {
  const file = await ByteFile.open(path);
  try {
    const executable = await readExecutable(file);
    const build = executable && (await readGoBuild(file, executable));
    if (build) return build.info;
    throw notABuilds(layout, `the program for ${entry.name} is none that Go made`);
  } finally {
    await file.close();
  }
}

/** What Go recorded must be what the spec and the platform ask for. */
function checkBuild({ layout, entry }: Part, platform: Platform, spec: BuildSpec, info: BuildInfo): void {
  const wrong = (what: string) => notABuilds(layout, `the program for ${entry.name} was made ${what}`);
  if (info.goVersion !== `go${spec.go}`) throw wrong(`by ${info.goVersion}; the spec says go${spec.go}`);
  const asked = compileEnvironment({ goroot: '', platform, gocache: '', gomodcache: '', userEnv: {} });
  for (const [key, value] of info.settings) {
    const wanted = Object.hasOwn(asked, key) ? asked[key] : undefined;
    if (wanted !== undefined && value !== wanted) throw wrong(`with ${key}=${value}; a build sets ${key}=${wanted}`);
  }
}
