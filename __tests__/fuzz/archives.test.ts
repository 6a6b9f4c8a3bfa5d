import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { readDockerArchive } from '../../src/bucket/image/docker-archive.js';
import { unpackArchive } from '../../src/verify/open/open-archive.js';
import { imageOf, layoutFiles, type TarFile, tarOf } from '../verify/images.js';
import { empty, fuzz, fuzzFolder } from './fuzz.js';
import { bytes } from './generators.js';
import { documents, values } from './json.js';

const PLACE = { image: 'x', level: 'index', where: 'index' } as const;
const IMAGE = imageOf({});

describe('archives of images', () => {
  const folder = fuzzFolder();
  const out = join(folder, 'out');
  mkdirSync(out);
  const archives = (files: readonly TarFile[]) => {
    const mixed = values([[...files]]).map((changed) => {
      try {
        return tarOf(changed);
      } catch {
        return Buffer.alloc(0); // what cannot be a header at all
      }
    });
    return fc.oneof(bytes([tarOf(files)]), mixed);
  };

  fuzz('OCI archive', {
    input: archives(layoutFiles(IMAGE)),
    parse: async (data) => {
      const path = join(folder, 'image.tar');
      writeFileSync(path, data);
      await unpackArchive(path, empty(out), { place: PLACE, input: 'image' });
      return true;
    },
  });

  const docker: TarFile[] = [
    {
      path: 'manifest.json',
      content: JSON.stringify([{ Config: 'c.json', RepoTags: ['a:1'], Layers: ['l/layer.tar'] }]),
    },
    { path: 'c.json', content: '{}' },
    { path: 'l/layer.tar', type: 'SymbolicLink', linkpath: '../other/layer.tar' },
    { path: 'other/layer.tar', content: 'x' },
  ];
  const manifest = documents([[{ Config: 'c.json', Layers: ['l/layer.tar'] }]]).map((content) =>
    tarOf([{ path: 'manifest.json', content }, ...docker.slice(1)]),
  );
  fuzz('docker archive', {
    input: fc.tuple(fc.oneof(archives(docker), manifest), fc.nat(3)),
    parse: ([data, which]) => {
      const path = join(folder, 'docker.tar');
      writeFileSync(path, which === 0 ? gzipSync(data, { level: 1 }) : data);
      return readDockerArchive(path, empty(out));
    },
    check: ({ layers }) => {
      for (const layer of layers) expect(layer).toMatch(/\/out\/\d+$/);
    },
  });
});
