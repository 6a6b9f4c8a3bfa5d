import { randomBytes } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError, RunError } from '../base/errors.js';
import type { Digest } from '../base/hash.js';
import { linked } from '../base/limit.js';
import type { Log } from '../base/log.js';
import { removeTree } from '../base/workspace.js';
import { type Platform, platformFileName, platformName } from '../spec/platform.js';
import type { ContainerTools } from '../toolchain/container-tools.js';
import { currentHost } from '../toolchain/host.js';
import { testContainer } from './container.js';
import { differenceFrom, HEADER_SIZE, MACHINES } from './elf.js';
import { exercise, LIMITS, type Limits } from './exercise.js';
import { nativeLauncher } from './launcher.js';
import { readLayoutImage } from './layout-image.js';
import { wayToRun } from './runner.js';
import { takeBinary } from './take-binary.js';

export interface SmokeTestResult {
  readonly platform: Platform;
  readonly outcome: 'passed' | 'not-performed';
  /** `natively; in a container by podman`, `by qemu-arm-static`, or the reason why it was not performed. */
  readonly how: string;
}

export interface SmokeTestOptions {
  readonly layoutDir: string;
  /** Manifests in the layout. */
  readonly images: readonly { readonly platform: Platform; readonly digest: Digest }[];
  /** What `--version` must show. */
  readonly version: string;
  /** Whether a patch set is in that makes metrics expire. */
  readonly expiry: boolean;
  readonly tools: ContainerTools;
  /** The user's; the programs under test get PATH alone of it. */
  readonly env: Readonly<Record<string, string>>;
  readonly tempDir: string;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
  readonly limits?: Partial<Limits> | undefined;
}

/** Platforms that are tested at once. */
const AT_ONCE = 2;

/**
 * Runs what is in a layout: each platform's program, taken out of its image, where this machine can run it, and the
 * image of this machine's own platform in a container, too. Nothing of it is left when this returns or throws.
 * @returns one result an image, in the order of the images
 * @throws RunError where one fails: damaged blobs, a program of another platform, or one that does not do its work
 * @throws CancelledError
 */
export async function smokeTest(options: SmokeTestOptions): Promise<SmokeTestResult[]> {
  const folder = join(options.tempDir, `smoke-test-${randomBytes(6).toString('hex')}`);
  await mkdir(folder, { mode: 0o700 });
  const { controller, release } = linked(options.signal);
  const results: SmokeTestResult[] = [];
  const failures: unknown[] = [];
  const pending = options.images.entries();
  const worker = async () => {
    for (const [i, { platform, digest }] of pending) {
      try {
        results[i] = await testPlatform({ ...options, platform, digest, folder, signal: controller.signal });
      } catch (error) {
        failures.push(error);
        controller.abort(); // The others stop, and clean up.
      }
      if (controller.signal.aborted) return;
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    release();
    await removeTree(folder);
  }
  if (options.signal?.aborted) throw new CancelledError();
  if (failures.length > 0) throw failures[0];
  return results;
}

interface PlatformOptions extends SmokeTestOptions {
  readonly platform: Platform;
  readonly digest: Digest;
  readonly folder: string;
  readonly signal: AbortSignal;
}

async function testPlatform(options: PlatformOptions): Promise<SmokeTestResult> {
  const { platform, env, folder, log, signal } = options;
  const name = platformName(platform);
  const host = currentHost();
  const finish = (outcome: SmokeTestResult['outcome'], how: string): SmokeTestResult => {
    log.info(`Smoke test of ${name}: ${outcome === 'passed' ? 'passed' : 'not performed'}, ${how}`);
    return { platform, outcome, how };
  };
  const way = await wayToRun(platform, { host, env, folder, signal });
  if (platform.os !== 'linux' && 'missing' in way) return finish('not-performed', way.missing);

  // What cannot be run here is checked as far as it can be.
  const image = await readLayoutImage(options.layoutDir, platform, options.digest);
  const binary = join(folder, platformFileName(platform));
  await takeBinary(image, binary, name, signal);
  await checkMachine(binary, platform);
  if ('missing' in way) return finish('not-performed', way.missing);

  const limits = { ...LIMITS, ...options.limits };
  const [, ...args] = image.entrypoint;
  const launcher = nativeLauncher([...way.command, binary, ...args], folder, env.PATH);
  await exercise({ ...options, title: `${name} (${way.how})`, launcher, limits });
  if (!isHostsOwn(options)) return finish('passed', way.how);
  const inContainer = await testContainer({ ...options, title: name, image, binary, limits });
  return finish('passed', `${way.how}; ${inContainer}`);
}

/** Whether container engines here choose this image from the index: of several for 32-bit Arm, that of the last. */
function isHostsOwn({ images, digest }: PlatformOptions): boolean {
  const { os, arch } = currentHost();
  const own = images.filter(({ platform }) => platform.os === os && platform.architecture === arch);
  return own.at(-1)?.digest === digest;
}

/** An image for another machine than its platform says would run here by chance, and not where it is meant to. */
async function checkMachine(binary: string, platform: Platform): Promise<void> {
  const machine = MACHINES[platform.architecture];
  if (machine === undefined) return;
  const file = await open(binary, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_SIZE), 0, HEADER_SIZE, 0);
    const difference = differenceFrom(machine, buffer.subarray(0, bytesRead));
    if (difference === undefined) return;
    throw new RunError(`The smoke test of ${platformName(platform)} failed: its program does not fit; ${difference}.`);
  } finally {
    await file.close();
  }
}
