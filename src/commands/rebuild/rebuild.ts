import { join } from 'node:path';
import { CancelledError, explainSystemError, InputError, messageOf, RunError } from '../../base/errors.js';
import type { AssembledIndex } from '../../image/build-image.js';
import type { RegistryAccess } from '../../registry/skopeo.js';
import { type BuildSpec, specDigest } from '../../spec/build-spec.js';
import type { Platform } from '../../spec/platform.js';
import { emptyStore } from '../../store/store.js';
import type { Allowances } from '../../verify/trust/allowances.js';
import { NotPerformedError, refuseSpec } from '../../verify/trust/not-performed.js';
import { loadOwnSets } from '../../verify/trust/own-sets.js';
import { specDifference } from '../../verify/trust/spec-difference.js';
import { checkTrust, type TrustedParts } from '../../verify/trust/trust.js';
import type { Context } from '../context.js';
import { assemble } from '../steps/assemble.js';
import { compileMissing } from '../steps/compile-missing.js';
import { patchFetcherFor } from '../steps/parts.js';
import { prepareBuild } from '../steps/prepare.js';
import { requestOf } from '../steps/spec-request.js';

/** An image that was built from its spec alone. */
export interface Rebuilt {
  /** Of the index. */
  readonly digest: AssembledIndex['index']['digest'];
  readonly assembled: AssembledIndex;
}

/**
 * Builds what a spec says, with no result of an earlier run and an empty build cache, after `checkTrust` has allowed it.
 * No process is started and no request is made before.
 * @param platforms of the image; those that no build makes are left out
 * @param layoutDir where the OCI layout goes; new or empty
 * @param work a private folder of this rebuild's own
 * @throws NotPerformedError where the spec is refused, or what it takes cannot be had
 * @throws InputError where something that the caller named is at fault
 */
export async function rebuild(
  spec: BuildSpec,
  platforms: readonly Platform[],
  allowed: Allowances,
  layoutDir: string,
  context: Context,
  work: string,
  access: () => Promise<RegistryAccess>,
): Promise<Rebuilt> {
  const strict: Context = { ...context, strictFetch: true };
  const store = emptyStore(join(work, 'store'));
  const own = await loadOwnSets(context.patchesDir, patchFetcherFor(strict, store, work));
  const trusted = await checkTrust(spec, allowed, own, context.signal);
  const request = requestOf(spec, trusted, platforms);
  try {
    context.log.info(`pushgateway ${spec.version}, Go ${spec.go}, spec ${specDigest(spec)}`);
    const prepared = await prepareBuild(request, strict, store, work, access);
    checkSame(spec, prepared.spec);
    const binaries = await compileMissing(prepared, false, strict, store, work);
    const assembled = await assemble(prepared, binaries, layoutDir, store, strict);
    return { digest: assembled.index.digest, assembled };
  } catch (error) {
    throw explain(error, trusted, context.signal);
  }
}

/** What a build finds out must be what the spec says: the sum of the source, its commit, the go.mod, the base. */
function checkSame(given: BuildSpec, found: BuildSpec): void {
  const different = specDifference(given, found);
  if (different) throw refuseSpec(different.field, `is ${different.a}; what it names leads to ${different.b}`);
}

/** Fields of the spec by the input that a build would blame. */
const FIELDS: Readonly<Record<string, string>> = {
  'base-image': 'base',
  'go-version': 'go',
  'module-overrides': 'modules.overrides',
  patches: 'patches',
  platforms: 'base',
  'pushgateway-version': 'version',
  source: 'source',
};

/** What the caller named is the caller's to mend; all else could not be had. */
function explain(error: unknown, trusted: TrustedParts, signal: AbortSignal): unknown {
  if (signal.aborted) return new CancelledError();
  if (error instanceof InputError) {
    const field = FIELDS[error.input ?? ''];
    const isCallers =
      (field === 'source' && trusted.isCallersSource) || (field === 'patches' && trusted.hasCallersPatches);
    return field === undefined || isCallers ? error : unavailable(error, field);
  }
  const explained = explainSystemError(error, 'rebuild the image');
  return error instanceof RunError ? unavailable(error) : explained;
}

function unavailable(error: Error, field?: string): NotPerformedError {
  const what = field === undefined ? '' : `the spec's ${field}: `;
  return new NotPerformedError('unavailable', `${what}${messageOf(error)}`, field);
}
