import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { silentLog } from '../../src/base/log.js';
import type { Context } from '../../src/commands/context.js';
import { merge } from '../../src/commands/merge/merge.js';
import type { BaseImage } from '../../src/image/base-image.js';
import { assembleImages } from '../../src/image/build-image.js';
import type { TarEntry } from '../../src/image/tar-plan.js';
import { parseMergeOptions } from '../../src/inputs/merge-options.js';
import type { InputName } from '../../src/inputs/raw-inputs.js';
import type { BuildResult } from '../../src/output/result.js';
import type { BuildSpec } from '../../src/spec/build-spec.js';
import { imageLabels } from '../../src/spec/image-labels.js';
import { type Platform, platformFileName } from '../../src/spec/platform.js';
import { scratch } from '../support/files.js';
import { type GoLikeOptions, goLike } from '../support/go-like.js';
import { EXAMPLE_SPEC } from '../support/specs.js';

/** A spec without base and extra files. */
export const SPEC: BuildSpec = { ...EXAMPLE_SPEC, base: null, files: null };

export const AMD64: Platform = { os: 'linux', architecture: 'amd64' };
export const ARM64: Platform = { os: 'linux', architecture: 'arm64' };
export const ARM: Platform = { os: 'linux', architecture: 'arm', variant: 'v7' };

export interface MadeOptions {
  readonly spec?: BuildSpec;
  readonly program?: GoLikeOptions;
  /** By the name of the platform in files. */
  readonly bases?: Readonly<Record<string, BaseImage>>;
  readonly extra?: readonly TarEntry[];
  /** In the place of what Go makes. */
  readonly binary?: Buffer;
  readonly labels?: readonly (readonly [string, string])[];
}

/** Makes a layout as a build does, for some platforms at once. @returns the folder that holds `oci` */
export async function made(platforms: readonly Platform[], options: MadeOptions = {}): Promise<string> {
  const { spec = SPEC, program, bases = {}, extra, binary } = options;
  const folder = scratch();
  mkdirSync(join(folder, 'programs'));
  await assembleImages({
    platforms: platforms.map((platform) => {
      const name = platformFileName(platform);
      const { osVersion: _, osFeatures: __, ...target } = platform;
      const binaryPath = join(folder, 'programs', name);
      writeFileSync(binaryPath, binary ?? goLike(target, program));
      const docs = [
        { path: 'LICENSE', content: Buffer.from('licence\n') },
        { path: 'modules/example.com/dep/NOTICE', content: Buffer.alloc(0) },
      ];
      const labels = options.labels ?? [...imageLabels(spec)];
      return { platform, binaryPath, docs, labels, base: bases[name] };
    }),
    epochSeconds: spec.sourceDateEpoch,
    layoutDir: join(folder, 'oci'),
    extra,
    extraDiffId: spec.files ?? undefined,
  });
  return folder;
}

/** Merges, and puts the result into `out` below a folder of its own. */
export async function merged(
  layouts: readonly string[],
  given: Partial<Record<InputName, string>> = {},
  outputDir = join(scratch(), 'out'),
  log: Partial<Context['log']> = {},
): Promise<BuildResult> {
  const defaults = { load: 'false', 'smoke-test': 'false' };
  const inputs = Object.entries({ ...defaults, ...given }).map(
    ([name, value]) => [name as InputName, [value]] as const,
  );
  const options = parseMergeOptions(new Map([...inputs, ['layouts', layouts] as const]));
  const temporary = scratch();
  const context: Context = {
    log: { ...silentLog, ...log },
    env: { PATH: '' },
    signal: new AbortController().signal,
    entry: pathToFileURL(join(temporary, 'none.js')),
    patchesDir: temporary,
    storeDir: join(temporary, 'store'),
    tempDir: temporary,
    dataDir: join(temporary, 'data'),
    mayInstall: false,
    toolCache: { find: async () => undefined, keep: async (folder) => folder, versions: async () => [] },
    downloadBase: undefined,
  };
  return merge(options, outputDir, context);
}

/** An entry of an archive: its header, and its content with the padding. */
export interface RawEntry {
  readonly header: Buffer;
  readonly content: Buffer;
}

/** Changes the entries of a ustar archive, and writes it again with the right checksums. */
export function editTar(archive: Buffer, edit: (name: string, entry: RawEntry) => readonly RawEntry[]): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; archive[at] !== 0; ) {
    const header = Buffer.from(archive.subarray(at, at + 512));
    const size = Number.parseInt(header.toString('latin1', 124, 135), 8);
    const end = at + 512 + Math.ceil(size / 512) * 512;
    const name = header.toString('latin1', 0, 100).replace(/\0+$/, '');
    for (const entry of edit(name, { header, content: archive.subarray(at + 512, end) })) {
      entry.header.write('        ', 148, 'latin1');
      const sum = entry.header.reduce((total, byte) => total + byte, 0);
      entry.header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
      parts.push(entry.header, entry.content);
    }
    at = end;
  }
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}
