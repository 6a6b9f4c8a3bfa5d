import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AssembleOptions } from '../../src/image/build-image.js';

/** 2026-05-27T15:09:50Z. */
export const EPOCH = 1779894590;

/** The worked example of docs/image-format.md, and the digests that it states. Profile 1 never changes them. */
export const EXAMPLE_DIGESTS = {
  diffId: 'sha256:2b1003f906d73b00a9da63ecf0dd107de035c6765903e945ba9fe2558202db69',
  layer: 'sha256:7c0adae930986d016aec9ab5125d4e6f91ab0c83f934771836cfb07eff749fd9',
  config: 'sha256:a1ee518e72ef4ae2418ec1181111252cbc28ca80c46e5d8b41705b3b3e4e897e',
  manifest: 'sha256:fb4f752498ba5c4a3395dfb7edcea06cea0319f0ec9f5cd5047475f5c27271df',
  index: 'sha256:26e9513be7edc75174d259faf3396ca81a0f5b197c45809bbcc957a6d00b445a',
} as const;

export function example(folder: string): AssembleOptions {
  const binaryPath = join(folder, 'example-binary');
  writeFileSync(binaryPath, 'pushgateway');
  return {
    platforms: [
      {
        platform: { os: 'linux', architecture: 'arm', variant: 'v7' },
        binaryPath,
        docs: [{ path: 'LICENSE', content: Buffer.from('licence\n') }],
        labels: [
          ['org.opencontainers.image.title', 'Pushgateway <ttl> & "more"'],
          ['io.k0sproject.pushgateway-ttl.spec', '{"profile":1}'],
        ],
      },
    ],
    epochSeconds: EPOCH,
    layoutDir: join(folder, 'example-layout'),
  };
}
