import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, hexOf } from '../../src/base/hash.js';
import { parseBaseImage } from '../../src/image/base-image.js';
import type { AssembleOptions } from '../../src/image/build-image.js';
import { planExtraFiles } from '../../src/image/extra-layer.js';
import { example } from './example.js';

/** The base of the second worked example of docs/image-format.md: one layer, an archive without entries, compressed. */
export const BASE_LAYER = '1f8b080000000000000363601805a360148c5400002eafb5ef00040000';

/** Its config, with spellings and blanks that are copied as they are. */
export const BASE_CONFIG =
  '{"architecture":"arm64","variant":"v8","os":"linux","created":"2020-01-01T00:00:00Z",' +
  '"config":{"User":"root","ExposedPorts":{"80\\/tcp":{}},"Env":["PATH=\\u002fbin"],"Cmd":["sh"],"WorkingDir":"/data",' +
  '"Labels":{"b\\u0061se":"\\u003cyes>","org.opencontainers.image.title":"base"}},"rootfs":{"type":"layers","diff_ids":' +
  '["sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"]},' +
  '"history":[{"created_by": "layer"},{"created_by":"CMD","empty_layer":true}]}';

/** The first worked example on that base, for its platform, with a file and a link more. */
export async function exampleOnBase(folder: string): Promise<AssembleOptions> {
  const layer = Buffer.from(BASE_LAYER, 'hex');
  const path = join(folder, hexOf(digestOf(layer)));
  writeFileSync(path, layer);
  writeFileSync(join(folder, 'web.yml'), 'tls: no\n');
  const manifest = {
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      digest: digestOf(BASE_CONFIG),
      size: Buffer.byteLength(BASE_CONFIG),
    },
    layers: [
      { mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', digest: digestOf(layer), size: layer.length },
    ],
  };
  const base = parseBaseImage(JSON.stringify(manifest), BASE_CONFIG, () => path);
  const options = example(folder);
  const extra = await planExtraFiles(
    [
      { type: 'copy', source: 'web.yml', target: '/etc/pushgateway/', mode: 0o600 },
      { type: 'link', target: '/pushgateway', to: 'usr/local/bin/pushgateway' },
    ],
    folder,
  );
  return { ...options, extra, platforms: options.platforms.map((one) => ({ ...one, platform: base.platform, base })) };
}
