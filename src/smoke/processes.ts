import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { sendSignal } from '../base/process.js';

/** A process of this machine, zombies left out: they have ended, and wait for nobody but their parent. */
export interface FoundProcess {
  readonly pid: number;
  readonly argv: readonly string[];
}

/**
 * The processes that were started with an argument, wherever they are by now: a container's program is no child of
 * what started the container.
 * @param mark an argument that nobody else's process has
 */
export async function processesWith(mark: string): Promise<FoundProcess[]> {
  const found: FoundProcess[] = [];
  for (const name of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    // A zombie's is empty.
    const cmdline = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    const argv = cmdline.split('\0').slice(0, -1);
    if (argv.includes(mark)) found.push({ pid: Number(name), argv });
  }
  return found;
}

/**
 * Ends every process that has the mark, and waits for that.
 * @returns those that are left after a second and a half
 */
export async function endAllWith(mark: string): Promise<FoundProcess[]> {
  for (const end = Date.now() + 1500; ; await sleep(30)) {
    const left = await processesWith(mark);
    if (left.length === 0 || Date.now() > end) return left;
    for (const { pid } of left) sendSignal(pid, 'SIGKILL');
  }
}
