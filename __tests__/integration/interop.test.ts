import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/base/hash.js';
import { rfc3339 } from '../../src/base/time.js';
import type { Outputs } from '../../src/output/result.js';
import { ociSchemas } from '../image/oci-schemas.js';
import { build, freePort, mustExec } from '../support/program.js';
import { serve, startRegistry, until } from '../support/servers.js';
import { tool } from '../support/tools.js';
import { blob, folderForTests, readLayout } from './folders.js';

const HERE = folderForTests('interop');

let outputs: Outputs;
let layout: string;
let spec: { version: string; sourceDateEpoch: number };

beforeAll(async () => {
  outputs = await build(['--output-dir', join(HERE, 'A')]);
  layout = outputs.layout;
  spec = JSON.parse(outputs.spec);
}, 600_000);

describe('skopeo', () => {
  it('reads the index of the layout, byte for byte', async () => {
    const raw = await mustExec('skopeo', ['inspect', '--raw', `oci:${layout}`]);
    expect(digestOf(raw)).toBe(outputs.digest);
    expect(raw).toBe(blob(layout, outputs.digest).toString());
  });

  it('reads the index of the archive, byte for byte', async () => {
    const raw = await mustExec('skopeo', ['inspect', '--raw', `oci-archive:${outputs.archive}`]);
    expect(digestOf(raw)).toBe(outputs.digest);
  });
});

describe('buildah', () => {
  it('pushes a manifest list of the layout with the same digest', async () => {
    const to = join(HERE, 'B');
    mkdirSync(to);
    const storage = ['--root', join(HERE, 'root'), '--runroot', join(HERE, 'runroot'), '--storage-driver', 'vfs'];
    const buildah = (...args: string[]) => mustExec('buildah', [...storage, ...args]);
    await buildah('manifest', 'create', 'x');
    await buildah('manifest', 'add', '--all', 'x', `oci:${layout}`);
    await buildah('manifest', 'push', '--all', 'x', `oci:${to}`);
    expect(readLayout(to).digest).toBe(outputs.digest);
    expect(blob(to, outputs.digest)).toEqual(blob(layout, outputs.digest));
  }, 120_000);
});

describe('a registry', () => {
  it('has every digest after a push by skopeo, and gives each platform its image', async () => {
    const port = await startRegistry(HERE);
    const reference = `docker://127.0.0.1:${port}/monitoring/pushgateway:1.11.3-ttl.1`;
    const push = ['copy', '--all', '--preserve-digests', '--dest-tls-verify=false', `oci:${layout}`, reference];
    await mustExec('skopeo', push);

    const { children } = readLayout(layout);
    const head = async (name: string, type: string) => {
      const address = `http://127.0.0.1:${port}/v2/monitoring/pushgateway/manifests/${name}`;
      const { status, headers } = await fetch(address, { method: 'HEAD', headers: { accept: type } });
      return { status, digest: headers.get('docker-content-digest'), type: headers.get('content-type') };
    };
    const index = 'application/vnd.oci.image.index.v1+json';
    expect(await head('1.11.3-ttl.1', index)).toEqual({ status: 200, digest: outputs.digest, type: index });
    expect(children).toHaveLength(3);
    for (const { descriptor } of children) {
      const { digest, mediaType } = descriptor;
      expect(await head(digest, mediaType)).toEqual({ status: 200, digest, type: mediaType });
    }

    for (const { descriptor, manifest } of children) {
      const { os = '', architecture = '', variant } = descriptor.platform ?? {};
      const choice = ['--override-os', os, '--override-arch', architecture];
      if (variant !== undefined) choice.push('--override-variant', variant);
      const told = JSON.parse(await mustExec('skopeo', [...choice, 'inspect', '--tls-verify=false', reference]));
      expect(told).toMatchObject({ Os: os, Architecture: architecture, Created: rfc3339(spec.sourceDateEpoch) });
      expect(told.Layers).toEqual(manifest.layers.map((layer) => layer.digest));
      expect(told.Labels).toMatchObject({
        'org.opencontainers.image.version': spec.version,
        'io.k0sproject.pushgateway-ttl.spec': outputs.spec,
      });
    }
  }, 120_000);
});

describe('the JSON schemas of the OCI image spec', () => {
  it('accept the layout, the index, and every manifest and config', () => {
    const ajv = ociSchemas();
    const check = (name: string, value: unknown) => {
      const validate = ajv.getSchema(`https://opencontainers.org/schema/${name}`);
      if (!validate) throw new Error(`no schema ${name}`);
      validate(value);
      expect(validate.errors, JSON.stringify(value)).toBeNull();
    };
    const { index, children } = readLayout(layout);
    const json = (name: string) => JSON.parse(readFileSync(join(layout, name), 'utf8'));
    check('image-layout-schema.json', json('oci-layout'));
    check('image-index-schema.json', json('index.json'));
    check('image-index-schema.json', index);
    for (const { manifest, config } of children) {
      check('image-manifest-schema.json', manifest);
      check('config-schema.json', config);
    }
  }, 60_000);
});

describe.each([
  { platform: 'linux/amd64', emulator: [] },
  { platform: 'linux/arm64', emulator: ['qemu-aarch64-static'] },
  { platform: 'linux/arm/v7', emulator: ['qemu-arm-static'] },
])('the binary for $platform', ({ platform, emulator }) => {
  const start = (...args: string[]): [string, ...string[]] => {
    const [command = '', ...rest] = [...emulator.map(tool), join(outputs.binaries, platform, 'pushgateway'), ...args];
    return [command, ...rest];
  };

  it('shows its version', async () => {
    const [command, ...args] = start('--version');
    const said = await mustExec(command, args);
    expect(spec.version).toMatch(/^1\.11\.3\+ttl\.\d+$/);
    expect(said).toContain(`pushgateway, version ${spec.version} (branch: ttl.`);
    expect(said).toContain(`platform:         ${platform.replace('/v7', '')}`);
  });

  it('accepts a push, shows it, and forgets it after its time', async () => {
    const address = `127.0.0.1:${await freePort()}`;
    const [command, ...args] = start(`--web.listen-address=${address}`, '--metric.timetolive=1s');
    await serve(HERE, command, args, `http://${address}/-/ready`);
    const group = `http://${address}/metrics/job/nightly`;
    const pushed = await fetch(group, { method: 'POST', body: 'records_total 42\n' });
    expect(pushed.status).toBe(200);
    const metrics = async () => (await fetch(`http://${address}/metrics`)).text();
    expect(await metrics()).toMatch(/^records_total\{instance="",job="nightly"\} 42$/m);
    expect(await until(30_000, async () => !(await metrics()).includes('nightly'))).toBe(true);
    const groups = await (await fetch(`http://${address}/api/v1/metrics`)).json();
    expect(groups).toEqual({ status: 'success', data: [] });
  }, 90_000);
});
