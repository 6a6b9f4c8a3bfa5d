import { InputError } from '../base/errors.js';
import type { Secret } from '../base/secret.js';
import { type BuildOptions, parseBuildOptions } from './build-options.js';
import { BUILD, flagsOf, type InputName, OUTDATED, type RawInputs, VERIFY } from './raw-inputs.js';
import { reader, refuse } from './reader.js';
import { parseVerifyOptions, type VerifyOptions } from './verify-options.js';

/** Everything that `outdated` was asked for. */
export interface OutdatedOptions {
  /** A published image whose spec says what is used now; undefined where the inputs say it. */
  readonly image: VerifyOptions | undefined;
  /** What `build` would take of what was given, without a login. */
  readonly raw: RawInputs;
  /** What that means; of an image, how it is run alone. */
  readonly build: BuildOptions;
  /** Address of the vulnerability database, without a `/` at its end; undefined for the environment's or the usual. */
  readonly db: string | undefined;
  /** Whether the images of a re-cut are built. */
  readonly makesImages: boolean;
  /** Undefined for a folder that goes with the run. */
  readonly outputDir: string | undefined;
}

/** Inputs that mean something else to `build`, or nothing. */
const OWN: readonly InputName[] = ['image', 'db', 'build', 'output-dir'];

/** What the spec of an image says, so that nobody else may. */
const SAID_BY_IMAGE: readonly InputName[] = [
  ...(['pushgateway-version', 'source', 'module-overrides', 'go-version', 'version-suffix', 'labels'] as const),
  'source-date-epoch',
];

/**
 * Understands all inputs of `outdated`, or refuses them before anything has been started or written.
 * @param builtins names of the patch sets that come with the project
 * @throws InputError that says what was given, what is accepted, and which input it was
 */
export function parseOutdatedOptions(raw: RawInputs, builtins: readonly string[], password?: Secret): OutdatedOptions {
  const read = reader(raw, OUTDATED);
  const shared = only(raw, flagsOf(BUILD));
  const unnamed = new Map([...shared].filter(([name]) => name !== 'registry-username'));
  const isImage = read.isExplicit('image');
  const twice = isImage ? SAID_BY_IMAGE.find((name) => read.isExplicit(name)) : undefined;
  if (twice !== undefined) {
    throw new InputError(`the spec of the image says it; leave out ${twice}, or give the inputs without image`, twice);
  }
  const build = parseBuildOptions(quiet(isImage ? unnamed : shared), builtins, isImage ? undefined : password);
  if (build.epoch === 'published') throw refuse('source-date-epoch', 'published', 'release, or seconds since 1970');
  const ofVerify = [...only(raw, flagsOf(VERIFY)), ['image', raw.get('image') ?? []] as const];
  return {
    image: isImage ? parseVerifyOptions(new Map(ofVerify), builtins, password) : undefined,
    raw: unnamed,
    build,
    db: parseDatabase(read.text('db')),
    makesImages: read.boolean('build'),
    outputDir: read.text('output-dir'),
  };
}

/** The inputs of a build that says what is found, and hands nothing on. */
export function quiet(raw: RawInputs): RawInputs {
  return new Map([...raw, ['load', ['false']] as const]);
}

function only(raw: RawInputs, names: readonly InputName[]): Map<InputName, readonly string[]> {
  return new Map([...raw].filter(([name]) => names.includes(name) && !OWN.includes(name)));
}

/** @throws InputError where it is no address of a database */
export function parseDatabase(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isAccepted = url && ['http:', 'https:', 'file:'].includes(url.protocol);
  if (!isAccepted || url.username || url.password || url.search || url.hash) {
    throw refuse('db', given, 'https://HOST/PATH or file:///FOLDER, without user name, query and fragment');
  }
  return given.replace(/\/+$/, '');
}
