import { CancelledError, InputError } from '../../base/errors.js';
import { parseDestination, type RegistryDestination, type S3Destination } from '../../bucket/destination.js';
import type { ObjectStore } from '../../bucket/object-store.js';
import { openS3 } from '../../bucket/s3/store.js';
import type { DestinationTexts, ReachOptions } from '../../inputs/publish-options.js';
import { parseLogin } from '../../inputs/registry-options.js';
import type { RegistryAccess } from '../../registry/skopeo.js';
import { repositoryName } from '../../spec/reference.js';
import type { Context } from '../context.js';
import { registryAccess } from '../registries.js';
import { toolingFor } from '../tooling.js';
import { inWorkspace } from '../workspace.js';

/** A bucket that something is published to, or listed and removed in. */
export interface OpenedBucket extends S3Destination {
  readonly store: ObjectStore;
}

export type OpenedDestination = OpenedBucket | RegistryDestination;

/** What a command of publishing needs while it runs. */
export interface PublishRun {
  /** In the order in which they were given; at least one. */
  readonly destinations: readonly OpenedDestination[];
  readonly context: Context;
  /** The run's private folder. */
  readonly work: string;
  readonly access: () => Promise<RegistryAccess>;
}

const FORMS = 's3://BUCKET or docker://HOST/NAME';

/**
 * Understands the destinations.
 * @throws InputError where there is none, two are the same, or one is malformed
 */
export function readDestinations({ input, texts }: DestinationTexts): (S3Destination | RegistryDestination)[] {
  if (texts.length === 0) throw new InputError(`there is no destination. Accepted: ${FORMS}`, input);
  const destinations = texts.map((text) => parseDestination(text, input));
  destinations.forEach((destination, position) => {
    const twin = destinations.findIndex((other) => placeOf(other) === placeOf(destination));
    if (twin === position) return;
    throw new InputError(`${destination.shown} is given twice. Accepted: each destination once`, input);
  });
  return destinations;
}

function placeOf(destination: S3Destination | RegistryDestination): string {
  if (destination.type === 'registry') return destination.shown;
  return `${destination.shown} ${destination.endpoint ?? ''}`;
}

/**
 * Opens what a run needs, and closes it again, whatever comes of it.
 * @param what is done, as "publish"; for errors of the system
 */
export async function inPublishRun<Result>(
  what: string,
  texts: DestinationTexts,
  reach: ReachOptions,
  context: Context,
  body: (run: PublishRun) => Promise<Result>,
): Promise<Result> {
  const destinations = readDestinations(texts);
  const login = loginOf(destinations, reach, texts.input);
  return inWorkspace(what, context, async (work) => {
    const { log, signal, env } = context;
    const { retries, tlsVerify } = reach;
    const { toolContext, tools } = await toolingFor(context, work);
    const need = { why: `to ${what} at docker:// destinations`, instead: 'give s3:// destinations' };
    const access = registryAccess({ login, tlsVerify, retries }, need, toolContext, tools, work);
    const opened = await Promise.all(
      destinations.map(async (destination): Promise<OpenedDestination> => {
        if (destination.type === 'registry') return destination;
        return { ...destination, store: await openS3(destination, { env, log, signal, retries }) };
      }),
    );
    return body({ destinations: opened, context, work, access });
  });
}

function loginOf(
  destinations: readonly (S3Destination | RegistryDestination)[],
  { username, password }: ReachOptions,
  input: string,
) {
  const registries = destinations.flatMap((each) => (each.type === 'registry' ? [each.repository.registry] : []));
  if (username !== undefined && registries.length === 0) {
    throw new InputError(
      `registry-username is for a docker:// destination, and there is none in ${input}. Buckets take their credentials from the AWS environment variables and files`,
      'registry-username',
    );
  }
  return parseLogin(username, password, [{ input: 'image-destinations', registries }]);
}

/** What is left in a bucket of work that was cancelled. */
export const LEFT = {
  push: 'every tag is whole, what was uploaded stays, and the next push goes on from it',
  removal: 'every tag that is listed is whole, and what has not been removed yet goes with a later gc',
} as const;

/** Has the work's error say what is left where it was cancelled. */
export async function sayWhatIsLeft<T>({ signal }: Context, left: string, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw signal.aborted || error instanceof CancelledError ? new CancelledError(left) : error;
  });
}

/** @throws InputError where one is a registry */
export function onlyBuckets(
  destinations: readonly OpenedDestination[],
  input: string,
  instead: (destination: RegistryDestination) => string,
): readonly OpenedBucket[] {
  return destinations.map((destination) => {
    if (destination.type === 's3') return destination;
    throw new InputError(`${repositoryName(destination.repository)} is in a registry, ${instead(destination)}`, input);
  });
}
