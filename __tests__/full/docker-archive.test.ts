import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type AssembledIndex, assembleImages } from '../../src/image/build-image.js';
import { writeDockerArchives } from '../../src/image/docker-archive.js';
import { sampleBytes } from '../image/helpers.js';
import { isolatedStorage } from '../support/container-storage.js';
import { scratch } from '../support/files.js';
import { mustExec } from '../support/program.js';
import { startRegistry } from '../support/servers.js';
import { goTool } from '../support/tools.js';

const NAMES = ['ghcr.io/k0sproject/pushgateway-ttl:1.11.3-ttl.1', 'docker.io/library/pushgateway:1'];

vi.setConfig({ testTimeout: 300_000 });

let folder: string;
let env: Record<string, string>;
let images: AssembledIndex['images'];

beforeEach(async () => {
  folder = scratch();
  env = isolatedStorage(folder);
  const platforms = [['amd64'], ['arm64'], ['arm', 'v7']].map(([architecture = '', variant], i) => {
    const binaryPath = join(folder, `binary-${i}`);
    writeFileSync(binaryPath, sampleBytes(60_000, i + 1));
    const platform = { os: 'linux', architecture, ...(variant === undefined ? {} : { variant }) };
    return { platform, binaryPath, docs: [], labels: [] };
  });
  const layoutDir = join(folder, 'layout');
  ({ images } = await assembleImages({ platforms, epochSeconds: 1_700_000_000, layoutDir }));
});

function write(references: readonly string[], to: string): Promise<void> {
  return writeDockerArchives({
    layoutDir: join(folder, 'layout'),
    images,
    references,
    folder: to,
    epochSeconds: 1_700_000_000,
  });
}

const FILES = ['linux-amd64.tar', 'linux-arm-v7.tar', 'linux-arm64.tar'];

describe('archives for docker load', () => {
  it('are loaded by podman under their names, and the image id is the digest of the config', async () => {
    const to = join(folder, 'archives');
    await write(NAMES, to);
    for (const [i, file] of FILES.entries()) {
      const said = await mustExec('podman', ['load', '--quiet', '--input', join(to, file)], { env });
      for (const name of NAMES) expect(said).toContain(name);
      const format = '{{.Id}} {{.Os}}/{{.Architecture}} {{.Config.Entrypoint}}';
      const shown = await mustExec('podman', ['image', 'inspect', '--format', format, NAMES[0] as string], { env });
      const architecture = images[i]?.platform.architecture;
      const id = images[i]?.configDigest.slice(7);
      expect(shown).toBe(`${id} linux/${architecture} [/usr/local/bin/pushgateway]\n`);
    }
  });

  it('are loaded by podman without a name, too', async () => {
    const to = join(folder, 'archives');
    await write([], to);
    const id = images[0]?.configDigest.slice(7) ?? '';
    expect(await mustExec('podman', ['load', '--quiet', '--input', join(to, 'linux-amd64.tar')], { env })).toContain(
      id,
    );
    expect(await mustExec('podman', ['image', 'inspect', '--format', '{{.Id}}', id], { env })).toBe(`${id}\n`);
  });

  it('are sound to crane, which pushes the config and the layers as they are', async () => {
    const to = join(folder, 'archives');
    await write(NAMES, to);
    const port = await startRegistry(folder);
    for (const [i, file] of FILES.entries()) {
      expect(await mustExec(goTool('crane'), ['validate', '--tarball', join(to, file)])).toContain('PASS');
      const reference = `127.0.0.1:${port}/pushgateway:${i}`;
      await mustExec(goTool('crane'), ['push', join(to, file), reference]);
      const manifest = JSON.parse(await mustExec(goTool('crane'), ['manifest', reference]));
      expect(manifest.config.digest).toBe(images[i]?.configDigest);
      expect(manifest.layers.map(({ digest }: { digest: string }) => digest)).toEqual(
        images[i]?.layers.map(({ digest }) => digest),
      );
    }
  });
});
