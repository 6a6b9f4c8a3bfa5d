import { chmod, copyFile, mkdir, open, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { explainSystemError } from '../base/errors.js';
import { listTree } from '../base/files.js';
import { sha256File } from '../base/hash.js';
import type { CompiledBinary } from '../compile/compile-all.js';
import { writeArchive } from '../image/archive.js';
import type { AssembledImage } from '../image/build-image.js';
import { writeDockerArchives } from '../image/docker-archive.js';
import { type BuildSpec, encodeSpec } from '../spec/build-spec.js';
import { platformFileName, platformName } from '../spec/platform.js';

/** What is written beside the image layout. */
export interface ResultFiles {
  readonly spec: BuildSpec;
  readonly binaries: readonly CompiledBinary[];
  readonly sbom: boolean;
  /** For archives that `docker load` takes; undefined where none were asked for. */
  readonly docker: { readonly images: readonly AssembledImage[]; readonly references: readonly string[] } | undefined;
}

/**
 * Writes everything that goes beside `oci/` into `folder`: the OCI archive, the binaries, the spec, the SBOMs, the
 * docker archives, and the checksums of all of them. The layout must be there already.
 */
export async function writeResult(
  folder: string,
  { spec, binaries, sbom, docker }: ResultFiles,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await writeArchive(join(folder, 'oci'), join(folder, 'pushgateway.oci.tar'), spec.sourceDateEpoch, signal);
    // Without a line break at the end, so that its sha256sum is the spec's digest.
    await writeFile(join(folder, 'spec.json'), encodeSpec(spec));
    for (const { platform, path } of binaries) {
      const target = join(folder, 'bin', platformName(platform), 'pushgateway');
      await mkdir(dirname(target), { recursive: true });
      await copyFile(path, target);
      await chmod(target, 0o755);
    }
    if (sbom) await writeSboms(join(folder, 'sbom'), spec, binaries);
    if (docker) {
      const { sourceDateEpoch: epochSeconds } = spec;
      await writeDockerArchives({
        ...docker,
        layoutDir: join(folder, 'oci'),
        folder: join(folder, 'docker'),
        epochSeconds,
        signal,
      });
    }
    await writeChecksums(folder);
  } catch (error) {
    throw explainSystemError(error, 'write the results');
  }
}

async function writeSboms(folder: string, spec: BuildSpec, binaries: readonly CompiledBinary[]): Promise<void> {
  const { sbomJson } = await import('./sbom.js'); // a large library, not loaded where no SBOM is asked for
  await mkdir(folder);
  for (const { platform, buildInfo, sha256 } of binaries) {
    const name = `${platformFileName(platform)}.cdx.json`;
    await writeFile(join(folder, name), sbomJson(spec, platform, buildInfo, sha256));
  }
}

/** `SHA256SUMS` in the form of sha256sum, for every file but those of the layout, which carry their digests as names. */
async function writeChecksums(folder: string): Promise<void> {
  const lines: string[] = [];
  for (const { path } of await listTree(folder)) {
    if (path.startsWith('oci/')) continue;
    lines.push(`${await sha256File(join(folder, path))}  ${path}\n`);
  }
  const file = await open(join(folder, 'SHA256SUMS'), 'w', 0o644);
  try {
    await file.writeFile(lines.join(''));
    await file.sync();
  } finally {
    await file.close();
  }
}
