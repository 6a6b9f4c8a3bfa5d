import type { Repository } from '../spec/reference.js';
import { repositoryName } from '../spec/reference.js';
import { callSkopeo, type RegistryAccess } from './call-skopeo.js';
import type { Doing } from './registry-error.js';
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
    const { Tags } = JSON.parse(text) as { Tags?: readonly string[] | null };
    return [...(Tags ?? [])];
  });
}
