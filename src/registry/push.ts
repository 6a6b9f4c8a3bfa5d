import { CancelledError } from '../base/errors.js';
import type { Digest } from '../base/hash.js';
import { type ImageReference, type Repository, referenceName, repositoryName } from '../spec/reference.js';
import { PushAccount } from './account.js';
import { digestIfShown, digestOfTag, type NextNames, refuseTakenTags } from './default-tag.js';
import { type RegistryAccess, rawManifest } from './skopeo.js';
import { setTag, uploadImage } from './upload.js';

/** A repository, and the tags that are to point to the image there. */
export interface PushTarget {
  readonly repository: Repository;
  readonly tags: readonly string[];
  /** False: the default tag, which never moves from another digest. */
  readonly mayMove: boolean;
}

export interface PushedTag {
  readonly reference: string;
  /** `unchanged`: it was at this digest already, and was not written. */
  readonly outcome: 'pushed' | 'unchanged';
}

export interface PushOptions {
  /** A layout whose `index.json` names one index. */
  readonly layoutDir: string;
  /** Digest of that index. */
  readonly index: Digest;
  /** Digests of its manifests. */
  readonly manifests: readonly Digest[];
  readonly targets: readonly PushTarget[];
  readonly access: RegistryAccess;
  /** Names to offer where a default tag is taken, from n = 2; by default `TAG.2`, `TAG.3`, … */
  readonly freeSuffix?: NextNames | undefined;
  /** Called when every repository has the image, and before any tag is set; what it throws keeps them as they are. */
  readonly beforeTags?: (() => Promise<void>) | undefined;
}

/** What of some targets is yet to be pushed: the tags that are not at this image, with their repositories. */
export async function withoutSetTags(
  targets: readonly PushTarget[],
  index: Digest,
  access: RegistryAccess,
): Promise<PushTarget[]> {
  const left: PushTarget[] = [];
  for (const target of targets) {
    const tags: string[] = [];
    for (const tag of target.tags) {
      if ((await digestIfShown(access, { repository: target.repository, tag })) !== index) tags.push(tag);
    }
    if (tags.length > 0) left.push({ ...target, tags });
  }
  return left;
}

interface TagToSet extends ImageReference {
  readonly tag: string;
  readonly mayMove: boolean;
}

/**
 * Pushes an image to every repository, and lets every tag point to it. Tags come last, after each registry has given the
 * index and every manifest back byte for byte: so no tag ever points to something incomplete, and none is set anywhere
 * where one of the uploads fails.
 * @returns the tags in the order of the targets
 * @throws InputError (`tags`) where a default tag exists and points elsewhere
 * @throws RunError that says which tags were set and which were not
 */
export async function pushImage(options: PushOptions): Promise<PushedTag[]> {
  const { index, access } = options;
  const { log } = access;
  const tags = tagsToSet(options.targets);
  const repositories = new Map(options.targets.map(({ repository }) => [repositoryName(repository), repository]));
  const fixed = tags.filter(({ mayMove }) => !mayMove);

  // A package that does not exist yet may answer "denied": then the second look, after the upload, decides.
  await refuseTakenTags(fixed, index, (reference) => digestIfShown(access, reference), options.freeSuffix);

  const account = new PushAccount(index, tags.map(referenceName));
  try {
    for (const [name, repository] of repositories) {
      log.info(`Pushing ${name}@${index}`);
      await uploadImage(options, repository);
      account.hasImage(name);
    }
    for (const repository of repositories.values()) await readBack(options, repository);
    await refuseTakenTags(fixed, index, (reference) => digestOfTag(access, reference), options.freeSuffix);
    await options.beforeTags?.();
    const pushed: PushedTag[] = [];
    for (const tag of tags) pushed.push(await pushTag(options, tag, account));
    return pushed;
  } catch (error) {
    if (error instanceof CancelledError) log.warning(`The push was cancelled. ${account}`);
    throw account.explain(error);
  }
}

function tagsToSet(targets: readonly PushTarget[]): TagToSet[] {
  const found = new Map<string, TagToSet>();
  for (const { repository, tags, mayMove } of targets) {
    for (const tag of tags) {
      const name = referenceName({ repository, tag });
      // Listed beside being the default: then it may move.
      found.set(name, { repository, tag, mayMove: mayMove || (found.get(name)?.mayMove ?? false) });
    }
  }
  return [...found.values()];
}

/** Asks the registry for the index and every manifest, by digest; `rawManifest` compares the bytes. */
async function readBack({ index, manifests, access }: PushOptions, repository: Repository): Promise<void> {
  for (const digest of [index, ...manifests]) await rawManifest(access, { repository, digest });
  access.log.info(`${repositoryName(repository)} gives the index and its ${manifests.length} manifests back unchanged`);
}

async function pushTag(options: PushOptions, tag: TagToSet, account: PushAccount): Promise<PushedTag> {
  const { index, access } = options;
  const reference = referenceName(tag);
  const lookFor = (each: ImageReference) => digestOfTag(access, each);
  const before = await lookFor(tag);
  if (before === index) {
    account.tag(reference, 'unchanged');
    access.log.info(`${reference} is at ${index} already`);
    return { reference, outcome: 'unchanged' };
  }
  if (before !== undefined && !tag.mayMove) await refuseTakenTags([tag], index, lookFor, options.freeSuffix);
  account.tag(reference, 'unknown');
  try {
    await setTag(options, tag);
  } catch (error) {
    // The last answer may have got lost after the tag was set.
    const now = await digestOfTag({ ...access, retries: 0 }, tag).catch(() => null);
    if (now !== index) {
      // What is neither the image nor what was there before is no answer to trust.
      if (now === before) account.tag(reference, 'not-set');
      throw error;
    }
  }
  account.tag(reference, 'set');
  access.log.info(`${reference} → ${index}${before === undefined ? '' : ` (it was at ${before})`}`);
  return { reference, outcome: 'pushed' };
}
