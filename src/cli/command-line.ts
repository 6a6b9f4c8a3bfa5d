import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { CancelledError, ExitCode, InputError, messageOf, RunError } from '../base/errors.js';
import { cancelOnSignals } from '../base/signals.js';
import { BUILD_INPUTS } from '../inputs/build-inputs.js';
import {
  BOOLEAN_INPUTS,
  INPUT_NAMES,
  type InputName,
  LIST_INPUTS,
  nearest,
  type RawInputs,
  SECRET_INPUT,
} from '../inputs/raw-inputs.js';
import { terminalLog } from './terminal-log.js';

/** Flags that are not inputs: they say how the command line itself behaves. */
const RUN_FLAGS = ['json', 'dry-run', 'no-cache', 'registry-password-stdin', 'to', 'help'];

/** Inputs that `patch` takes. */
const PATCH_INPUTS: readonly InputName[] = ['pushgateway-version', 'source', 'patches', 'go-version'];

/**
 * The command line: `node . COMMAND [FLAGS]`.
 * @returns the exit code of the contract
 */
export async function runCommandLine(entry: URL, args: readonly string[]): Promise<number> {
  const log = terminalLog(process.stderr);
  const { signal, release } = cancelOnSignals();
  let work: (() => Promise<void>) | undefined;
  const program = commands(entry, (chosen) => {
    work = chosen;
  });
  try {
    program.parse([...args], { from: 'user' });
    if (!work) program.outputHelp({ error: true });
    await work?.();
    return work ? ExitCode.done : ExitCode.badInput;
  } catch (error) {
    log.clear();
    return report(error, signal.aborted);
  } finally {
    release();
  }

  function commands(from: URL, choose: (work: () => Promise<void>) => void): Command {
    const root = new Command('pushgateway-ttl')
      .description('Reproducible multi-architecture OCI images of Prometheus Pushgateway whose pushed metrics expire.')
      .version(projectVersion(from), '--version', 'Print the version of this program.')
      .helpOption('-h, --help', 'Print this help.')
      .helpCommand(false)
      .configureHelp({ helpWidth: Math.min(process.stderr.columns || 120, 120) })
      .configureOutput({ outputError: () => {} })
      .exitOverride();
    const build = withInputs(root.command('build'), INPUT_NAMES)
      .description('Build the images, their index, and the files beside them.')
      .option('--json', 'Print the outputs as one JSON object on standard output.')
      .option('--dry-run', 'Print the build spec and the plan; start nothing.')
      .option('--registry-password-stdin', 'Read the password for --registry-username from standard input.')
      .option('--no-cache', 'The same as --cache false.');
    build.action((flags) =>
      choose(async () => (await import('./build-command.js')).runBuild(rawInputs(flags), flags, from, log, signal)),
    );
    const patch = withInputs(root.command('patch'), PATCH_INPUTS)
      .description('Write the patched source tree to a folder, to look at, test or debug.')
      .requiredOption('--to <folder>', 'Folder for the tree; new or empty.')
      .option('--json', 'Print the result as one JSON object on standard output.');
    patch.action((flags) =>
      choose(async () => (await import('./build-command.js')).runPatch(rawInputs(flags), flags, from, log, signal)),
    );
    return root;
  }
}

/** Gives a command one flag for each input. */
function withInputs(command: Command, names: readonly InputName[]): Command {
  for (const { name, default: value, description } of BUILD_INPUTS) {
    if (!names.includes(name)) continue;
    const form = BOOLEAN_INPUTS.has(name) ? `--${name} [boolean]` : `--${name} <value>`;
    const more = LIST_INPUTS.has(name) ? ' May be repeated.' : '';
    const shown = value === '' ? '' : ` (default: ${value.replaceAll('\n', ', ')})`;
    // Values are collected, so that a flag that comes twice is seen.
    command.option(
      form,
      `${description.replaceAll('`', '')}${more}${shown}`,
      (item: string, before: string[] | undefined) => [...(before ?? []), item],
    );
  }
  return command
    .allowExcessArguments(true)
    .hook('preAction', (_root, called) => {
      const [word] = called.args;
      if (word !== undefined)
        throw new InputError(`${JSON.stringify(word)} belongs to no flag; flags begin with --, see --help`);
    })
    .exitOverride()
    .configureOutput({ outputError: () => {} });
}

/** What commander made of the flags, by the names of the inputs. */
function rawInputs(flags: Record<string, unknown>): RawInputs {
  const raw = new Map<InputName, readonly string[]>();
  for (const name of INPUT_NAMES) {
    const value = flags[camelCase(name)];
    if (Array.isArray(value)) raw.set(name, value as string[]);
    // A boolean flag without a value is yes; `--no-cache` is no.
    else if (value === true && BOOLEAN_INPUTS.has(name) && name !== 'cache') raw.set(name, ['true']);
    else if (value === false) raw.set(name, ['false']);
  }
  return raw;
}

function camelCase(name: string): string {
  return name.replaceAll(/-(.)/g, (_match, letter: string) => letter.toUpperCase());
}

function projectVersion(entry: URL): string {
  return (JSON.parse(readFileSync(new URL('../package.json', entry), 'utf8')) as { version: string }).version;
}

/** The project's own folder. */
export function projectFolder(entry: URL): string {
  return fileURLToPath(new URL('..', entry));
}

/** Says what went wrong, without a stack trace for what is the user's or the world's, and picks the exit code. */
function report(error: unknown, cancelled: boolean): number {
  if (error instanceof CommanderError) return reportUsage(error);
  if (cancelled || error instanceof CancelledError) {
    process.stderr.write('cancelled; nothing was left behind\n');
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

function reportUsage(error: CommanderError): number {
  if (error.exitCode === 0) return ExitCode.done; // help and version, printed already
  if (error.code === 'commander.help') return ExitCode.badInput;
  let message = error.message.replace(/^error: /, '');
  const flag = /unknown option '--([^'=]*)/.exec(message)?.[1];
  const guess = flag === undefined ? undefined : nearest(flag, [...INPUT_NAMES, ...RUN_FLAGS]);
  if (new RegExp(`^${SECRET_INPUT}\\b`).test(flag ?? '')) {
    message = 'a password is never a flag; set REGISTRY_PASSWORD, or use --registry-password-stdin';
  } else if (flag !== undefined)
    message = `unknown flag --${flag}${guess ? `; did you mean --${guess}?` : '; see --help'}`;
  process.stderr.write(`error: ${message}\n`);
  return ExitCode.badInput;
}
