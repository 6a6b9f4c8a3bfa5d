import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from '../base/once.js';
import type { LookOptions } from '../inputs/registry-options.js';
import { logIn } from '../registry/credentials.js';
import type { RegistryAccess } from '../registry/skopeo.js';
import type { ContainerTools } from '../toolchain/container-tools.js';
import type { Context } from './context.js';

/** What a run wants of registries, for where skopeo is missing. */
export interface RegistryNeed {
  /** As "to push images". */
  readonly why: string;
  /** What would do without, as "set push: false". */
  readonly instead: string;
}

/**
 * How a run reaches registries: skopeo, found or installed when it is asked for, and the login of the inputs in a
 * private file of the run's own folder, which goes with that folder.
 * @param work the run's private folder
 */
export function registryAccess(
  { login, tlsVerify, retries }: LookOptions,
  need: RegistryNeed,
  context: Context,
  tools: ContainerTools,
  work: string,
): () => Promise<RegistryAccess> {
  return once(async () => {
    const access: RegistryAccess = {
      skopeo: await tools.need('skopeo', need),
      env: context.env,
      log: context.log,
      signal: context.signal,
      tlsVerify,
      retries,
      authFiles: new Map(),
      tempDir: work,
      redact: login ? [login.password] : [],
    };
    if (!login) return access;
    const folder = join(work, 'auth');
    await mkdir(folder, { mode: 0o700 });
    const file = await logIn(access, login.registry, login.username, login.password, folder);
    return { ...access, authFiles: new Map([[login.registry, file]]) };
  });
}
