import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { Secret } from '../../src/base/secret.js';
import { parseRebuildRequest, pathsOf, rebuildRequest } from '../../src/commands/rebuild/rebuild-request.js';
import type { PreparedBuild } from '../../src/commands/steps/prepare.js';
import { parseBuildOptions } from '../../src/inputs/build-options.js';
import type { RawInputs } from '../../src/inputs/raw-inputs.js';
import type { BuildSpec } from '../../src/spec/build-spec.js';
import { scratch } from '../support/files.js';
import { writeFiles } from '../support/repository.js';
import { TRUSTED_SPEC } from '../verify/trusted.js';

const DIGEST = `sha256:${'a'.repeat(64)}` as const;
const OTHER = `sha256:${'b'.repeat(64)}` as const;

/** What a second process is told, after its way through JSON. */
function requestFor(inputs: Record<string, string | string[]>, spec: Partial<BuildSpec> = {}, password?: Secret) {
  const raw = new Map(Object.entries(inputs).map(([name, value]) => [name, [value].flat()])) as unknown as RawInputs;
  const options = parseBuildOptions(raw, ['ttl', 'dinumathai'], password);
  const prepared = { spec: { ...TRUSTED_SPEC, ...spec } } as PreparedBuild;
  return parseRebuildRequest(JSON.stringify(rebuildRequest(prepared, options, '/work', 0o027)));
}

describe('the request for a second build', () => {
  it('has the time, the Go and the base that the first came to', () => {
    const base = { repository: 'gcr.io/distroless/static', digest: DIGEST } as const;
    const { shape } = requestFor({ 'base-image': ['gcr.io/distroless/static:nonroot'] }, { base, sourceDateEpoch: 17 });
    expect(shape).toMatchObject({ epoch: 17, go: TRUSTED_SPEC.go });
    expect(shape.base).toEqual({
      type: 'image',
      from: {
        type: 'registry',
        reference: { repository: { registry: 'gcr.io', path: 'distroless/static' }, digest: DIGEST },
      },
    });
  });

  it('has each platform with its own base, and folders as absolute paths', () => {
    const { shape } = requestFor(
      { 'base-image': ['linux/arm64=quay.io/a/b:x', 'linux/amd64=gcr.io/c/d', 'linux/arm/v7=oci:base:y'] },
      {
        base: [
          { platform: 'linux/amd64', repository: 'gcr.io/c/d', digest: DIGEST },
          { platform: 'linux/arm/v7', digest: OTHER },
          { platform: 'linux/arm64', repository: 'quay.io/a/b', digest: OTHER },
        ],
      },
    );
    const images = shape.base.type === 'images' ? shape.base.images : [];
    expect(images.map(({ from }) => (from.type === 'registry' ? from.reference.digest : from.path))).toEqual([
      OTHER,
      DIGEST,
      resolve('base'),
    ]);
  });

  it('names files and folders by absolute paths, and leaves addresses alone', () => {
    const inputs = {
      ...{ source: './src', 'source-date-epoch': '1', patches: ['./p', 'ttl'], 'base-image': ['oci:base'] },
      'extra-files': ['motd:/etc/motd:0640', '/etc/issue -> motd'],
    };
    const folder = requestFor(inputs, { base: { digest: DIGEST } });
    expect(pathsOf(folder)).toEqual(['src', 'p', 'motd', 'base'].map((name) => resolve(name)));
    expect(folder.shape.extraFiles).toContainEqual({ type: 'link', target: '/etc/issue', to: 'motd' });

    const commit = 'c'.repeat(40);
    const remote = requestFor({ source: `https://git.example.com/a#${commit}` });
    expect(remote.shape.source).toMatchObject({ url: 'https://git.example.com/a', commit });
    expect(pathsOf(remote)).toEqual([]);
    const here = writeFiles(scratch(), { HEAD: 'x' });
    expect(pathsOf(requestFor({ source: `${here}#${commit}` }))).toEqual([here]);
  });

  it('carries the login, and labels of any name', () => {
    const inputs = { image: ['ghcr.io/a/b'], 'registry-username': 'robot', labels: ['__proto__=x', 'a=ü'] };
    const { look, shape } = requestFor(inputs, {}, new Secret('päss"word'));
    expect(look.login).toEqual({ registry: 'ghcr.io', username: 'robot', password: 'päss"word' });
    expect(Object.entries(shape.labels)).toEqual([
      ['__proto__', 'x'],
      ['a', 'ü'],
    ]);
  });

  it('is refused as bad input where somebody makes it by hand', () => {
    expect(() => parseRebuildRequest('')).toThrow(InputError);
  });
});
