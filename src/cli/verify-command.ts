import { resolve } from 'node:path';
import { ExitCode } from '../base/errors.js';
import { diff } from '../commands/verify/diff.js';
import { verify } from '../commands/verify/verify.js';
import { setWorkerEntry } from '../image/compress.js';
import { parseImageLocation } from '../inputs/image-location.js';
import type { RawInputs } from '../inputs/raw-inputs.js';
import { parseDiffOptions, parseVerifyOptions } from '../inputs/verify-options.js';
import { builtinSets } from '../source/builtin-sets.js';
import { reportJson } from '../verify/report/report.js';
import { reportText } from '../verify/report/report-text.js';
import { contextFor } from './context.js';
import { type Flags, withImage } from './flags.js';
import { registryPassword } from './password.js';
import type { TerminalLog } from './terminal-log.js';

/**
 * `verify`: the report on standard error; on standard output the verdict, or with `--json` the outputs.
 * @param image the first word, if there is one
 */
export async function runVerify(
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
  const options = parseVerifyOptions(raw, await builtinSets(context.patchesDir), password);
  setWorkerEntry(entry);
  const result = await verify(options, raw, resolve(options.reportDir ?? 'verify-report'), context);
  log.clear();
  process.stderr.write(`\n${reportText(result.report)}report:   ${result.outputs.report}\n`);
  process.stdout.write(flags.json ? `${JSON.stringify(result.outputs)}\n` : `${result.outputs.verdict}\n`);
  return result.exitCode;
}

/** `diff`: the report on standard output; 1 where the images differ. */
export async function runDiff(
  [a, b]: readonly [string, string],
  raw: RawInputs,
  flags: Flags,
  entry: URL,
  log: TerminalLog,
  signal: AbortSignal,
): Promise<number> {
  const context = contextFor(entry, log, signal);
  const report = await diff(
    [parseImageLocation(a, 'a'), parseImageLocation(b, 'b')],
    parseDiffOptions(raw),
    raw,
    context,
  );
  log.clear();
  process.stdout.write(flags.json ? reportJson(report) : reportText(report));
  return report.verdict === 'reproducible' ? ExitCode.done : ExitCode.failed;
}
