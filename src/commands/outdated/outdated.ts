import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CancelledError, ExitCode, messageOf, RunError } from '../../base/errors.js';
import { CompileError } from '../../compile/compile.js';
import { OverrideError } from '../../compile/modules.js';
import { parseBuildOptions } from '../../inputs/build-options.js';
import { type OutdatedOptions, parseDatabase, quiet } from '../../inputs/outdated-options.js';
import type { InputName, RawInputs } from '../../inputs/raw-inputs.js';
import { type Suffixed, suffixAfter } from '../../outdated/newer.js';
import {
  notPerformedReport,
  type OutdatedReport,
  outdatedReport,
  type SeenBuild,
} from '../../output/outdated-report.js';
import type { BuildResult } from '../../output/result.js';
import { builtinSets } from '../../source/builtin-sets.js';
import { versionSuffix } from '../../source/patch-set.js';
import { makeStoreFolder } from '../../store/ready-store.js';
import { emptyStore, openStore } from '../../store/store.js';
import { NotPerformedError } from '../../verify/trust/not-performed.js';
import { build } from '../build/build.js';
import type { Context } from '../context.js';
import { phaseClock } from '../phases.js';
import { registryAccess } from '../registries.js';
import { toolingFor } from '../tooling.js';
import { inWorkspace } from '../workspace.js';
import { CandidateSearch, type Examined } from './candidate.js';
import { type Current, currentOf } from './current.js';
import { type Desk, openDesk } from './desk.js';
import { findNext, hasSameParts } from './next.js';

export interface OutdatedResult {
  readonly report: OutdatedReport;
  /** 3 where something could not be found out; else 0. */
  readonly exitCode: number;
}

/**
 * `outdated`: what is used now → newer releases of upstream and Go, known vulnerabilities → the inputs of a re-cut → its
 * images, and what remains.
 * @param outputDir absolute path of the folder for the images; undefined for one that goes with the run
 * @throws InputError where what is used now is at fault; RunError where it cannot be compiled
 */
export async function outdated(
  options: OutdatedOptions,
  outputDir: string | undefined,
  context: Context,
): Promise<OutdatedResult> {
  const report = await inWorkspace('look for what is outdated', context, (work) =>
    lookAround(options, outputDir, context, work).catch(unknownReport),
  );
  const isWhole = report['not-performed'].length === 0;
  return { report, exitCode: isWhole ? ExitCode.done : ExitCode.notPerformed };
}

async function lookAround(
  options: OutdatedOptions,
  outputDir: string | undefined,
  context: Context,
  work: string,
): Promise<OutdatedReport> {
  const clock = phaseClock(context.log);
  const store = options.build.cache ? openStore(context.storeDir) : emptyStore(join(work, 'store'));
  if (options.build.cache) await makeStoreFolder(context.storeDir);
  const { toolContext, tools } = await toolingFor(context, work);
  const need = { why: 'to read images', instead: 'give them as oci:FOLDER' };
  const access = registryAccess(options.image ?? options.build, need, toolContext, tools, work);
  const db = options.db ?? parseDatabase(context.env.GOVULNDB || undefined);
  const desk = openDesk(db, context, store, work, access);

  const { current, now } = await clock.run('What is used now', async () => {
    try {
      const found = await currentOf(options, context, work, access);
      return { current: found, now: await examineNow(found, desk) };
    } catch (error) {
      throw context.signal.aborted ? new CancelledError() : unavailable(error, options);
    }
  });
  const shape = { ...current.options, epoch: current.options.epoch === 'release' ? 'release' : current.shape.epoch };
  const search = new CandidateSearch(desk, shape);
  const next = await clock.run('What is newer', async () => {
    return (await desk.answerTo('what is newer', () => findNext(current, shape, now, search, desk))) ?? now;
  });
  const raw = isOther(now, next) ? reCutInputs(current, now, next) : undefined;
  const folder = outputDir ?? join(work, 'out');
  const built =
    raw && options.makesImages
      ? await desk.answerTo('the images of the re-cut', () => makeImages(raw, options, folder, context))
      : undefined;
  return outdatedReport({
    image: current.image,
    now: seen(now),
    next: seen(next),
    reCut: raw && { raw, built },
    newestGo: (await desk.maintained()).at(-1),
    leftOut: search.leftOut,
    unanswered: desk.unanswered,
  });
}

async function examineNow({ shape, image }: Current, desk: Desk): Promise<Examined> {
  const prepared = await desk.prepare(shape, image !== undefined);
  const { source, overrides } = shape;
  const found = await desk.examine(prepared, false);
  return { chosen: { source, go: prepared.spec.go, overrides }, prepared, found };
}

/** Whether it is worth a re-cut. */
function isOther(now: Examined, next: Examined): boolean {
  const [a, b] = [now.prepared.spec, next.prepared.spec];
  return !hasSameParts(a, b) || !isDeepStrictEqual([a.source, a.go, a.modules], [b.source, b.go, b.modules]);
}

/** The inputs in use with what is to be changed; a suffix of its own where the release stays, since a tag never moves. */
function reCutInputs(current: Current, now: Examined, next: Examined): RawInputs {
  const { spec, source } = next.prepared;
  const suffix = suffixAfter(suffixOf(now), { release: source.version, own: versionSuffix(spec.patches) });
  const changed: readonly (readonly [InputName, readonly string[]])[] = [
    ['pushgateway-version', current.raw.has('pushgateway-version') ? [source.version] : []],
    ['go-version', [spec.go]],
    ['module-overrides', spec.modules?.overrides ?? []],
    ['version-suffix', suffix === undefined ? [] : [suffix]],
  ];
  // What is empty here takes the place of what was given: it goes.
  return new Map([...new Map([...current.raw, ...changed])].filter(([, values]) => values.length > 0));
}

function suffixOf({ prepared: { spec, source } }: Examined): Suffixed {
  const { version } = source;
  return { release: version, suffix: spec.version.slice(version.length), own: versionSuffix(spec.patches) };
}

async function makeImages(
  raw: RawInputs,
  { image, build: { login } }: OutdatedOptions,
  outputDir: string,
  context: Context,
): Promise<BuildResult> {
  const options = parseBuildOptions(quiet(raw), await builtinSets(context.patchesDir));
  return build({ ...options, login: image?.login ?? login }, outputDir, context);
}

function seen({ prepared: { spec, source }, found }: Examined): SeenBuild {
  return { release: source.version, spec, found };
}

/** What cannot be had is not known to be outdated; what can be had and does not compile is somebody's to mend. */
function unavailable(error: unknown, { image }: OutdatedOptions): unknown {
  const isImages = image !== undefined && error instanceof OverrideError;
  const isWorlds = error instanceof RunError && !(error instanceof CompileError);
  return isImages || isWorlds ? new NotPerformedError('unavailable', messageOf(error)) : error;
}

/** Where what is used now cannot be had, or its spec may not be followed, nothing is known. */
function unknownReport(error: unknown): OutdatedReport {
  if (!(error instanceof NotPerformedError)) throw error;
  return notPerformedReport({ what: 'what is used now', why: error.message });
}
