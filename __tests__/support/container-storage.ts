import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Environment for podman and buildah with a storage and a home of their own below `folder`, so that the machine's stay
 * untouched.
 */
export function isolatedStorage(folder: string, driver: 'vfs' | 'overlay' = 'vfs'): Record<string, string> {
  const [home, runtime] = [join(folder, 'home'), join(folder, 'runtime')];
  for (const path of [home, runtime]) mkdirSync(path, { recursive: true, mode: 0o700 });
  const config = join(folder, 'storage.conf');
  const lines = [
    `driver = "${driver}"`,
    `graphroot = "${join(folder, 'storage')}"`,
    `runroot = "${join(folder, 'run')}"`,
  ];
  writeFileSync(config, `[storage]\n${lines.join('\n')}\n`);
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    CONTAINERS_STORAGE_CONF: config,
  };
}
