import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ContainerTools, containerTools } from '../toolchain/container-tools.js';
import { mayMoveTemporaryFiles } from '../toolchain/tool-environment.js';
import type { Context } from './context.js';

/**
 * The context with which podman, buildah and skopeo are started: their temporary files, which they leave where they are
 * ended, go with the run's own folder, where they may be moved.
 * @param work the run's private folder
 */
async function contextForTools(context: Context, work: string): Promise<Context> {
  const { env } = context;
  if (!mayMoveTemporaryFiles(env)) return context;
  const folder = join(work, 'tools');
  await mkdir(folder);
  return { ...context, env: { ...env, TMPDIR: folder } };
}

/** What a command needs to run podman, buildah and skopeo. */
export interface Tooling {
  readonly toolContext: Context;
  readonly tools: ContainerTools;
}

/** @param work the run's private folder */
export async function toolingFor(context: Context, work: string): Promise<Tooling> {
  const toolContext = await contextForTools(context, work);
  const { env, signal, log, mayInstall } = toolContext;
  return { toolContext, tools: containerTools({ env, signal, log, mayInstall }) };
}
