import { Command, CommanderError } from 'commander';
import { CancelledError, ExitCode, InputError, messageOf, RunError } from '../base/errors.js';
import { projectVersion } from '../base/project.js';
import { cancelOnSignals } from '../base/signals.js';
import { nearest } from '../inputs/nearest.js';
import { BUILD, flagsOf, type InputName, MERGE, OUTDATED, PUBLISH, VERIFY } from '../inputs/raw-inputs.js';
import { isPasswordFlag, RUN_FLAGS, rawInputs, withInputs } from './flags.js';
import { addPublishCommands } from './publish-flags.js';
import { terminalLog } from './terminal-log.js';

/** Inputs that `patch` takes. */
const PATCH_INPUTS: readonly InputName[] = ['pushgateway-version', 'source', 'patches', 'go-version'];

/** Inputs of `verify` that `diff` takes. */
const DIFF_INPUTS: readonly InputName[] = ['platforms', 'tls-verify', 'retries'];

/** What a command does, ending with an exit code of the contract. */
type Work = () => Promise<number>;

/**
 * The command line: `node . COMMAND [FLAGS]`.
 * @returns the exit code of the contract
 */
export async function runCommandLine(entry: URL, args: readonly string[]): Promise<number> {
  const log = terminalLog(process.stderr);
  const { signal, release } = cancelOnSignals();
  let work: Work | undefined;
  const program = commands(entry, (chosen) => {
    work = chosen;
  });
  try {
    program.parse([...args], { from: 'user' });
    if (!work) program.outputHelp({ error: true });
    return (await work?.()) ?? ExitCode.badInput;
  } catch (error) {
    log.clear();
    return report(error, signal.aborted, args[0]);
  } finally {
    release();
  }

  function commands(from: URL, choose: (work: Work) => void): Command {
    const root = new Command('pushgateway-ttl')
      .description('Reproducible multi-architecture OCI images of Prometheus Pushgateway whose pushed metrics expire.')
      .version(projectVersion(from), '--version', 'Print the version of this program.')
      .helpOption('-h, --help', 'Print this help.')
      .helpCommand(false)
      .configureHelp({ helpWidth: Math.min(process.stderr.columns || 120, 120) })
      .configureOutput({ outputError: () => {} })
      .exitOverride();
    withInputs(root.command('build'), BUILD, flagsOf(BUILD))
      .description('Build the images, their index, and the files beside them.')
      .option('--json', 'Print the outputs as one JSON object on standard output.')
      .option('--dry-run', 'Print the build spec and the plan; start nothing.')
      .option('--no-cache', 'The same as --cache false.')
      .action((flags) =>
        choose(async () =>
          (await import('./build-command.js')).runBuild(rawInputs(flags, BUILD), flags, from, log, signal),
        ),
      );
    withInputs(
      root.command('verify').argument('[image]', 'The image; the same as --image.'),
      VERIFY,
      flagsOf(VERIFY),
      1,
    )
      .description('Rebuild an image from the spec that it carries, and say whether it is the same, and if not, why.')
      .option('--json', 'Print the outputs as one JSON object on standard output.')
      .action((image: string | undefined, flags) =>
        choose(async () =>
          (await import('./verify-command.js')).runVerify(image, rawInputs(flags, VERIFY), flags, from, log, signal),
        ),
      );
    withInputs(root.command('diff').argument('<a>', 'An image.').argument('<b>', 'Another.'), VERIFY, DIFF_INPUTS, 2)
      .description('Say what tells two images apart, and why: a registry, oci:FOLDER, or an OCI archive each.')
      .option('--json', 'Print the report as one JSON object on standard output.')
      .action((a: string, b: string, flags) =>
        choose(async () =>
          (await import('./verify-command.js')).runDiff([a, b], rawInputs(flags, VERIFY), flags, from, log, signal),
        ),
      );
    withInputs(
      root.command('merge').argument('[layouts...]', 'Folders and archives; the same as --layouts.'),
      MERGE,
      flagsOf(MERGE),
      Number.POSITIVE_INFINITY,
    )
      .description('Join images that were built one platform a run into one index, the same as one build makes.')
      .option('--json', 'Print the outputs as one JSON object on standard output.')
      .action((layouts: string[], flags) =>
        choose(async () =>
          (await import('./merge-command.js')).runMerge(layouts, rawInputs(flags, MERGE), flags, from, log, signal),
        ),
      );
    withInputs(
      root.command('outdated').argument('[image]', 'A published image; the same as --image.'),
      OUTDATED,
      flagsOf(OUTDATED),
      1,
    )
      .description('Say what is newer or known to be vulnerable, with which inputs a re-cut mends it, and build that.')
      .option('--json', 'Print the report as one JSON object on standard output.')
      .option('--exit-code', 'End with 1 where a re-cut is due.')
      .action((image: string | undefined, flags) =>
        choose(async () =>
          (await import('./outdated-command.js')).runOutdated(
            image,
            rawInputs(flags, OUTDATED),
            flags,
            from,
            log,
            signal,
          ),
        ),
      );
    addPublishCommands(root, (call) =>
      choose(async () => (await import('./publish-command.js')).runPublish(call, from, log, signal)),
    );
    // Not for people: the second process of a build with rebuild-check.
    root
      .command('rebuild', { hidden: true })
      .action(() => choose(async () => (await import('./rebuild-command.js')).runRebuild(from, log, signal)));
    withInputs(root.command('patch'), BUILD, PATCH_INPUTS)
      .description('Write the patched source tree to a folder, to look at, test or debug.')
      .requiredOption('--to <folder>', 'Folder for the tree; new or empty.')
      .option('--json', 'Print the result as one JSON object on standard output.')
      .action((flags) =>
        choose(async () =>
          (await import('./build-command.js')).runPatch(rawInputs(flags, BUILD), flags, from, log, signal),
        ),
      );
    return root;
  }
}

/** Whether a command works on buckets, where what was uploaded stays. */
function isPublishing(command: string | undefined): boolean {
  return command === 'container' || command === 'static';
}

/** Flags of a command and of those that share names with it, for a guess at what was meant. */
function flagsNear(command: string | undefined): readonly InputName[] {
  if (isPublishing(command)) return flagsOf(PUBLISH);
  return [...flagsOf(BUILD), ...flagsOf(VERIFY), ...flagsOf(MERGE), ...flagsOf(OUTDATED)];
}

/** Says what went wrong, without a stack trace for what is the user's or the world's, and picks the exit code. */
function report(error: unknown, cancelled: boolean, command: string | undefined): number {
  if (error instanceof CommanderError) return reportUsage(error, flagsNear(command));
  if (cancelled || error instanceof CancelledError) {
    const left = error instanceof CancelledError ? error.left : undefined;
    process.stderr.write(`cancelled; ${left ?? 'nothing was left behind'}\n`);
    return ExitCode.failed;
  }
  if (error instanceof InputError) {
    process.stderr.write(`error: ${error.input === undefined ? '' : `${error.input}: `}${error.message}\n`);
    return ExitCode.badInput;
  }
  if (error instanceof RunError) {
    process.stderr.write(`error: ${error.message}\n`);
    return ExitCode.failed;
  }
  process.stderr.write(
    `error: ${messageOf(error)}\nThis is a defect of pushgateway-ttl; please report it with the lines below.\n`,
  );
  process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`);
  return ExitCode.failed;
}

/** @param names of the flags that there are, for a guess at what was meant */
function reportUsage(error: CommanderError, names: readonly string[]): number {
  if (error.exitCode === 0) return ExitCode.done; // help and version, printed already
  if (error.code === 'commander.help') return ExitCode.badInput;
  let message = error.message.replace(/^error: /, '');
  const flag = /unknown option '--([^'=]*)/.exec(message)?.[1];
  const guess = flag === undefined ? undefined : nearest(flag, [...names, ...RUN_FLAGS]);
  if (isPasswordFlag(flag ?? '')) {
    message = 'a password is never a flag; set REGISTRY_PASSWORD, or use --registry-password-stdin';
  } else if (flag !== undefined)
    message = `unknown flag --${flag}${guess ? `; did you mean --${guess}?` : '; see --help'}`;
  process.stderr.write(`error: ${message}\n`);
  return ExitCode.badInput;
}
