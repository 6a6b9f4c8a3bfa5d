import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import * as core from '@actions/core';
import { ExitCode } from '../base/errors.js';
import { verify } from '../commands/verify/verify.js';
import { setWorkerEntry } from '../image/compress.js';
import { VERIFY } from '../inputs/raw-inputs.js';
import { parseVerifyOptions } from '../inputs/verify-options.js';
import { builtinSets } from '../source/builtin-sets.js';
import { meaningOf } from '../verify/report/report.js';
import { reportMarkdown } from '../verify/report/report-markdown.js';
import { reportText } from '../verify/report/report-text.js';
import { contextFor } from './context.js';
import { readInputs } from './inputs.js';
import { takePassword } from './secrets.js';
import { orWarn } from './summary.js';

/** The action `verify`: reads the inputs, rebuilds and compares, sets the outputs. */
export async function runVerify(entry: URL, signal: AbortSignal): Promise<number> {
  const password = takePassword(process.env);
  const raw = readInputs(VERIFY, process.env, core.warning);
  const context = contextFor(entry, signal);
  const options = parseVerifyOptions(raw, await builtinSets(context.patchesDir), password);
  const fresh = join(context.tempDir, `pushgateway-ttl-report-${randomBytes(6).toString('hex')}`);
  setWorkerEntry(entry);
  const { report, outputs, exitCode } = await verify(options, raw, resolve(options.reportDir ?? fresh), context);
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  core.info(reportText(report));
  if (options.summary) await orWarn(() => core.summary.addRaw(reportMarkdown(report)).write());
  if (exitCode !== ExitCode.done) core.error(meaningOf(report), { title: `Verify: ${report.verdict}` });
  return exitCode;
}
