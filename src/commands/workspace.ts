import { openWorkspace } from '../base/workspace.js';
import type { Context } from './context.js';

/**
 * Does something with the private folder of a run. Whoever cleans up after a kill is told of the folder as soon as it is
 * there; it is removed whatever comes of the run.
 * @param body gets the folder's absolute path
 * @throws RunError where no folder can be made; else what `body` throws
 */
export async function inWorkspace<Result>(
  { tempDir, onWorkspace }: Pick<Context, 'tempDir' | 'onWorkspace'>,
  body: (work: string) => Promise<Result>,
): Promise<Result> {
  const workspace = await openWorkspace(tempDir);
  try {
    onWorkspace?.(workspace.path);
    return await body(workspace.path);
  } finally {
    await workspace.remove();
  }
}
