import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { RunError } from '../base/errors.js';
import { within } from '../base/limit.js';
import { type RunResult, run, sendSignal } from '../base/process.js';
import { type ContainerTool, toolEnvironment } from '../toolchain/container-tools.js';
import { mayMoveTemporaryFiles } from '../toolchain/tool-environment.js';
import { type Launcher, startServer } from './launcher.js';
import type { LayoutImage } from './layout-image.js';
import { processesWith } from './processes.js';

/** Podman or buildah, as the smoke test uses them. */
export interface Engine {
  /**
   * Runs a program that is known to run in a container that owes nothing to the image under test.
   * @returns what the engine said where it cannot run containers here
   */
  probe(binary: string): Promise<string | undefined>;
  /** The image in the engine's storage, ready to be run. */
  open(image: LayoutImage, layoutDir: string): Promise<OpenImage>;
}

export interface OpenImage {
  readonly launcher: Launcher;
  /** Removes what `open` and the launcher made, and nothing that was there before. */
  close(): Promise<void>;
}

export interface EngineOptions {
  readonly tool: ContainerTool;
  /** The user's. */
  readonly env: Readonly<Record<string, string>>;
  /** A private folder that exists. */
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
}

/** Milliseconds for a command that copies an image; for a probe; for one of those that clean up, and when cancelled. */
const PATIENCE = { command: 600_000, probe: 60_000, cleaning: 60_000, cancelled: 2000 } as const;

/** The user that probes run as, so that they need what the image needs: more than one user in the namespace. */
export const PROBE_USER = '65534';

/** The command line of one engine. */
export class EngineCommand {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  private readonly tool: ContainerTool;
  private readonly signal: AbortSignal | undefined;

  constructor({ tool, env, folder, signal }: EngineOptions) {
    this.tool = tool;
    this.folder = folder;
    this.env = engineEnvironment(env, folder);
    this.signal = signal;
  }

  get path(): string {
    return this.tool.path;
  }

  /** Runs a command that must succeed; its standard output. */
  async must(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.try(PATIENCE.command, args);
    if (code === 0) return stdout.trim();
    throw new RunError(`${this.tool.name} ${args[0]} ended with code ${code}: ${lastLine(stderr)}`);
  }

  /** @returns what it said where it failed or hung */
  async probe(...args: readonly string[]): Promise<string | undefined> {
    const { code, stderr } = await this.try(PATIENCE.probe, args);
    return code === 0 ? undefined : lastLine(stderr) || `code ${code} and no words`;
  }

  /** Runs a command; any code is a result, and 124, as of timeout(1), where it took too long. */
  async try(milliseconds: number, args: readonly string[]): Promise<RunResult> {
    const late = new RunError(`${this.tool.name} ${args[0]} has not ended within ${milliseconds / 1000} s`);
    try {
      return await within(
        milliseconds,
        this.signal,
        (signal) => this.run(args, signal),
        () => late,
      );
    } catch (error) {
      if (error !== late) throw error;
      return { code: 124, stdout: '', stderr: late.message };
    }
  }

  run(args: readonly string[], signal: AbortSignal): Promise<RunResult> {
    return run(this.path, args, { cwd: this.folder, env: { ...this.env }, signal, graceMs: 500, limit: 256 * 1024 });
  }

  /** Runs a command that puts something away: after a cancel, too, then quickly; it fails where nothing is there. */
  async clean(...args: readonly string[]): Promise<void> {
    const patience = this.signal?.aborted ? PATIENCE.cancelled : PATIENCE.cleaning;
    const work = (signal: AbortSignal) => this.run(args, signal);
    await within(patience, undefined, work, () => new Error()).catch(() => undefined);
  }
}

/**
 * The tool's environment. Containers get no proxies from it (buildah hands them on), and temporary files of an engine
 * that had to be killed are in a folder that is removed, where they may be.
 */
function engineEnvironment(env: Readonly<Record<string, string>>, folder: string): Record<string, string> {
  const kept = Object.entries(toolEnvironment(env)).filter(([key]) => !/^(https?|ftp|all|no)_proxy$/i.test(key));
  return { ...Object.fromEntries(kept), ...(mayMoveTemporaryFiles(env) ? { TMPDIR: folder } : {}) };
}

/** A name for containers and images that nobody else has. */
export function freshName(): string {
  return `pushgateway-ttl-smoke-${randomBytes(6).toString('hex')}`;
}

/**
 * The launcher of an image in a container.
 * @param runArgs the engine's arguments that run the image with the program's
 * @param entrypoint what the image always runs
 */
export function containerLauncher(
  command: EngineCommand,
  entrypoint: readonly string[],
  runArgs: (args: readonly string[]) => readonly string[],
): Launcher {
  const { folder: cwd, env } = command;
  return {
    run: (args, signal) => command.run(runArgs(args), signal),
    start: (args, mark) =>
      startServer(command.path, runArgs(args), {
        cwd,
        env,
        mark,
        signalProgram: (signal) => signalProgram([...entrypoint, ...args], mark, signal),
      }),
  };
}

/**
 * Gives up an image that was taken into storage under a name of ours.
 * @param isNameless whether the image is in storage and has no name
 */
export async function giveUpImage(
  command: EngineCommand,
  id: string,
  name: string,
  isNameless: () => Promise<boolean>,
): Promise<void> {
  await removeName(command, name);
  // Two tests that give up their names at the same moment may both leave the image to the other.
  if (await isNameless().catch(() => false)) await command.clean('rmi', id);
}

/**
 * Takes a name from an image, and the image with its last one. Twice: where another process takes a name from the same
 * image at the same moment, the engines write the list of names without regard to each other, and ours may come back.
 */
async function removeName(command: EngineCommand, name: string): Promise<void> {
  await command.clean('rmi', name);
  await sleep(50 + Math.random() * 100);
  await command.clean('rmi', name);
}

/** Sends a signal to a container's program itself, found by its exact arguments. @returns whether there is one */
async function signalProgram(argv: readonly string[], mark: string, signal: NodeJS.Signals): Promise<boolean> {
  const wanted = argv.join('\0');
  const found = (await processesWith(mark)).filter((one) => one.argv.join('\0') === wanted);
  for (const { pid } of found) sendSignal(pid, signal);
  return found.length > 0;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
}
