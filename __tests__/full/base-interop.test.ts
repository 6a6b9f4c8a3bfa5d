import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hexOf } from '../../src/base/hash.js';
import { readBaseConfig } from '../../src/image/base-config.js';
import type { BaseImage } from '../../src/image/base-image.js';
import { assembleImages } from '../../src/image/build-image.js';
import { planExtraFiles } from '../../src/image/extra-layer.js';
import { type LayerKind, type MadeBase, makeBase, onDisk } from '../image/base.js';
import { EPOCH } from '../image/example.js';
import { sampleBytes, scratch } from '../image/helpers.js';
import { isolatedStorage } from '../support/container-storage.js';
import { mustExec } from '../support/program.js';
import { MANIFEST_TYPES, type RegistryKind, startSecureRegistry } from '../support/registry.js';

const PLATFORMS = [
  { os: 'linux', architecture: 'amd64' },
  { os: 'linux', architecture: 'arm64', variant: 'v8' },
  { os: 'windows', architecture: 'amd64', 'os.version': '10.0.20348.2700', 'os.features': ['win32k'] },
  { os: 'windows', architecture: 'amd64', 'os.version': '10.0.26100.1' },
];

/** A config that every program which writes it again would write in another way. */
const RUN = '{"Env":["PATH=\\u002fbin","A=<&>\\u2028"],"Labels":{"b\\u0061se":"\\u003cx\\u003e"},"User":"0"}';

/** The base as it would be if layers of all kinds were taken. */
function unchecked({ manifestJson, configJson, blobs }: MadeBase, folder: string): BaseImage {
  for (const [digest, bytes] of blobs) writeFileSync(join(folder, hexOf(digest)), bytes);
  const { platform, diffIds } = readBaseConfig(configJson);
  const described: Omit<BaseImage['layers'][number], 'diffId' | 'path'>[] = JSON.parse(manifestJson).layers;
  const layers = described.flatMap((layer, i) => {
    const diffId = diffIds[i];
    return diffId === undefined ? [] : [{ ...layer, diffId, path: join(folder, hexOf(layer.digest)) }];
  });
  return { platform, configJson, layers };
}

/** A layout with an image for each platform, on a base with such layers, with an extra file. */
async function layoutOn(kinds: readonly LayerKind[], readBase: (made: MadeBase, folder: string) => BaseImage) {
  const folder = scratch();
  writeFileSync(join(folder, 'extra'), 'extra');
  const platforms = PLATFORMS.map((platform, i) => {
    const binaryPath = join(folder, `binary-${i}`);
    writeFileSync(binaryPath, sampleBytes(50_000, i + 1));
    const history = JSON.stringify(kinds.map(() => ({ created_by: 'base <&>' })));
    const layers = kinds.map((kind, layer) => [`layer ${layer}`, kind] as const);
    const isDocker = i % 2 === 1 && kinds.every((kind) => kind === 'gzip');
    const base = readBase(makeBase({ platform, docker: isDocker, run: RUN, history, layers }), folder);
    return { platform: base.platform, binaryPath, docs: [], labels: [['a', '<&>'] as const], base };
  });
  const extra = await planExtraFiles([{ type: 'copy', source: 'extra', target: '/etc/x', mode: undefined }], folder);
  const layoutDir = join(folder, 'layout');
  const { index } = await assembleImages({ platforms, extra, epochSeconds: EPOCH, layoutDir });
  return { folder, layoutDir, index };
}

/** Pushes a layout as users do, and says what the registry has then. Each push has a registry of its own: where one has
 * a layer in any form already, podman takes that one instead of compressing anew. */
async function pushed(folder: string, layoutDir: string, kind: RegistryKind, tool: string, ...flags: string[]) {
  const name = `${tool}${flags.join('')}`;
  const registry = await startSecureRegistry(join(folder, `registry-${name}`), { kind });
  const exec = (...args: string[]) => mustExec(tool, args, { env: isolatedStorage(folder), cwd: folder });
  const target = `docker://${registry.host}/x/y:1`;
  if (tool === 'skopeo') {
    await exec('copy', '--all', '--preserve-digests', '--dest-tls-verify=false', `oci:${layoutDir}`, target);
  } else {
    await exec('manifest', 'create', name);
    await exec('manifest', 'add', '--all', name, `oci:${layoutDir}`);
    await exec('manifest', 'push', '--all', '--tls-verify=false', ...flags, name, target);
  }
  const { body } = await registry.ask('/v2/x/y/manifests/1', { headers: { accept: MANIFEST_TYPES } });
  return { digest: await registry.digestOf('x/y', '1'), body };
}

const ASK_FOR_GZIP = ['--compression-format', 'gzip'];

describe('images on gzip bases, Windows among them', () => {
  it.each([
    ['docker-registry', 'skopeo', []],
    ['docker-registry', 'podman', []],
    ['docker-registry', 'podman', ASK_FOR_GZIP],
    ['docker-registry', 'buildah', []],
    ['distribution-v3', 'skopeo', []],
    ['distribution-v3', 'podman', []],
    ['distribution-v3', 'podman', ASK_FOR_GZIP],
    ['distribution-v3', 'buildah', []],
  ] as const)(
    'arrive in %s by %s %j with the same index, byte for byte',
    async (kind, tool, flags) => {
      const { folder, layoutDir, index } = await layoutOn(['gzip', 'gzip'], onDisk);
      const { digest, body } = await pushed(folder, layoutDir, kind, tool, ...flags);
      expect(digest).toBe(index.digest);
      expect(body).toBe(Buffer.from(index.bytes).toString());
      expect(body).toContain('"os":"windows","os.version":"10.0.20348.2700","os.features":["win32k"]');
    },
    120_000,
  );
});

describe('why other bases are refused', () => {
  it.each([
    ['tar', 'skopeo', [], true],
    ['tar', 'podman', [], false],
    ['tar', 'buildah', [], false],
    ['zstd', 'skopeo', [], true],
    ['zstd', 'podman', [], true],
    ['zstd', 'buildah', [], true],
    ['zstd', 'podman', ASK_FOR_GZIP, false],
  ] as const)(
    '%s layers, pushed by %s %j: same digest is %s',
    async (kind, tool, flags, isSame) => {
      const { folder, layoutDir, index } = await layoutOn([kind], unchecked);
      const { digest } = await pushed(folder, layoutDir, 'docker-registry', tool, ...flags);
      expect(digest).toMatch(/^sha256:/);
      expect(digest === index.digest).toBe(isSame);
    },
    120_000,
  );
});
