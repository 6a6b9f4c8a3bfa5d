import { InputError } from '../base/errors.js';
import { type Digest, digestOf } from '../base/hash.js';
import { type ImageReference, type Repository, referenceName } from '../spec/reference.js';
import { NotFoundError, RegistryError } from './registry-error.js';
import { type RegistryAccess, rawManifest } from './skopeo.js';

/** Another name for a default tag that is taken. */
export interface NextName {
  readonly tag: string;
  /** The `version-suffix` that leads to it, where there is one. */
  readonly suffix?: string;
}

/** The n-th other name, from 2. */
export type NextNames = (n: number) => NextName;

/** After so many names that are taken, too, none is offered. */
const MOST_NAMES = 50;

/** The digest that a tag points to; undefined where it does not exist. */
export async function digestOfTag(access: RegistryAccess, reference: ImageReference): Promise<Digest | undefined> {
  try {
    return digestOf(await rawManifest(access, reference));
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/** The same; undefined also where the registry refuses to tell, as it does for what does not exist yet. */
export async function digestIfShown(access: RegistryAccess, reference: ImageReference): Promise<Digest | undefined> {
  try {
    return await digestOfTag(access, reference);
  } catch (error) {
    if (error instanceof RegistryError && error.failure.kind === 'denied') return undefined;
    throw error;
  }
}

export interface DefaultTag {
  readonly repository: Repository;
  readonly tag: string;
}

/**
 * Refuses to move a default tag: each must be free, or at this image already.
 * @param look how a tag is asked for
 * @throws InputError (`tags`) that names the reference, both digests and the next free name
 */
export async function refuseTakenTags(
  tags: readonly DefaultTag[],
  index: Digest,
  look: (reference: ImageReference) => Promise<Digest | undefined>,
  nextName: NextNames | undefined,
): Promise<void> {
  for (const reference of tags) {
    const there = await look(reference);
    if (there === undefined || there === index) continue;
    const repositories = tags.filter(({ tag }) => tag === reference.tag).map(({ repository }) => repository);
    const next = await nextFree(repositories, look, nextName ?? ((n) => ({ tag: `${reference.tag}.${n}` })));
    const way = next?.suffix === undefined ? '' : ` (version-suffix: ${next.suffix})`;
    const advice = next === undefined ? '' : ` The next free one is ${next.tag}${way}.`;
    throw new InputError(
      `${referenceName(reference)} exists and is another image: ${there}; this one is ${index}. The default tag is never moved.${advice} ` +
        'Take another version-suffix, which gives another default tag; or list under tags what may move',
      'tags',
    );
  }
}

/** The first name that is free in every repository. */
async function nextFree(
  repositories: readonly Repository[],
  look: (reference: ImageReference) => Promise<Digest | undefined>,
  nextName: NextNames,
): Promise<NextName | undefined> {
  for (let n = 2; n <= MOST_NAMES; n++) {
    const name = nextName(n);
    let isFree = true;
    for (const repository of repositories) {
      isFree &&= (await look({ repository, tag: name.tag })) === undefined;
    }
    if (isFree) return name;
  }
  return undefined;
}
