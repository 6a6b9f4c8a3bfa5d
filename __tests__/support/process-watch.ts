import { readdirSync, readFileSync } from 'node:fs';
import type { Canary } from './canary.js';

export interface ProcessWatch {
  /** Ends it: where the canary was, as `PROGRAM: argv`, each once. */
  stop(): string[];
  /** Names of the programs that ran. */
  readonly programs: ReadonlySet<string>;
  /** How often it looked. */
  readonly looks: number;
}

const INTERVAL = 10;

/**
 * Looks at the arguments and the environment of a process and of all that it starts, every ten milliseconds.
 * @param given whether the process itself was given the canary in its environment, by whoever started it
 */
export function watchProcesses(root: number, canary: Canary, given: boolean): ProcessWatch {
  const known = new Set([root]);
  const found = new Set<string>();
  const programs = new Set<string>();
  const state = { looks: 0 };
  const look = () => {
    state.looks++;
    const argv = read(root, 'cmdline');
    for (const pid of known) {
      for (const child of childrenOf(pid)) known.add(child);
      const line = read(pid, 'cmdline');
      const name = line.split('\0')[0]?.replace(/.*\//, '') ?? '';
      if (name !== '') programs.add(name);
      if (canary.isIn(line)) found.add(`${name}: argv`);
      // Between fork and exec a child is still a copy of who started it.
      const isRoot = pid === root || line === argv;
      if (!(given && isRoot) && canary.isIn(read(pid, 'environ'))) found.add(`${name}: environment`);
    }
  };
  const timer = setInterval(look, INTERVAL);
  look();
  return {
    programs,
    get looks() {
      return state.looks;
    },
    stop: () => {
      clearInterval(timer);
      return [...found];
    },
  };
}

/** Process ids of what a process has started, by any of its threads. */
function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return []; // ended meanwhile
  }
}

function read(pid: number, name: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return '';
  }
}
