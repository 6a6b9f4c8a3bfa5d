import { CancelledError, InputError, messageOf, RunError } from '../base/errors.js';
import type { Digest } from '../base/hash.js';

export type TagState = 'not-set' | 'set' | 'unchanged' | 'unknown';

/** What a push has done so far, to be told where it does not come to its end. */
export class PushAccount {
  private readonly tags = new Map<string, TagState>();
  private readonly uploaded = new Set<string>();
  private readonly index: Digest;

  /** @param references every `repository:tag` that is to be set */
  constructor(index: Digest, references: readonly string[]) {
    this.index = index;
    for (const reference of references) this.tags.set(reference, 'not-set');
  }

  hasImage(repository: string): void {
    this.uploaded.add(repository);
  }

  tag(reference: string, state: TagState): void {
    this.tags.set(reference, state);
  }

  /** Which references are at the image and which are not, and what stays behind. */
  toString(): string {
    const inState = (...states: TagState[]) =>
      [...this.tags].filter(([, state]) => states.includes(state)).map(([reference]) => reference);
    const [done, open, unknown] = [inState('set', 'unchanged'), inState('not-set'), inState('unknown')];
    const lines: string[] = [];
    if (done.length > 0) lines.push(`These tags point to ${this.index}: ${done.join(', ')}.`);
    else if (unknown.length === 0) lines.push('No tag points to the new image.');
    if (open.length > 0) lines.push(`Not set: ${open.join(', ')}.`);
    if (unknown.length > 0) lines.push(`Whether it was set is not known: ${unknown.join(', ')}.`);
    const where = [...this.uploaded];
    const tagged = where.filter((name) => done.some((reference) => reference.startsWith(`${name}:`)));
    const untagged = where.filter((name) => !tagged.includes(name));
    if (untagged.length > 0)
      lines.push(`The image lies without a new tag, as @${this.index}, in: ${untagged.join(', ')}.`);
    lines.push('Run again once that is put right: what is there already is not uploaded again.');
    return lines.join('\n');
  }

  /** The error with the account below it; a cancel stays what it is. */
  explain(error: unknown): unknown {
    if (error instanceof CancelledError) return error;
    const message = `${messageOf(error)}\n${this}`;
    if (error instanceof InputError) return new InputError(message, error.input);
    return error instanceof RunError ? new RunError(message) : error;
  }
}
