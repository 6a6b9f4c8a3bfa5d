import { extraLayerDiffId, planExtraFiles } from '../../image/extra-layer.js';
import type { BaseRequest, ExtraFileRequest, SourceRequest } from '../../inputs/requests.js';
import type { PatchSet } from '../../source/patches.js';
import type { BuildSpec } from '../../spec/build-spec.js';
import { RESERVED_LABELS } from '../../spec/image-labels.js';
import { printable } from '../difference.js';
import type { Allowances } from './allowances.js';
import { refuseSpec } from './not-performed.js';
import type { OwnSets } from './own-sets.js';
import { trustBase } from './trust-base.js';
import { trustPatches } from './trust-patches.js';
import { releaseOf, trustSource } from './trust-source.js';

/** What a trusted spec asks to build from, in the words of a build's inputs. */
export interface TrustedParts {
  readonly source: SourceRequest;
  /** Whether the caller named the source, and it is not upstream's release. */
  readonly isCallersSource: boolean;
  /** Under the names that the spec gives them. */
  readonly patches: readonly PatchSet[];
  /** Whether some of them are none of this project's own. */
  readonly hasCallersPatches: boolean;
  readonly base: BaseRequest;
  readonly extraFiles: readonly ExtraFileRequest[];
  /** What `version` begins with: `1.11.3`. */
  readonly release: string;
}

/** The oldest Go, as the N of 1.N, that knows the flags of profile 1: `-buildvcs` came with it. */
const OLDEST_GO = 18;

/**
 * Whether a spec may be followed. It comes from a stranger (design, section 9): upstream's releases and this project's own
 * patch sets are trusted, and what the caller named; all else is refused, before any process is started and any request
 * is made. Folders and files that the caller named are read.
 * @throws NotPerformedError that names the first field that is refused
 * @throws InputError where what the caller named cannot be read
 */
export async function checkTrust(
  spec: BuildSpec,
  allowed: Allowances,
  own: OwnSets,
  signal?: AbortSignal,
): Promise<TrustedParts> {
  checkLabels(spec);
  checkGo(spec);
  const release = releaseOf(spec);
  const source = await trustSource(spec, release, allowed);
  const { patches, hasCallersPatches } = trustPatches(spec, release, allowed.patches, own);
  const base = await trustBase(spec.base, allowed, signal);
  const extraFiles = await trustExtraFiles(spec, allowed.extraFiles, signal);
  return { ...source, patches, hasCallersPatches, base, extraFiles, release };
}

function checkLabels(spec: BuildSpec): void {
  const reserved = Object.keys(spec.labels).find((key) => RESERVED_LABELS.includes(key));
  if (reserved === undefined) return;
  throw refuseSpec(`labels[${JSON.stringify(reserved)}]`, 'is set; that label follows from the spec and cannot be');
}

function checkGo({ go }: BuildSpec): void {
  const minor = Number(go.split('.')[1]);
  if (minor >= OLDEST_GO) return;
  throw refuseSpec(
    'go',
    `is ${go}, which cannot have built it: profile 1 takes flags that Go has since 1.${OLDEST_GO}`,
  );
}

async function trustExtraFiles(
  { files, sourceDateEpoch }: BuildSpec,
  requests: readonly ExtraFileRequest[],
  signal: AbortSignal | undefined,
): Promise<readonly ExtraFileRequest[]> {
  if (files === null) return [];
  if (requests.length === 0) {
    throw refuseSpec('files', `is a layer of extra files, ${files}; give them (extra-files) to have it rebuilt`);
  }
  const entries = await planExtraFiles(requests, process.cwd());
  const diffId = await extraLayerDiffId(entries, sourceDateEpoch, signal);
  if (diffId === files) return requests;
  throw refuseSpec('files', `is ${files}; the given extra files make the layer ${printable(diffId)}`);
}
