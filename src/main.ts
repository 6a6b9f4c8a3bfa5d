import { basename } from 'node:path';

/** The oldest Node.js that the bundle is tested on; an older one fails in ways that say nothing. */
const OLDEST_NODE = 20;

/**
 * Runs the program, as the action where the runner started it without arguments, else as the command line; the exit
 * code is left in `process.exitCode`.
 * @param entry the bundle's entry file, `dist/index.js`: worker threads run it again, and the project lies around it
 */
export async function run(entry: URL): Promise<void> {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    process.stderr.write(`error: this is Node.js ${process.versions.node}; ${OLDEST_NODE} or newer is needed\n`);
    process.exitCode = 1;
    return;
  }
  const isAction = process.env.GITHUB_ACTIONS === 'true' && process.argv.length === 2;
  if (isAction) {
    const { runAction } = await import('./actions/run-action.js');
    // The runner starts an action by its file: dist/index.js, dist/verify.js.
    process.exitCode = await runAction(entry, basename(process.argv[1] ?? '', '.js'));
  } else {
    const { runCommandLine } = await import('./cli/command-line.js');
    process.exitCode = await runCommandLine(entry, process.argv.slice(2));
  }
}
