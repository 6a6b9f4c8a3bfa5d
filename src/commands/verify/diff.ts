import { programName } from '../../base/project.js';
import { type ImageLocation, locationName } from '../../inputs/image-location.js';
import type { RawInputs } from '../../inputs/raw-inputs.js';
import type { DiffOptions } from '../../inputs/verify-options.js';
import { diffCommand } from '../../output/summary-text.js';
import { compareImages } from '../../verify/compare.js';
import { DamagedImageError } from '../../verify/damaged.js';
import type { Difference } from '../../verify/difference.js';
import { ofOtherSide } from '../../verify/documents/index-document.js';
import { type OpenedImage, openImage } from '../../verify/open/open-image.js';
import {
  brokenReport,
  comparisonReport,
  DIFF_WORDS,
  type Report,
  type ReportSide,
} from '../../verify/report/report.js';
import type { Context } from '../context.js';
import { registryAccess } from '../registries.js';
import { toolingFor } from '../tooling.js';
import { inWorkspace } from '../workspace.js';

/**
 * `diff`: what tells two images apart, down to the cause.
 * @throws InputError where there is no such image; RunError where a registry cannot be asked
 */
export async function diff(
  locations: readonly [ImageLocation, ImageLocation],
  options: DiffOptions,
  raw: RawInputs,
  context: Context,
): Promise<Report> {
  const { log, signal } = context;
  return inWorkspace('compare the images', context, async (work) => {
    const { toolContext, tools } = await toolingFor(context, work);
    const need = { why: 'to read the images', instead: 'give them as oci:FOLDER or as OCI archives' };
    const access = registryAccess(options, need, toolContext, tools, work);
    const open = (location: ImageLocation) => orDamage(openImage(location, { access, tempDir: work, log, signal }));
    const [a, b] = [await open(locations[0]), await open(locations[1])];
    const [nameA, nameB] = [locationName(locations[0]), locationName(locations[1])];
    const frame = {
      tool: programName(context.entry),
      command: diffCommand(nameA, nameB, raw),
    };
    if (a instanceof DamagedImageError || b instanceof DamagedImageError) {
      const sides = [sideOf(nameA, a), sideOf(nameB, b)] as const;
      return brokenReport(...sides, platformsOf(a, b), damageOf(a, b), DIFF_WORDS, frame);
    }
    const { platforms } = options;
    const comparison = await compareImages(a, b, { platforms, tempDir: work, log, signal });
    return comparisonReport(comparison, DIFF_WORDS, frame);
  });
}

/** An image, or what is wrong with its index. */
type Opened = OpenedImage | DamagedImageError;

async function orDamage(opening: Promise<OpenedImage>): Promise<Opened> {
  try {
    return await opening;
  } catch (error) {
    if (error instanceof DamagedImageError) return error;
    throw error;
  }
}

function sideOf(name: string, opened: Opened): ReportSide {
  return opened instanceof DamagedImageError ? { name } : { name, digest: opened.digest };
}

function platformsOf(...opened: readonly Opened[]): string[] {
  return opened.flatMap((each) => (each instanceof DamagedImageError ? [] : each.entries.map(({ name }) => name)));
}

function damageOf(a: Opened, b: Opened): Difference[] {
  return [
    ...(a instanceof DamagedImageError ? [a.difference] : []),
    ...(b instanceof DamagedImageError ? [ofOtherSide(b.difference)] : []),
  ];
}
