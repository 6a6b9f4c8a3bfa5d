import * as core from '@actions/core';
import { CancelledError, ExitCode, InputError, messageOf, RunError } from '../base/errors.js';
import { cancelOnSignals } from '../base/signals.js';
import { runPost } from './run-post.js';
import { State } from './state.js';

/** Each action, as `verify/action.yml` names its file below dist/; a failure's annotation says what it did. */
const ACTIONS = {
  index: { title: 'The build failed', load: async () => (await import('./build-action.js')).runBuild },
  verify: { title: 'The verification failed', load: async () => (await import('./verify-action.js')).runVerify },
  merge: { title: 'The merge failed', load: async () => (await import('./merge-action.js')).runMerge },
  publish: { title: 'The publishing failed', load: async () => (await import('./publish-action.js')).runPublish },
} as const;

/**
 * An action: reads the inputs, does its work, sets the outputs. Each phase has a log group, a failure is one
 * annotation. As the post step it removes what was left.
 * @param name of the file that the runner started, without `.js`
 * @returns the exit code
 */
export async function runAction(entry: URL, name: string): Promise<number> {
  if (core.getState(State.isPost) !== '') return runPost();
  core.saveState(State.isPost, 'true');
  const action = ACTIONS[name as keyof typeof ACTIONS] ?? ACTIONS.index;
  const { signal, release } = cancelOnSignals();
  try {
    const work = await action.load();
    return await work(entry, signal);
  } catch (error) {
    return report(error, signal.aborted, action.title);
  } finally {
    release();
  }
}

function report(error: unknown, isCancelled: boolean, title: string): number {
  if (isCancelled || error instanceof CancelledError) {
    const left = error instanceof CancelledError ? error.left : undefined;
    core.error(`The run was cancelled; ${left ?? 'nothing half-done was left behind'}.`);
    return ExitCode.failed;
  }
  if (error instanceof InputError) {
    core.error(error.message, { title: error.input === undefined ? 'Bad input' : `Bad input: ${error.input}` });
    return ExitCode.badInput;
  }
  core.error(messageOf(error), { title });
  if (!(error instanceof RunError) && error instanceof Error) core.info(error.stack ?? '');
  return ExitCode.failed;
}
