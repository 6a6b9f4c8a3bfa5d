import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { silentLog } from '../../src/base/log.js';
import { parseImageLocation } from '../../src/inputs/image-location.js';
import { compareImages } from '../../src/verify/compare.js';
import { openImage } from '../../src/verify/open/open-image.js';
import { causesOf } from '../../src/verify/report/causes.js';
import { comparisonReport, REBUILD_WORDS } from '../../src/verify/report/report.js';
import { reportText } from '../../src/verify/report/report-text.js';
import { type ImageComparison, verdictOf } from '../../src/verify/verdict.js';
import { isolatedStorage } from '../support/container-storage.js';
import { scratch } from '../support/files.js';
import { mustExec } from '../support/program.js';
import { accessFor } from '../support/registry-access.js';
import { startRegistry } from '../support/servers.js';
import { blobPath } from '../verify/images.js';
import { compareLayouts, open, SMALL_SPEC, smallLayout } from '../verify/layouts.js';

vi.setConfig({ testTimeout: 300_000 });

/** The files of a layout's one image, unpacked as they are, and its labels. */
async function contentOf(layout: string): Promise<{ tree: string; labels: ReadonlyMap<string, string> }> {
  const image = await open(layout);
  const [entry] = image.entries;
  if (!entry) throw new Error('the layout is empty');
  const { layers, labels } = await image.read(entry);
  const tree = join(scratch(), 'tree');
  mkdirSync(tree);
  for (const { digest } of layers) await mustExec('tar', ['-xpzf', blobPath(layout, digest), '-C', tree]);
  return { tree, labels };
}

interface Original {
  readonly config?: readonly string[];
  readonly commit?: readonly string[];
  /** Changes the files before they are copied. */
  readonly prepare?: (tree: string) => void;
}

interface Made {
  readonly env: Record<string, string>;
  readonly folder: string;
  readonly name: string;
}

/** What the original recipe does with the same files, by real buildah: from, copy, config, commit. */
async function byBuildah(layout: string, { config = [], commit, prepare }: Original = {}): Promise<Made> {
  const { tree, labels } = await contentOf(layout);
  prepare?.(tree);
  const folder = scratch();
  const env = isolatedStorage(folder);
  const buildah = (...args: string[]) => mustExec('buildah', args, { env, cwd: folder });
  const container = (await buildah('from', '--arch', 'amd64', 'scratch')).trim();
  await buildah('copy', container, tree, '/');
  const settings = [
    ...['--arch', 'amd64', '--os', 'linux', '--user', '65534', '--port', '9091/tcp'],
    ...['--entrypoint', '["/usr/local/bin/pushgateway"]', '--cmd', ''],
    ...[...labels].flatMap(([key, value]) => ['--label', `${key}=${value}`]),
    ...config,
  ];
  await buildah('config', ...settings, container);
  const alike = ['--timestamp', `${SMALL_SPEC.sourceDateEpoch}`, '--identity-label=false', '--omit-history'];
  const name = 'localhost/original:1';
  await buildah('commit', '--format', 'oci', ...(commit ?? alike), container, name);
  return { env, folder, name };
}

async function pushed({ env, folder, name }: Made, ...flags: string[]): Promise<string> {
  const to = join(folder, 'original');
  await mustExec('buildah', ['push', ...flags, name, `oci:${to}`], { env });
  return to;
}

const causesIn = (comparison: ImageComparison) => causesOf(comparison, REBUILD_WORDS);
const idsIn = (comparison: ImageComparison) => causesIn(comparison).map(({ id }) => id);
const shown = (comparison: ImageComparison) =>
  reportText(comparisonReport(comparison, REBUILD_WORDS, { tool: 'test', command: 'node . verify' }));

/** What buildah here writes otherwise than this program does: section 9 of the design, the row of buildah 1.28. */
const MEASURED = ['tar-modes', 'history', 'annotations', 'compressor'];

describe('the original recipe, by real buildah from the same files', () => {
  const ours = () => smallLayout({ architectures: ['amd64'] });

  it('differs in metadata alone, and every cause that was measured is named', async () => {
    const layout = await ours();
    const comparison = await compareLayouts(await pushed(await byBuildah(layout)), layout);
    expect(verdictOf(comparison), shown(comparison)).toBe('metadata-differs');
    expect(idsIn(comparison)).toEqual(MEASURED);
    const sentences = causesIn(comparison).map(({ sentence }) => sentence);
    expect(sentences[0]).toMatch(/type bits in the mode: \d+ entries, .* 0040755 in the published image, 0000755 in/);
    expect(sentences[1]).toBe('The history differs: only the rebuild has history (1 entry).');
    expect(sentences[2]).toContain(
      'only the published image has annotations["org.opencontainers.image.base.digest"] ("")',
    );
    expect(sentences[3]).toContain('OS 255');
  });

  it('as newer releases write it: WorkingDir "/" and an annotation with the time', async () => {
    const layout = await ours();
    const config = ['--workingdir', '/', '--annotation', 'org.opencontainers.image.created=2026-05-27T15:09:50Z'];
    const comparison = await compareLayouts(await pushed(await byBuildah(layout, { config })), layout);
    expect(verdictOf(comparison), shown(comparison)).toBe('metadata-differs');
    expect(idsIn(comparison)).toEqual(['tar-modes', 'history', 'config-keys', 'annotations', 'compressor']);
    expect(shown(comparison)).toContain('only the published image has config.WorkingDir ("/")');
    expect(shown(comparison)).toContain('annotations["org.opencontainers.image.created"]');
  });

  it('with its own history, identity label and time: those are named, too', async () => {
    const layout = await ours();
    const commit = ['--timestamp', '1', '--identity-label=true'];
    const comparison = await compareLayouts(await pushed(await byBuildah(layout, { commit })), layout);
    expect(verdictOf(comparison), shown(comparison)).toBe('metadata-differs');
    expect(idsIn(comparison)).toEqual(['tar-modes', 'epoch', 'labels', 'history', 'annotations', 'compressor']);
    const text = shown(comparison);
    expect(text).toContain(
      'The time in the published image is 1970-01-01T00:00:01Z, in the rebuild 2026-05-27T15:09:50Z.',
    );
    expect(text).toContain(
      'fix: Make the rebuild with --source-date-epoch 1, or the published image with --source-date-epoch 1779894590.',
    );
    expect(text).toContain('only the published image has the label io.buildah.version');
  });

  it.each<[string, Original, string, string]>([
    ['an environment', { config: ['--env', 'A=B'] }, 'behaviour', 'only the published image has config.Env (["A=B"])'],
    ['a working directory', { config: ['--workingdir', '/tmp'] }, 'behaviour', 'config.WorkingDir ("/tmp")'],
    [
      'a file',
      { prepare: (tree) => writeFileSync(join(tree, 'usr/local/bin/more'), 'x') },
      'files',
      'only the published image has usr/local/bin/more',
    ],
  ])('with %s of its own is other content', async (_name, original, id, words) => {
    const layout = await ours();
    const comparison = await compareLayouts(await pushed(await byBuildah(layout, original)), layout);
    expect(verdictOf(comparison)).toBe('content-differs');
    expect(idsIn(comparison)).toEqual([id, ...MEASURED]);
    expect(shown(comparison)).toContain(words);
  });

  it("in docker's format out of a registry: its media types and keys are named", async () => {
    const layout = await ours();
    const { env, folder, name } = await byBuildah(layout);
    const reference = `localhost:${await startRegistry(folder)}/original:1`;
    await mustExec('buildah', ['push', '--tls-verify=false', '--format', 'v2s2', name, `docker://${reference}`], {
      env,
    });
    const access = await accessFor(join(folder, 'access'));
    const image = await openImage(parseImageLocation(reference, 'image'), {
      access: () => Promise.resolve(access),
      tempDir: folder,
      log: silentLog,
    });
    const comparison = await compareImages(image, await open(layout), { tempDir: folder, log: silentLog });
    expect(verdictOf(comparison), shown(comparison)).toBe('metadata-differs');
    expect(idsIn(comparison)).toEqual(['tar-modes', 'history', 'media-types', 'key-order', 'compressor']);
    expect(shown(comparison)).toContain('application/vnd.docker.distribution.manifest.v2+json');
  });

  it('by podman build from a Containerfile has a PATH in its environment, which is content', async () => {
    const layout = await ours();
    const { tree, labels } = await contentOf(layout);
    const folder = scratch();
    const env = isolatedStorage(folder);
    const lines = [
      'FROM scratch',
      'COPY . /',
      'USER 65534',
      'EXPOSE 9091/tcp',
      'ENTRYPOINT ["/usr/local/bin/pushgateway"]',
    ];
    writeFileSync(join(folder, 'Containerfile'), `${lines.join('\n')}\n`);
    const flags = [...labels].flatMap(([key, value]) => ['--label', `${key}=${value}`]);
    const place = ['--isolation', 'chroot', '--platform', 'linux/amd64', '-f', join(folder, 'Containerfile')];
    await mustExec('podman', ['build', ...place, ...flags, '-t', 'localhost/original:1', tree], { env });
    await mustExec('podman', ['push', 'localhost/original:1', `oci:${join(folder, 'original')}`], { env });
    const comparison = await compareLayouts(join(folder, 'original'), layout);
    expect(verdictOf(comparison), shown(comparison)).toBe('content-differs');
    expect(idsIn(comparison)).toEqual([
      ...['behaviour', 'tar-modes', 'epoch', 'labels', 'history', 'annotations', 'compressor'],
    ]);
    const contents = comparison.platforms
      .flatMap(({ differences }) => differences)
      .filter(({ weight }) => weight === 'content');
    expect(contents.map(({ where }) => where)).toEqual(['config.Env']);
  });
});

describe('our own image, compressed anew by skopeo', () => {
  const again = async (format: string) => {
    const layout = await smallLayout();
    const folder = scratch();
    const env = isolatedStorage(folder);
    const [plain, to] = [join(folder, 'plain'), join(folder, 'again')];
    // Through a folder without compression, since what is compressed already is left as it is.
    await mustExec('skopeo', ['copy', '--all', '--dest-decompress', `oci:${layout}`, `dir:${plain}`], { env });
    const compress = ['--dest-compress', '--dest-compress-format', format];
    await mustExec('skopeo', ['copy', '--all', ...compress, `dir:${plain}`, `oci:${to}`], { env });
    return compareLayouts(to, layout);
  };

  it('with gzip differs in compression alone', async () => {
    const comparison = await again('gzip');
    expect(verdictOf(comparison), shown(comparison)).toBe('compression-differs');
    expect(idsIn(comparison)).toEqual(['compressor']);
  });

  it('with zstd differs in media types, too, where this Node.js can unpack it', async () => {
    const comparison = await again('zstd');
    const canUnpack = 'createZstdDecompress' in zlib;
    expect(verdictOf(comparison), shown(comparison)).toBe(canUnpack ? 'metadata-differs' : 'content-differs');
    expect(idsIn(comparison).sort()).toEqual(['compressor', 'media-types']);
    const [{ fix = '' } = {}] = causesIn(comparison).filter(({ id }) => id === 'compressor');
    expect(fix).toContain(canUnpack ? 'Publish the layout' : 'Node.js 22.15');
  });
});
