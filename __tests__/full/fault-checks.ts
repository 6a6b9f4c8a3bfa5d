import { expect } from 'vitest';
import { InputError, messageOf, RunError } from '../../src/base/errors.js';
import type { Digest } from '../../src/base/hash.js';
import type { PushedTag } from '../../src/registry/push.js';
import type { TagState } from '../support/complete-image.js';
import { type PushThrough, pushThrough } from '../support/push-through.js';
import { PASSWORD } from './fault-case.js';

/** Path of the repository. */
export const PATH = 'team/pushgateway';

/** Indexes of the image that stands in the registry as `latest` before, and of the one that is pushed. */
export interface Indexes {
  readonly older: Digest;
  readonly newer: Digest;
}

export type Outcome = { readonly pushed: PushedTag[] } | { readonly error: unknown };

export async function outcomeOf(push: PushThrough): Promise<Outcome> {
  try {
    return { pushed: await pushThrough(push) };
  } catch (error) {
    return { error };
  }
}

/** What must be so whatever went wrong: each tag leads to one whole image, the older or the newer one. */
export function expectWhole(tags: ReadonlyMap<string, TagState>, { older, newer }: Indexes): void {
  for (const [tag, { digest, flaws }] of tags) {
    expect(flaws, tag).toEqual([]);
    expect(tag === 'latest' ? [older, newer] : [newer], tag).toContain(digest);
  }
  expect([...tags.keys()]).toContain('latest');
}

/** After a success all tags lead to the newer image, and so it was told. */
export function expectPushed(
  pushed: readonly PushedTag[],
  host: string,
  tags: ReadonlyMap<string, TagState>,
  { newer }: Indexes,
): void {
  const names = ['1.0', 'latest'];
  expect(pushed).toEqual(names.map((tag) => ({ reference: `${host}/${PATH}:${tag}`, outcome: 'pushed' })));
  for (const tag of names) expect(tags.get(tag)?.digest).toBe(newer);
}

/** An error that says which registry it is about and, truly, which tags were set. */
export function expectClear(
  error: unknown,
  host: string,
  tags: ReadonlyMap<string, TagState>,
  { newer }: Indexes,
): string {
  const message = messageOf(error);
  expect(error instanceof RunError || error instanceof InputError, message).toBe(true);
  expect(message).toContain(host);
  expect(message).not.toContain(PASSWORD);
  const listed = (pattern: RegExp) => pattern.exec(message)?.[1]?.split(', ') ?? [];
  const unknown = listed(/^Whether it was set is not known: (.*)\.$/m);
  const set = [...tags].flatMap(([tag, { digest }]) => (digest === newer ? [`${host}/${PATH}:${tag}`] : []));
  const known = set.filter((reference) => !unknown.includes(reference));
  expect(known, message).toEqual(listed(/^These tags point to \S+: (.*)\.$/m));
  return message;
}
