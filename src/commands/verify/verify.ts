import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode, explainSystemError, InputError } from '../../base/errors.js';
import { makeFolder, writeFileAtomic } from '../../base/files.js';
import { programName } from '../../base/project.js';
import { type ImageLocation, locationName } from '../../inputs/image-location.js';
import type { RawInputs } from '../../inputs/raw-inputs.js';
import type { VERIFY_OUTPUTS } from '../../inputs/verify-inputs.js';
import type { FailingVerdict, VerifyOptions } from '../../inputs/verify-options.js';
import { checkReportFolder } from '../../output/report-folder.js';
import { verifyCommand } from '../../output/summary-text.js';
import { type BuildSpec, specDigest } from '../../spec/build-spec.js';
import { comparePlatforms, platformName, targetOf } from '../../spec/platform.js';
import { emptyStore } from '../../store/store.js';
import { compareImages } from '../../verify/compare.js';
import { DamagedImageError } from '../../verify/damaged.js';
import { type ImageEntry, type OpenedImage, openImage, openOwnImage } from '../../verify/open/open-image.js';
import {
  brokenReport,
  comparisonReport,
  notPerformedReport,
  REBUILD_WORDS,
  type Report,
  type ReportFrame,
  type ReportSide,
  reportJson,
} from '../../verify/report/report.js';
import { reportMarkdown } from '../../verify/report/report-markdown.js';
import type { Allowances } from '../../verify/trust/allowances.js';
import { NotPerformedError } from '../../verify/trust/not-performed.js';
import type { Verdict } from '../../verify/verdict.js';
import type { Context } from '../context.js';
import { phaseClock } from '../phases.js';
import { rebuild } from '../rebuild/rebuild.js';
import { registryAccess } from '../registries.js';
import { loadPatchSets, patchFetcherFor } from '../steps/parts.js';
import { toolingFor } from '../tooling.js';
import { inWorkspace } from '../workspace.js';
import { findSpec } from './find-spec.js';

/** The outputs of the contract, by their names in verify/action.yml. */
export type VerifyOutputs = Record<(typeof VERIFY_OUTPUTS)[number], string>;

export interface VerifyResult {
  readonly report: Report;
  readonly outputs: VerifyOutputs;
  /** 0, 1 where `fail-on` names the verdict, 3 where nothing was compared. */
  readonly exitCode: number;
}

/**
 * `verify`: reference → spec from the label → rebuild from empty caches → comparison → verdict and report.
 * @param raw what the user wrote, for the command that does the same again
 * @param reportDir absolute path of the folder for `report.json` and `report.md`
 * @throws InputError where there is no such image, or what the caller named is at fault, or the folder cannot be used
 * @throws RunError where the image's registry cannot be asked
 */
export async function verify(
  options: VerifyOptions,
  raw: RawInputs,
  reportDir: string,
  context: Context,
): Promise<VerifyResult> {
  await checkReportFolder(reportDir);
  const report = await inWorkspace('verify', context, (work) => judge(options, raw, context, work));
  const path = await writeReport(report, reportDir).catch((error: unknown) => {
    throw explainSystemError(error, 'verify');
  });
  const { verdict, digest, rebuiltDigest } = report;
  return {
    report,
    outputs: { verdict, digest: digest ?? '', 'rebuilt-digest': rebuiltDigest ?? '', report: path },
    exitCode: exitCodeOf(verdict, options.failOn),
  };
}

async function judge(options: VerifyOptions, raw: RawInputs, context: Context, work: string): Promise<Report> {
  const { log, signal } = context;
  const clock = phaseClock(log);
  const { toolContext, tools } = await toolingFor(context, work);
  const need = { why: 'to read the image', instead: 'give it as oci:FOLDER or as an OCI archive' };
  const access = registryAccess(options, need, toolContext, tools, work);

  const tool = programName(context.entry);
  const broken = ({ difference }: DamagedImageError, side: ReportSide, platforms: readonly string[], command: string) =>
    brokenReport(side, { name: REBUILD_WORDS.b }, platforms, [difference], REBUILD_WORDS, { tool, command });

  let image: OpenedImage;
  try {
    image = await clock.run('Image', () => openImage(options.image, { access, tempDir: work, log, signal }));
  } catch (error) {
    if (!(error instanceof DamagedImageError)) throw error;
    const name = locationName(options.image);
    return broken(error, { name }, [], verifyCommand(name, raw));
  }
  const entries = chooseEntries(image, options);
  const frame: ReportFrame = { tool, command: verifyCommand(pinned(options.image, image), raw) };
  const names = entries.map(({ name }) => name);
  let spec: BuildSpec | undefined;
  try {
    spec = await clock.run('Spec', () => findSpec(image, entries, options.spec));
    const rebuilt = await clock.run('Rebuild', async () => {
      const layoutDir = join(work, 'rebuilt');
      const again = join(work, 'rebuild');
      await mkdir(again);
      const allowed = await allowances(options, context, again);
      const platforms = entries.flatMap(({ platform }) => platform ?? []);
      await rebuild(spec as BuildSpec, platforms, allowed, layoutDir, context, again, access);
      return openOwnImage(layoutDir, { tempDir: work, signal });
    });
    const comparison = await clock.run('Comparison', () =>
      compareImages(image, rebuilt, { platforms: options.platforms, tempDir: work, log, signal }),
    );
    const report = comparisonReport(comparison, REBUILD_WORDS, { ...frame, specDigest: specDigest(spec) });
    // What is rebuilt is always an index; that of a single manifest is the one image in it.
    return image.isIndex ? report : { ...report, rebuiltDigest: report.platforms[0]?.rebuiltDigest ?? null };
  } catch (error) {
    if (error instanceof DamagedImageError) return broken(error, image, names, frame.command);
    if (!(error instanceof NotPerformedError)) throw error;
    return notPerformedReport({ name: image.name, digest: image.digest, platforms: names }, error, {
      ...frame,
      specDigest: spec && specDigest(spec),
    });
  }
}

/** Those of the wanted platforms, all by default. */
function chooseEntries(image: OpenedImage, { platforms }: VerifyOptions): readonly ImageEntry[] {
  if (!platforms) return image.entries;
  for (const wanted of platforms) {
    if (image.entries.some(isFor(wanted))) continue;
    const has = image.entries.map(({ name }) => name).join(', ');
    throw new InputError(`${image.name} has no image for ${platformName(wanted)}. It has: ${has}`, 'platforms');
  }
  return image.entries.filter((entry) => platforms.some((wanted) => isFor(wanted)(entry)));
}

function isFor(wanted: ImageEntry['platform'] & object): (entry: ImageEntry) => boolean {
  return ({ platform }) => platform !== undefined && comparePlatforms(targetOf(platform), wanted) === 0;
}

async function allowances(options: VerifyOptions, context: Context, work: string): Promise<Allowances> {
  const { sources, base, extraFiles, spec } = options;
  const fetch = patchFetcherFor({ ...context, strictFetch: true }, emptyStore(join(work, 'store')), work);
  const source = { type: 'folder', path: '', version: undefined } as const; // of no release: nothing is left out
  const patches = await loadPatchSets({ source, patches: options.patches }, context, fetch);
  return { patches, sources, base, extraFiles, specIsCallers: spec !== undefined };
}

/** The reference by which anybody gets this very image. */
function pinned(location: ImageLocation, { digest }: OpenedImage): string {
  if (location.type !== 'registry') return locationName(location);
  const { repository } = location.reference;
  return locationName({ type: 'registry', reference: { repository, digest } });
}

function exitCodeOf(verdict: Verdict, failOn: readonly FailingVerdict[]): number {
  if (verdict === 'not-performed') return ExitCode.notPerformed;
  return (failOn as readonly string[]).includes(verdict) ? ExitCode.failed : ExitCode.done;
}

/** @returns the path of the JSON */
async function writeReport(report: Report, folder: string): Promise<string> {
  await makeFolder(folder);
  await writeFileAtomic(join(folder, 'report.md'), reportMarkdown(report));
  const path = join(folder, 'report.json');
  await writeFileAtomic(path, reportJson(report));
  return path;
}
