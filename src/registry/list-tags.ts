import type { Repository } from '../spec/reference.js';
import { repositoryName } from '../spec/reference.js';
import { callSkopeo, type RegistryAccess } from './call-skopeo.js';
import { damaged } from './failure.js';
import { type Doing, registryError } from './registry-error.js';
import { withRetries } from './retry.js';
import { accessFlags, questionTimeout } from './skopeo.js';

/**
 * The tags of a repository, in the registry's order.
 * @throws NotFoundError where there is no such repository
 * @throws RegistryError
 */
export function listTags(access: RegistryAccess, repository: Repository): Promise<string[]> {
  const name = repositoryName(repository);
  const doing: Doing = { what: `list the tags of ${name}`, repository, access: 'read' };
  return withRetries(doing.what, access, async () => {
    const args = [...accessFlags(access, repository, ''), `docker://${name}`];
    const text = await callSkopeo(access, { command: 'list-tags', args, timeoutMs: questionTimeout(access), doing });
    return readTags(text) ?? fail(text, doing);
  });
}

/** The tags in skopeo's answer; undefined where it is something else. */
export function readTags(text: string): string[] | undefined {
  try {
    const { Tags } = JSON.parse(text) as { Tags?: readonly unknown[] | null };
    const tags = [...(Tags ?? [])];
    return tags.every((tag) => typeof tag === 'string') ? tags : undefined;
  } catch {
    return undefined;
  }
}

function fail(text: string, doing: Doing): never {
  throw registryError({ ...damaged(`skopeo answered ${JSON.stringify(text.slice(0, 200))}`), kind: 'final' }, doing);
}
