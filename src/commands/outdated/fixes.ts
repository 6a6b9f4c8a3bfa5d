import { RunError } from '../../base/errors.js';
import { releaseWith } from '../../outdated/newer.js';
import { STANDARD_LIBRARY, type Vulnerability } from '../../outdated/vulnerability.js';
import type { LeftOut } from './candidate.js';
import type { Desk } from './desk.js';

/** Vulnerabilities with the versions that are taken against them. */
export interface FixesToTake {
  readonly found: readonly Vulnerability[];
  /** Fixed versions in whose place a later one is taken. */
  readonly passedOver: readonly LeftOut[];
}

/**
 * Puts the next release in the place of fixed versions that their authors retracted, or that were never released. Where
 * nobody tells the versions of a module, the database is believed: whoever fetches the version finds out.
 */
export async function fixesToTake(all: readonly Vulnerability[], desk: Desk): Promise<FixesToTake> {
  const found: Vulnerability[] = [];
  const passedOver: LeftOut[] = [];
  for (const each of all) {
    const { module, fixed } = each;
    const taken = fixed === undefined || module === STANDARD_LIBRARY ? fixed : await releaseFor(module, fixed, desk);
    found.push({ ...each, fixed: taken });
    if (taken === fixed) continue;
    const why = `${each.id} is said to be fixed in it, but it was retracted or never released; ${taken} is the next`;
    passedOver.push({ what: `${module}@${fixed}`, why });
  }
  return { found, passedOver };
}

async function releaseFor(module: string, fixed: string, desk: Desk): Promise<string> {
  try {
    return releaseWith(fixed, (await desk.ask(module)).versions);
  } catch (error) {
    if (error instanceof RunError) return fixed;
    throw error;
  }
}
