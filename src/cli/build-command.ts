import { resolve } from 'node:path';
import { ExitCode, InputError } from '../base/errors.js';
import { build } from '../commands/build/build.js';
import { patch } from '../commands/build/patch.js';
import { type Plan, planBuild } from '../commands/build/plan.js';
import { setWorkerEntry } from '../image/compress.js';
import { parseBuildOptions } from '../inputs/build-options.js';
import type { RawInputs } from '../inputs/raw-inputs.js';
import { resultText } from '../output/result-text.js';
import { builtinSets } from '../source/builtin-sets.js';
import { encodeSpec } from '../spec/build-spec.js';
import { contextFor } from './context.js';
import type { Flags } from './flags.js';
import { registryPassword } from './password.js';
import type { TerminalLog } from './terminal-log.js';

/** `build`: prose on standard error; on standard output the digest, or with `--json` the outputs. */
export async function runBuild(
  raw: RawInputs,
  flags: Flags,
  entry: URL,
  log: TerminalLog,
  signal: AbortSignal,
): Promise<number> {
  const context = contextFor(entry, log, signal);
  const password = await registryPassword(flags.registryPasswordStdin === true, raw);
  // On the command line nothing is put into the user's storage unasked.
  const given = raw.has('load') ? raw : new Map([...raw, ['load', ['false']] as const]);
  const options = parseBuildOptions(given, await builtinSets(context.patchesDir), password);
  const outputDir = resolve(options.outputDir ?? 'out');
  if (flags.dryRun) {
    const plan = await planBuild(options, outputDir, context);
    process.stdout.write(flags.json ? `${planJson(plan)}\n` : planText(plan));
    return ExitCode.done;
  }
  setWorkerEntry(entry);
  const result = await build(options, outputDir, context);
  log.clear();
  process.stderr.write(`\n${resultText(result)}`);
  process.stdout.write(flags.json ? `${JSON.stringify(result.outputs)}\n` : `${result.digest}\n`);
  return ExitCode.done;
}

/** `patch`: writes the patched tree and says where it is. */
export async function runPatch(
  raw: RawInputs,
  flags: Flags,
  entry: URL,
  log: TerminalLog,
  signal: AbortSignal,
): Promise<number> {
  const context = contextFor(entry, log, signal);
  const options = parseBuildOptions(raw, await builtinSets(context.patchesDir));
  const to = String(flags.to);
  if (to === '')
    throw new InputError('The folder is empty text. Accepted for --to: a folder that is new or empty', 'to');
  const result = await patch(options, resolve(to), context);
  log.clear();
  process.stderr.write(`pushgateway ${result.version}, patched, in ${result.tree}\n`);
  process.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : `${result.tree}\n`);
  return ExitCode.done;
}

/** What is also an output has the output's name. */
function planJson({ spec, specDigest, unresolved, steps }: Plan): string {
  return JSON.stringify({ spec, 'spec-digest': specDigest, unresolved, steps });
}

function planText(plan: Plan): string {
  const spec = plan.spec
    ? `${JSON.stringify(JSON.parse(encodeSpec(plan.spec)), null, 2)}\n\nspec digest: ${plan.specDigest}\n`
    : `The spec is whole only when a build has found out:\n${plan.unresolved.map((line) => `  - ${line}\n`).join('')}`;
  return `${spec}\nPlan:\n${plan.steps.map((step, index) => `  ${index + 1}. ${step}\n`).join('')}`;
}
