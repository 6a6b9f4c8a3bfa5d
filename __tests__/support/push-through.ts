import { join } from 'node:path';
import { silentLog } from '../../src/base/log.js';
import { Secret } from '../../src/base/secret.js';
import type { AssembledIndex } from '../../src/image/build-image.js';
import { logIn } from '../../src/registry/credentials.js';
import { type PushedTag, pushImage } from '../../src/registry/push.js';
import type { RegistryAccess } from '../../src/registry/skopeo.js';
import { containerTools } from '../../src/toolchain/container-tools.js';
import { scratch } from './files.js';

export interface PushThrough {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** Path of the repository. */
  readonly path: string;
  readonly layoutDir: string;
  readonly image: AssembledIndex;
  readonly tags: readonly string[];
  readonly mayMove?: boolean;
  readonly retries?: number;
  /** Milliseconds that a registry may be silent. */
  readonly timeoutMs?: number;
  readonly login?: { readonly username: string; readonly password: string };
}

/** Logs in where that is asked for, and pushes, in a home folder of its own and with short waits between the tries. */
export async function pushThrough(push: PushThrough): Promise<PushedTag[]> {
  const { host: registry, path, layoutDir, image, login } = push;
  const home = scratch();
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_RUNTIME_DIR: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
  };
  const tools = containerTools({ env, log: silentLog, mayInstall: false });
  const authFiles = new Map<string, string>();
  const access: RegistryAccess = {
    skopeo: await tools.need('skopeo', { why: 'to push', instead: 'do not' }),
    env,
    log: silentLog,
    tlsVerify: false,
    retries: push.retries ?? 3,
    firstDelay: 20,
    timeoutMs: push.timeoutMs,
    authFiles,
    tempDir: home,
  };
  if (login)
    authFiles.set(registry, await logIn(access, registry, login.username, new Secret(login.password), scratch()));
  return pushImage({
    layoutDir,
    index: image.index.digest,
    manifests: image.images.map(({ digest }) => digest),
    targets: [{ repository: { registry, path }, tags: push.tags, mayMove: push.mayMove ?? true }],
    access,
  });
}
