// The assembly alone, as a process of its own: binaries and licence texts in, an OCI layout out. For `npm run bench`.
// node scripts/bench/assembly.mjs OUT_OF_A_BUILD LAYOUT [STORE]
import { join } from 'node:path';
import { assembleImages } from '../../lib/image/build-image.js';
import { setWorkerEntry } from '../../lib/image/compress.js';
import { openStore } from '../../lib/store/store.js';

const [out, layoutDir, store] = process.argv.slice(2);
setWorkerEntry(new URL('../../lib/index.js', import.meta.url));
const platforms = [
  { os: 'linux', architecture: 'amd64' },
  { os: 'linux', architecture: 'arm64' },
  { os: 'linux', architecture: 'arm', variant: 'v7' },
];
await assembleImages({
  platforms: platforms.map((platform) => ({
    platform,
    binaryPath: join(out, 'bin', platform.os, platform.architecture, platform.variant ?? '', 'pushgateway'),
    docs: [],
    labels: [],
  })),
  epochSeconds: 0,
  layoutDir,
  ...(store ? { layerStore: openStore(store).layers } : {}),
});
