import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSpec } from '../../src/spec/decode.js';
import { type Runner, runnerIn } from '../support/as-action.js';
import { removeFolder, scratch } from '../support/files.js';
import { build, freshFolder, mustExec, PROJECT } from '../support/program.js';
import { smallRepository } from '../support/small-builds.js';

/** A machine of its own for one case: HOME, temporary files, container storage, and a store with earlier results. */
export interface Site extends Runner {
  readonly temporary: string;
  readonly store: string;
  readonly out: string;
  /** The arguments of a build that takes a second, `build` first. */
  readonly build: readonly string[];
  /** The same with other values of some flags; an empty one leaves the flag out. */
  with(flags: Flags): string[];
  /** `PATH#COMMIT` of the small repository. */
  readonly source: string;
  /** Digest of what that build makes, whatever has happened before. */
  readonly digest: string;
  /** The layout that was built in peace; not to be changed. */
  readonly layout: string;
}

/** Name of a flag → its value. */
export type Flags = Readonly<Record<string, string>>;

/** What all sites of a file are made from. */
export interface Ground {
  readonly repository: string;
  readonly source: string;
  readonly digest: string;
  readonly layout: string;
}

/** A store that stays between runs of the suite, so that Go's library is compiled once; sites get copies of it. */
const WARM = join(PROJECT, 'node_modules', '.cache', 'pushgateway-ttl-faults');
const QUICK: Flags = { platforms: 'linux/amd64', patches: 'none', 'smoke-test': 'false', cache: 'true' };

/** Builds the small repository once; to be called before the cases of a file. */
export async function prepareGround(): Promise<Ground> {
  const folder = freshFolder('faults');
  const repository = join(folder, 'repository');
  mkdirSync(repository);
  const { source } = await smallRepository(repository);
  const env = { PUSHGATEWAY_TTL_CACHE: WARM };
  const flags = { ...QUICK, source: source[1] ?? '', 'output-dir': join(folder, 'out') };
  const { digest, layout, spec } = await build(argumentsOf(flags), { env });
  if (decodeSpec(spec).patches.length > 0) throw new Error('the small build has patches');
  return { repository, source: source[1] ?? '', digest, layout };
}

/** A machine that is gone after the test. */
export async function makeSite({ source, digest, layout }: Ground): Promise<Site> {
  const runner = runnerIn(scratch());
  const [store, out, temporary] = ['store', 'out', 'temporary'].map((name) => join(runner.folder, name)) as [
    string,
    string,
    string,
  ];
  await mustExec('cp', ['-a', WARM, store]);
  const env = { ...runner.env, PUSHGATEWAY_TTL_CACHE: store };
  const others = (flags: Flags) =>
    ['build', '--json', ...argumentsOf({ ...QUICK, source, 'output-dir': out, ...flags })] as string[];
  return { ...runner, env, store, out, temporary, build: others({}), with: others, source, digest, layout };
}

function argumentsOf(flags: Flags): string[] {
  return Object.entries(flags).flatMap(([name, value]) => (value === '' ? [] : [`--${name}=${value}`]));
}

/** Has the next build compile and compress again. */
export function forgetResults({ store }: Site): void {
  for (const part of ['binaries', 'layers']) removeFolder(join(store, part));
}
