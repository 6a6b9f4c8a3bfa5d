import { resolve } from 'node:path';
import { ExitCode } from '../base/errors.js';
import { outdated } from '../commands/outdated/outdated.js';
import { setWorkerEntry } from '../image/compress.js';
import { parseOutdatedOptions } from '../inputs/outdated-options.js';
import type { RawInputs } from '../inputs/raw-inputs.js';
import { outdatedText } from '../output/outdated-text.js';
import { builtinSets } from '../source/builtin-sets.js';
import { contextFor } from './context.js';
import { type Flags, withImage } from './flags.js';
import { registryPassword } from './password.js';
import type { TerminalLog } from './terminal-log.js';

/**
 * `outdated`: the report on standard output; with `--exit-code`, 1 where a re-cut is due.
 * @param image the first word, if there is one
 */
export async function runOutdated(
  image: string | undefined,
  given: RawInputs,
  flags: Flags,
  entry: URL,
  log: TerminalLog,
  signal: AbortSignal,
): Promise<number> {
  const raw = withImage(image, given);
  const context = contextFor(entry, log, signal);
  const password = await registryPassword(flags.registryPasswordStdin === true, raw);
  const options = parseOutdatedOptions(raw, await builtinSets(context.patchesDir), password);
  setWorkerEntry(entry);
  const outputDir = options.outputDir === undefined ? undefined : resolve(options.outputDir);
  const { report, exitCode } = await outdated(options, outputDir, context);
  log.clear();
  process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : `\n${outdatedText(report)}`);
  const isDue = flags.exitCode === true && report.state === 'outdated';
  return exitCode === ExitCode.done && isDue ? ExitCode.failed : exitCode;
}
