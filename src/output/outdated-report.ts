import { oneLine } from '../base/text.js';
import type { RawInputs } from '../inputs/raw-inputs.js';
import { newerGo } from '../outdated/newer.js';
import type { Vulnerability } from '../outdated/vulnerability.js';
import { type BaseSpec, type BuildSpec, type ImageBase, specDigest } from '../spec/build-spec.js';
import { reCutYaml } from './outdated-yaml.js';
import type { BuildResult } from './result.js';
import { rebuildCommand } from './summary-text.js';

/** A build that was looked at. */
export interface SeenBuild {
  /** Of upstream, `1.11.3`. */
  readonly release: string;
  readonly spec: BuildSpec;
  /** Undefined where the database could not be asked. */
  readonly found: readonly Vulnerability[] | undefined;
}

/** Something and its reason, each a line. */
export interface Reasoned {
  readonly what: string;
  readonly why: string;
}

/** What `outdated` has found out. */
export interface OutdatedFacts {
  readonly image: { readonly name: string; readonly digest: string } | undefined;
  readonly now: SeenBuild;
  /** The same as `now` where there is nothing to change. */
  readonly next: SeenBuild;
  readonly reCut: { readonly raw: RawInputs; readonly built: BuildResult | undefined } | undefined;
  /** Of the newest line; undefined where nobody tells. */
  readonly newestGo: string | undefined;
  readonly leftOut: readonly Reasoned[];
  readonly unanswered: readonly Reasoned[];
}

/** A vulnerability in the report. */
export type ReportedVulnerability = Omit<Vulnerability, 'fixed'> & { readonly fixed: string | null };

/** A build in the report: names as those of the inputs and outputs of `build`. */
export interface ReportedBuild {
  readonly 'pushgateway-version': string;
  readonly 'go-version': string;
  readonly 'module-overrides': readonly string[];
  readonly patches: readonly string[];
  /** By digest, as the input takes it; where it is a folder's, the digest alone. Empty for `scratch`. */
  readonly 'base-image': readonly string[];
  readonly version: string;
  readonly 'spec-digest': string;
  /** Null where the database could not be asked. */
  readonly vulnerabilities: readonly ReportedVulnerability[] | null;
}

/** What `outdated --json` prints; docs/outdated.md describes it. */
export interface OutdatedReport {
  /** `outdated` where a re-cut is due; `not-performed` where none is known to be, but not all could be asked. */
  readonly state: 'current' | 'outdated' | 'not-performed';
  readonly image: string | null;
  readonly digest: string | null;
  readonly now: ReportedBuild | null;
  /** The newest Go of all, where it is of another line than that of the re-cut. */
  readonly 'newest-go': string | null;
  readonly 're-cut':
    | (ReportedBuild & {
        readonly command: string;
        readonly yaml: string;
        /** Of the index; null where no images were made. */
        readonly digest: string | null;
        readonly 'image-digests': Readonly<Record<string, string>> | null;
      })
    | null;
  /** Names of vulnerabilities that the re-cut no longer has. */
  readonly cleared: readonly string[];
  /** Those that it has, or that there are where none is due; null where the database could not be asked. */
  readonly remaining: readonly ReportedVulnerability[] | null;
  readonly 'left-out': readonly Reasoned[];
  readonly 'not-performed': readonly Reasoned[];
}

/** Puts what was found into the form that is printed. */
export function outdatedReport(facts: OutdatedFacts): OutdatedReport {
  const { image, now, next, reCut, newestGo, leftOut, unanswered } = facts;
  const complete = now.found !== undefined && next.found !== undefined;
  const state = reCut ? 'outdated' : unanswered.length > 0 ? 'not-performed' : 'current';
  const isOtherLine = newestGo !== undefined && newerGo([newestGo], next.spec.go) !== next.spec.go;
  return {
    state,
    image: image?.name ?? null,
    digest: image?.digest ?? null,
    now: reported(now),
    'newest-go': isOtherLine ? newestGo : null,
    're-cut': reCut ? { ...reported(next), ...textsOf(reCut.raw, next), ...digestsOf(reCut.built, next) } : null,
    cleared: complete ? clearedOf(now.found, next.found) : [],
    remaining: listed(next.found),
    'left-out': leftOut.map(asLines),
    'not-performed': unanswered.map(asLines),
  };
}

/** Where it is not even known what is used. */
export function notPerformedReport(unanswered: Reasoned): OutdatedReport {
  return {
    ...{ state: 'not-performed', image: null, digest: null, now: null, 'newest-go': null, 're-cut': null },
    ...{ cleared: [], remaining: null, 'left-out': [], 'not-performed': [asLines(unanswered)] },
  };
}

function reported({ release, spec, found }: SeenBuild): ReportedBuild {
  return {
    'pushgateway-version': release,
    'go-version': spec.go,
    'module-overrides': spec.modules?.overrides ?? [],
    patches: spec.patches.map(({ name, revision }) => (revision === undefined ? name : `${name}@${revision}`)),
    'base-image': basesOf(spec.base),
    version: spec.version,
    'spec-digest': specDigest(spec),
    vulnerabilities: listed(found),
  };
}

function listed(found: readonly Vulnerability[] | undefined): ReportedVulnerability[] | null {
  return found?.map((each) => ({ ...each, fixed: each.fixed ?? null })) ?? null;
}

/** The command leads to the very digest, and so names a base by its digest; a workflow goes on with what it has. */
function textsOf(raw: RawInputs, { spec }: SeenBuild) {
  return { command: rebuildCommand(raw, spec.base), yaml: reCutYaml(raw) };
}

function basesOf(base: BaseSpec | null): string[] {
  if (base === null) return [];
  const bases: readonly (ImageBase & { platform?: string })[] = 'digest' in base ? [base] : base;
  return bases.map(({ platform, repository, digest }) => {
    const name = repository === undefined ? digest : `${repository}@${digest}`;
    return platform === undefined ? name : `${platform}=${name}`;
  });
}

/** What was built has the version of its own suffix; what was looked at before it may have another. */
function digestsOf(built: BuildResult | undefined, { spec }: SeenBuild) {
  if (built === undefined) return { version: spec.version, digest: null, 'image-digests': null };
  return {
    version: built.version,
    digest: built.digest,
    'spec-digest': built.outputs['spec-digest'],
    'image-digests': JSON.parse(built.outputs['image-digests']) as Record<string, string>,
  };
}

function clearedOf(now: readonly Vulnerability[], next: readonly Vulnerability[]): string[] {
  const remaining = new Set(next.map(({ id }) => id));
  return [...new Set(now.map(({ id }) => id))].filter((id) => !remaining.has(id));
}

function asLines({ what, why }: Reasoned): Reasoned {
  return { what, why: oneLine(why) };
}
