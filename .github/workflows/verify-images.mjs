// Verifies references one after the other with the command line, and hands all verdicts on, also that of the action in
// the step before. A verdict does not fail this step: the job that sees those of all runners decides.
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { FIRST, FIRST_OUTPUTS, OTHERS, TLS_VERIFY, GITHUB_OUTPUT, GITHUB_STEP_SUMMARY, RUNNER_TEMP } = process.env;
const folder = mkdtempSync(join(RUNNER_TEMP || tmpdir(), 'verify-'));

/** What verify said; where it said nothing, as where the registry could not be asked, nothing was performed. */
function verdictOf(outputs) {
  return { verdict: outputs?.verdict || 'not-performed', digest: outputs?.digest ?? '' };
}

function verify(image, reportDir) {
  // The action's own environment would make this a step of its own.
  const { GITHUB_ACTIONS: _, ...env } = process.env;
  const args = ['.', 'verify', image, '--json', '--report-dir', reportDir, `--tls-verify=${TLS_VERIFY}`];
  const { stdout } = spawnSync(process.execPath, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const report = join(reportDir, 'report.md');
  if (GITHUB_STEP_SUMMARY && existsSync(report)) appendFileSync(GITHUB_STEP_SUMMARY, `${readFileSync(report)}\n`);
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

const verdicts = { [FIRST]: verdictOf(JSON.parse(FIRST_OUTPUTS || '{}')) };
for (const [index, image] of (OTHERS ?? '').split(' ').filter(Boolean).entries()) {
  verdicts[image] = verdictOf(verify(image, join(folder, String(index))));
}
for (const [image, { verdict, digest }] of Object.entries(verdicts)) console.log(`${image} ${digest}: ${verdict}`);
appendFileSync(GITHUB_OUTPUT, `verdicts=${JSON.stringify(verdicts)}\n`);
