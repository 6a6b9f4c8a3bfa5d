import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError } from '../base/errors.js';
import { within } from '../base/limit.js';
import { run } from '../base/process.js';
import type { Platform } from '../spec/platform.js';
import type { GoHost } from '../toolchain/host.js';
import { findOnPath } from '../toolchain/path-search.js';
import { exit42Program, MACHINES, type Machine } from './elf.js';

/** How programs of a platform run on this machine. */
export type WayToRun =
  | {
      /** What stands before the program: nothing, or an emulator. */
      readonly command: readonly string[];
      /** `natively`, `by qemu-aarch64-static`. */
      readonly how: string;
    }
  | { readonly missing: string };

export interface RunnerOptions {
  readonly host: GoHost;
  /** The user's; emulators are looked for on its PATH. */
  readonly env: Readonly<Record<string, string>>;
  /** A private folder that exists. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
}

const BINFMT = '/proc/sys/fs/binfmt_misc';

/**
 * Finds out how programs of a platform run here, or why they cannot. Beside the host's own, this is tried with a
 * program of a few bytes that ends with a known code: what stands in binfmt_misc may not work, processors with 64 bits
 * may know those with 32 or not, and where the kernel refuses a program, starting it through libuv gives it to
 * /bin/sh, so that the program itself must not be what is tried.
 */
export async function wayToRun(platform: Platform, options: RunnerOptions): Promise<WayToRun> {
  const { host, env } = options;
  if (platform.os !== 'linux') return { missing: `${titleCase(platform.os)} programs do not run here` };
  if (host.os !== 'linux') return { missing: `Linux programs do not run on ${host.os}` };
  const { architecture } = platform;
  if (architecture === host.arch) return { command: [], how: 'natively' };
  const machine = MACHINES[architecture];
  if (machine === undefined) return { missing: `how to run ${architecture} programs here is not known` };
  if (await runs([], machine, options)) return { command: [], how: await howDirectly(architecture, machine, host) };
  for (const name of [`qemu-${machine.qemu}-static`, `qemu-${machine.qemu}`]) {
    const path = await findOnPath(name, env);
    if (path !== undefined && (await runs([path], machine, options))) return { command: [path], how: `by ${name}` };
  }
  return {
    missing:
      `${architecture} programs do not run here: no qemu-user is registered for them or on PATH; register it, as ` +
      `docker/setup-qemu-action does, or install qemu-${machine.qemu} (Debian's qemu-user-static)`,
  };
}

function titleCase(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Whether the machine's tiny program ends as it should. */
async function runs(
  command: readonly string[],
  machine: Machine,
  { env, folder, signal }: RunnerOptions,
): Promise<boolean> {
  const probe = join(folder, `runs-${machine.qemu}-${command.length}`);
  await writeFile(probe, exit42Program(machine), { mode: 0o755 });
  const [first = probe, ...args] = [...command, probe];
  try {
    const options = { cwd: folder, env: { PATH: env.PATH ?? '' } };
    const work = (signal: AbortSignal) => run(first, args, { ...options, signal });
    return (await within(30_000, signal, work, () => new Error('it hangs'))).code === 42;
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    return false;
  } finally {
    await rm(probe, { force: true });
  }
}

/** Words for programs of another architecture that the kernel runs: it knows them itself, or has an emulator. */
async function howDirectly(architecture: string, machine: Machine, host: GoHost): Promise<string> {
  const entry = await readFile(join(BINFMT, `qemu-${machine.qemu}`), 'utf8').catch(() => '');
  const isKin = ['amd64 386', 'arm64 arm', 'mips64 mips', 'mips64le mipsle'].includes(`${host.arch} ${architecture}`);
  return isKin && !/^enabled$/m.test(entry) ? 'natively' : 'by the emulator registered in binfmt_misc';
}
