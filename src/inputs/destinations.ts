import { InputError } from '../base/errors.js';
import { isTag, parseReference, type Repository, repositoryName } from '../spec/reference.js';
import type { Destination } from './requests.js';

/** Where the image goes by the names that the user gave. */
export interface Destinations {
  /** In the order in which they were given; none twice. */
  readonly destinations: readonly Destination[];
  /** Tags without a repository, for a local name where no `image` was given; undefined for the default one. */
  readonly localTags: readonly string[] | undefined;
  /** What was changed on the way in. */
  readonly notices: readonly string[];
}

/**
 * Reads `image` and `tags`. A tag without repository is for every repository of `image`; a full reference is for its
 * own. A repository for which no tag is given gets the default tag.
 * @throws InputError
 */
export function parseDestinations(images: readonly string[], tags: readonly string[]): Destinations {
  const notices = new Set<string>();
  const byName = new Map<string, { repository: Repository; tags: Set<string> }>();
  const tagsOf = (repository: Repository) => {
    const name = repositoryName(repository);
    const found = byName.get(name) ?? { repository, tags: new Set() };
    byName.set(name, found);
    return found.tags;
  };
  const plain = tags.filter((tag) => !isFull(tag));
  for (const tag of plain) if (!isTag(tag)) throw refuseTag(tag);
  for (const text of images) {
    const ofImage = tagsOf(parseImage(text, notices));
    for (const tag of plain) ofImage.add(tag);
  }
  for (const text of tags.filter(isFull)) {
    const { repository, tag, digest } = parseReference(lowered(text, notices), 'tags');
    if (tag === undefined || digest !== undefined) throw refuseTag(text);
    tagsOf(repository).add(tag);
  }
  return {
    destinations: [...byName.values()].map(({ repository, tags: given }): Destination => {
      return { repository, tags: given.size === 0 ? undefined : [...given] };
    }),
    localTags: plain.length === 0 ? undefined : [...new Set(plain)],
    notices: [...notices],
  };
}

/** Whether it can only be a reference: no tag holds any of these. */
function isFull(tag: string): boolean {
  return /[/:@]/.test(tag);
}

function parseImage(text: string, notices: Set<string>): Repository {
  const { repository, tag, digest } = parseReference(lowered(text, notices), 'image');
  if (tag === undefined && digest === undefined) return repository;
  throw new InputError(
    `${JSON.stringify(text)} is not accepted for image. Accepted: a repository without tag or digest, as in ghcr.io/me/pushgateway; tags have an input of their own`,
    'image',
  );
}

/** Owners on GitHub may have upper-case letters, names in its registry may not; other registries have no such owners. */
function lowered(text: string, notices: Set<string>): string {
  const given = /^ghcr\.io\/[^:@]*/i.exec(text)?.[0] ?? '';
  const name = given.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  if (name !== given) notices.add(`ghcr.io takes lower-case names only: ${given} becomes ${name}`);
  return name + text.slice(given.length);
}

function refuseTag(given: string): InputError {
  return new InputError(
    `${JSON.stringify(given)} is not accepted for tags. Accepted: a tag of 1 to 128 letters, digits and _ . -, the first no . or -; or REPOSITORY:TAG, as in ghcr.io/me/pushgateway:1.11.3`,
    'tags',
  );
}
