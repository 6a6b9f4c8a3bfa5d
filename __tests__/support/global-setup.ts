import { existsSync } from 'node:fs';
import { nodeOf, tool } from './tools.js';

/** Fails by name where a part is missing, before any test; nothing is ever skipped for it. */
export default function setup(): void {
  if (!existsSync(new URL('../../dist/index.js', import.meta.url)))
    throw new Error('dist/ is missing; run: npm run bundle');
  const names = [
    'git',
    'go',
    'buildah',
    'skopeo',
    'podman',
    'htpasswd',
    'docker-registry',
    'qemu-arm-static',
    'qemu-aarch64-static',
    'python3',
    'openssl',
    'sha256sum',
  ] as const;
  for (const name of names) tool(name);
  for (const version of ['20', '24']) nodeOf(version);
}
