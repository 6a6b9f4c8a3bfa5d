import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from './context.js';

/**
 * The context with which podman, buildah and skopeo are started: their temporary files, which they leave where they are
 * ended, go with the run's own folder. Not where podman keeps its runtime files among them, for want of a folder that is
 * meant for those: it writes the place down, and wants to find it again in the next run.
 * @param work the run's private folder
 */
export async function contextForTools(context: Context, work: string): Promise<Context> {
  const { env } = context;
  if (process.getuid?.() !== 0 && !env.XDG_RUNTIME_DIR) return context;
  const folder = join(work, 'tools');
  await mkdir(folder);
  return { ...context, env: { ...env, TMPDIR: folder } };
}
