import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { removeFolder } from './files.js';
import { type Ended, exec, PROJECT } from './program.js';

/** Runs a script of .github/workflows as a step does. The outputs are what it wrote to GITHUB_OUTPUT. */
export async function runScript(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  cwd = PROJECT,
): Promise<Ended & { outputs: Record<string, string> }> {
  const folder = mkdtempSync(join(tmpdir(), 'pushgateway-ttl-test-script-'));
  onTestFinished(() => removeFolder(folder));
  const file = join(folder, 'outputs');
  writeFileSync(file, '');
  const script = join(PROJECT, '.github', 'workflows', name);
  const ended = await exec(process.execPath, [script], {
    cwd,
    env: { PATH: process.env.PATH, HOME: folder, GITHUB_OUTPUT: file, ...env },
  });
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  const outputs = lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
  return { ...ended, outputs: Object.fromEntries(outputs) };
}
