import { join } from 'node:path';
import { messageOf } from '../../src/base/errors.js';
import { silentLog } from '../../src/base/log.js';
import { type ExerciseOptions, exercise, LIMITS, type Limits } from '../../src/smoke/exercise.js';
import { nativeLauncher } from '../../src/smoke/launcher.js';
import { processesWith } from '../../src/smoke/processes.js';

const GATEWAY = join(import.meta.dirname, 'odd-gateway.mjs');

/** An exercise of the stand-in with a fault, and the marks of its starts. */
export function oddGateway(
  fault: string,
  { expiry = true, limits = {} as Partial<Limits>, signal = undefined as AbortSignal | undefined } = {},
): { options: ExerciseOptions; marks: string[] } {
  const marks: string[] = [];
  const native = nativeLauncher([process.execPath, GATEWAY, fault], '/', process.env.PATH);
  const launcher = {
    run: native.run,
    start: (args: readonly string[], mark: string) => {
      marks.push(mark);
      return native.start(args, mark);
    },
  };
  const version = '1.11.3+ttl.1';
  const all = { ...LIMITS, ...limits };
  return {
    options: { title: 'linux/x (test)', launcher, version, expiry, limits: all, log: silentLog, signal },
    marks,
  };
}

export interface Tried {
  readonly message: string | undefined;
  readonly starts: number;
  /** Processes that are left of it. */
  readonly left: number;
}

/** Exercises the stand-in to the end. */
export async function attempt(fault: string, how: Parameters<typeof oddGateway>[1] = {}): Promise<Tried> {
  const { options, marks } = oddGateway(fault, how);
  const message = await exercise(options).then(() => undefined, messageOf);
  const left = (await Promise.all(marks.map(processesWith))).flat().length;
  return { message, starts: marks.length, left };
}
