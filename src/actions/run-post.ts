import * as core from '@actions/core';
import { messageOf } from '../base/errors.js';
import { removeTree } from '../base/workspace.js';
import { State } from './state.js';

/**
 * The post step: removes what a main step that was killed has left, the registry's login first of all. A main step that
 * ended by itself has done so already.
 * @returns the exit code
 */
export async function runPost(): Promise<number> {
  const workspace = core.getState(State.workspace);
  if (workspace === '') return 0;
  try {
    await removeTree(workspace);
    return 0;
  } catch (error) {
    core.error(`The private folder ${workspace} could not be removed: ${messageOf(error)}`);
    return 1;
  }
}
