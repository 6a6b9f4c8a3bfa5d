import type { Destination } from '../inputs/requests.js';
import type { NextName } from '../registry/default-tag.js';
import type { PushTarget } from '../registry/push.js';
import { isTag, type Repository, repositoryName } from '../spec/reference.js';

/** What the image is called where no `image` was given: a name that no registry answers to. */
const LOCAL: Repository = { registry: 'localhost', path: 'pushgateway-ttl' };

/** What the image is called. */
export interface ImageNames {
  /** Empty where no `image` was given. */
  readonly repositories: readonly PushTarget[];
  /** Another `version-suffix` for where the default tag is taken, and the default tag that it leads to; n from 2. */
  readonly next: (n: number) => Required<NextName>;
  /** Every `REPOSITORY:TAG`; the local name where no `image` was given. */
  readonly references: readonly string[];
  /** Each once. */
  readonly tags: readonly string[];
}

/**
 * Names for an image of a version. The default tag is the version with `+`, which no tag may hold, written `-`
 * (design, section 4).
 * @param version as the binary shows it, `1.11.3+ttl.1`
 * @param upstream its beginning, `1.11.3`
 * @param localTags tags that were given without any repository
 */
export function imageNames(
  version: string,
  upstream: string,
  destinations: readonly Destination[],
  localTags: readonly string[] | undefined,
): ImageNames {
  const defaultTag = tagOf(version);
  const suffix = version.slice(upstream.length);
  const named = ({ repository, tags }: Destination): PushTarget => {
    // What the user listed moves; the default tag never does.
    return { repository, tags: tags ?? [defaultTag], mayMove: tags !== undefined };
  };
  const repositories = destinations.map(named);
  const all = repositories.length > 0 ? repositories : [named({ repository: LOCAL, tags: localTags })];
  return {
    repositories,
    next: (n) => {
      const other = suffix === '' ? `+${n}` : `${suffix}.${n}`;
      return { suffix: other, tag: tagOf(upstream + other) };
    },
    references: all.flatMap(({ repository, tags }) => tags.map((tag) => `${repositoryName(repository)}:${tag}`)),
    tags: [...new Set(all.flatMap(({ tags }) => tags))],
  };
}

function tagOf(version: string): string {
  const tag = version.replaceAll('+', '-');
  // The grammar of a version is narrower than that of a tag.
  if (!isTag(tag)) throw new Error(`no tag can be made of ${version}`);
  return tag;
}
