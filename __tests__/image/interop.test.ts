import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/base/hash.js';
import { writeArchive } from '../../src/image/archive.js';
import { type AssembledIndex, assembleImages } from '../../src/image/build-image.js';
import { EPOCH } from './example.js';
import { output, sampleBytes, scratch } from './helpers.js';

// Each of these tests needs skopeo or buildah; without them it fails, naming the command.

let folder: string;
let layout: string;
let built: AssembledIndex;

beforeEach(async () => {
  folder = scratch();
  layout = join(folder, 'layout');
  const platforms = [['amd64'], ['arm64'], ['arm', 'v7']].map(([architecture = '', variant], i) => {
    const binaryPath = join(folder, `binary-${i}`);
    writeFileSync(binaryPath, sampleBytes(60_000, i + 1));
    return {
      platform: { os: 'linux', architecture, ...(variant === undefined ? {} : { variant }) },
      binaryPath,
      docs: [{ path: 'LICENSE', content: Buffer.from('licence') }],
      labels: [['io.k0sproject.pushgateway-ttl.spec', '{"a":"<&>\u2028\\""}'] as const],
    };
  });
  built = await assembleImages({ platforms, epochSeconds: EPOCH, layoutDir: layout });
});

/** The digest of the one entry of a layout's `index.json`. */
function entryOf(layoutDir: string): string {
  const { manifests } = JSON.parse(readFileSync(join(layoutDir, 'index.json'), 'utf8'));
  expect(manifests).toHaveLength(1);
  return manifests[0].digest;
}

function buildah(...args: string[]): string {
  const storage = ['--root', join(folder, 'root'), '--runroot', join(folder, 'runroot'), '--storage-driver', 'vfs'];
  return output('buildah', [...storage, ...args]).toString();
}

describe('skopeo', () => {
  it('reads the raw index out of the layout, byte for byte', () => {
    const raw = output('skopeo', ['inspect', '--raw', `oci:${layout}`]);
    expect(digestOf(raw)).toBe(built.index.digest);
  });

  it('copies the layout without changing a digest', () => {
    const to = join(folder, 'copy');
    output('skopeo', ['copy', '--all', '--preserve-digests', `oci:${layout}`, `oci:${to}`]);
    expect(entryOf(to)).toBe(built.index.digest);
  });

  it('reads the archive', async () => {
    const archive = join(folder, 'a.tar');
    await writeArchive(layout, archive, EPOCH);
    expect(digestOf(output('skopeo', ['inspect', '--raw', `oci-archive:${archive}`]))).toBe(built.index.digest);
  });

  it('reads the config of each platform', () => {
    for (const { platform, configJson } of built.images) {
      const variant = platform.variant === undefined ? [] : ['--override-variant', platform.variant];
      const choice = ['--override-os', platform.os, '--override-arch', platform.architecture, ...variant];
      const config = output('skopeo', [...choice, 'inspect', '--config', '--raw', `oci:${layout}`]);
      expect(config.toString()).toBe(configJson);
    }
  });
});

describe('buildah', () => {
  it('writes the index again with the same bytes', () => {
    const to = join(folder, 'pushed');
    mkdirSync(to);
    buildah('manifest', 'create', 'x');
    buildah('manifest', 'add', '--all', 'x', `oci:${layout}`);
    buildah('manifest', 'push', '--all', 'x', `oci:${to}`);
    expect(entryOf(to)).toBe(built.index.digest);
    expect(readFileSync(join(to, 'blobs/sha256', built.index.digest.slice(7)))).toEqual(built.index.bytes);
  }, 60_000);

  it('reads the files out of the layer', () => {
    buildah('pull', `oci:${layout}`);
    const [image] = JSON.parse(buildah('images', '--json'));
    const container = buildah('from', image.id).trim();
    const mounted = buildah('mount', container).trim();
    const mode = (path: string) =>
      output('stat', ['-c', '%a %u:%g %Y', join(mounted, path)])
        .toString()
        .trim();
    expect(mode('usr/local/bin/pushgateway')).toBe(`755 0:0 ${EPOCH}`);
    expect(mode('usr/share/doc/pushgateway/LICENSE')).toBe(`644 0:0 ${EPOCH}`);
    expect(mode('usr/share')).toBe(`755 0:0 ${EPOCH}`);
    buildah('umount', container);
  }, 60_000);
});
