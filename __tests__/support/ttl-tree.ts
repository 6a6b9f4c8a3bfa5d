import { join } from 'node:path';
import { expect } from 'vitest';
import { type Ended, exec, freshFolder, mustExec, program } from './program.js';

/** Writes a release of upstream with a patch set, its tests included; the folder of the tree. */
export async function patchedTree(version: string, patches: string): Promise<string> {
  const tree = join(freshFolder('tree'), 'tree');
  const args = ['--pushgateway-version', version, '--patches', patches, '--to', tree];
  const { code, stderr } = await program(['patch', ...args]);
  if (code !== 0) throw new Error(stderr);
  return tree;
}

const env = { ...process.env, GOFLAGS: '-mod=mod', GOTOOLCHAIN: 'local', GOWORK: 'off' };

/** `go ARGS` in a tree. */
export function go(tree: string, ...args: string[]): Promise<Ended> {
  return exec('go', args, { cwd: tree, env });
}

/** What holds of the patched tree of every release: it is vetted, and all tests pass with the race detector. */
export async function checkTree(version: string): Promise<void> {
  const tree = await patchedTree(version, 'ttl');
  expect(await mustExec('gofmt', ['-l', 'main.go', 'storage'], { cwd: tree })).toBe('');
  const vet = await go(tree, 'vet', './...');
  expect(vet.stderr.replaceAll(/^go: .*\n/gm, ''), 'go vet').toBe('');
  expect(vet.code).toBe(0);
  const { code, stdout, stderr } = await go(tree, 'test', '-race', '-count=1', './...');
  expect(code, `${stdout}\n${stderr}`).toBe(0);
  for (const name of ['api/v1', 'handler', 'storage'])
    expect(stdout).toMatch(new RegExp(`^ok\\s+github.com/prometheus/pushgateway/${name}\\s`, 'm'));
}
