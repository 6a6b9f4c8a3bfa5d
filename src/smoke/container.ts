import { messageOf, RunError } from '../base/errors.js';
import type { ContainerTools } from '../toolchain/container-tools.js';
import { buildah } from './buildah.js';
import type { Engine, OpenImage } from './engine.js';
import { type ExerciseOptions, exercise } from './exercise.js';
import type { LayoutImage } from './layout-image.js';
import { podman } from './podman.js';

export interface ContainerTestOptions extends Omit<ExerciseOptions, 'launcher'> {
  readonly image: LayoutImage;
  /** The image's program, which is known to run here. */
  readonly binary: string;
  readonly layoutDir: string;
  readonly tools: ContainerTools;
  readonly env: Readonly<Record<string, string>>;
  /** A private folder that exists. */
  readonly folder: string;
}

const ENGINES = { podman, buildah } as const;

/**
 * Runs the image of this machine's platform in a container, by the first engine that can run any here. Nothing is
 * installed, and nothing stays.
 * @returns how: `in a container by podman`; or why not
 * @throws RunError where the engine runs containers, and the image fails in one
 */
export async function testContainer(options: ContainerTestOptions): Promise<string> {
  const refusals: string[] = [];
  for (const name of ['podman', 'buildah'] as const) {
    const engine = await findEngine(name, options);
    const refusal = typeof engine === 'string' ? engine : await engine.probe(options.binary);
    if (refusal === undefined) {
      options.log.debug(`${name} runs containers here; running the image`);
      await testIn(engine as Engine, { ...options, title: `${options.title} (in a container by ${name})` });
      return `in a container by ${name}`;
    }
    options.log.debug(`${name} cannot run containers here: ${refusal}`);
    refusals.push(`${name}: ${refusal}`);
  }
  return `not in a container: no container engine that can run here (${refusals.join('; ')})`;
}

async function findEngine(name: keyof typeof ENGINES, options: ContainerTestOptions): Promise<Engine | string> {
  const { tools, env, folder, signal } = options;
  try {
    const tool = await tools.find(name);
    return tool === undefined ? 'not installed' : ENGINES[name]({ tool, env, folder, signal });
  } catch (error) {
    if (error instanceof RunError) return messageOf(error);
    throw error;
  }
}

async function testIn(engine: Engine, options: ContainerTestOptions): Promise<void> {
  let opened: OpenImage;
  try {
    opened = await engine.open(options.image, options.layoutDir);
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    throw new RunError(`The smoke test of ${options.title} failed before the image ran: ${error.message}.`);
  }
  try {
    await exercise({ ...options, launcher: opened.launcher });
  } finally {
    await opened.close();
  }
}
