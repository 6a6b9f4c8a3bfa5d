import { explainSystemError } from '../base/errors.js';
import { openWorkspace } from '../base/workspace.js';
import type { Context } from './context.js';

/**
 * Does something with the private folder of a run. Whoever cleans up after a kill is told of the folder as soon as it is
 * there; it is removed whatever comes of the run.
 * @param what is done, as "verify"; for errors of the system
 * @param body gets the folder's absolute path
 * @throws RunError where no folder can be made, or the system fails as users know it; else what `body` throws
 */
export async function inWorkspace<Result>(
  what: string,
  { tempDir, onWorkspace }: Pick<Context, 'tempDir' | 'onWorkspace'>,
  body: (work: string) => Promise<Result>,
): Promise<Result> {
  try {
    const workspace = await openWorkspace(tempDir);
    try {
      onWorkspace?.(workspace.path);
      return await body(workspace.path);
    } finally {
      await workspace.remove();
    }
  } catch (error) {
    throw explainSystemError(error, what);
  }
}
