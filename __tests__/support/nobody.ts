import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { scratch } from './files.js';
import { type Ended, exec, freshFolder, mustExec, PROJECT } from './program.js';

/** A folder that everybody may write to; gone after the test. */
export async function publicScratch(): Promise<string> {
  const folder = scratch();
  chmodSync(folder, 0o777);
  return folder;
}

let compilation: Promise<string> | undefined;

/** Address of a module of `src/`, compiled, for a process of its own: `base/workspace.js`. */
export async function compiled(module: string): Promise<string> {
  compilation ??= (async () => {
    const folder = freshFolder('compiled');
    const tsc = join(PROJECT, 'node_modules', '.bin', 'tsc');
    await mustExec(tsc, ['-p', join(PROJECT, 'tsconfig.json'), '--noCheck', '--outDir', join(folder, 'lib')]);
    await mustExec('cp', [join(PROJECT, 'package.json'), folder]);
    await mustExec('chmod', ['-R', 'a+rX', folder]);
    return folder;
  })();
  return pathToFileURL(join(await compilation, 'lib', module)).href;
}

/** Runs a program of JavaScript as a user without rights; root's rights would pass over every permission. */
export function asNobody(program: string): Promise<Ended> {
  const args = ['--input-type=module', '-e', program];
  return process.getuid?.() === 0
    ? exec('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, ...args], { cwd: '/' })
    : exec(process.execPath, args, { cwd: '/' });
}

/** Runs a program of JavaScript in a process of its own. */
export function asChild(program: string): Promise<Ended> {
  return exec(process.execPath, ['--input-type=module', '-e', program], { cwd: '/' });
}
