import { InputError } from '../base/errors.js';
import { isRepositoryPath, isTag } from '../spec/reference.js';

/** A name without a registry, and a tag: what is published is called so in every destination. */
export interface PublishName {
  readonly name: string;
  readonly tag: string;
}

const HOUR = 3_600_000;

/** Hours for which objects stay that no tag leads to. */
export const DEFAULT_GRACE = '24';

const NAME_FORM =
  'NAME is lower-case letters and digits, with . _ - between them and / between parts, at most 255 letters';
const TAG_FORM = 'TAG is 1 to 128 letters, digits and _ . -, the first no . or -';

/**
 * `NAME:TAG`, by the grammar of distribution/reference, without a registry.
 * @throws InputError
 */
export function parsePublishName(text: string | undefined, input = 'tag'): PublishName {
  if (text === undefined || text.trim() === '') {
    throw new InputError('there is no name and tag. Give NAME:TAG, as in pushgateway:1.11.3', input);
  }
  const given = text.trim();
  const colon = given.lastIndexOf(':');
  const [name, tag] = [given.slice(0, Math.max(0, colon)), given.slice(colon + 1)];
  if (colon > 0 && isRepositoryPath(name) && isTag(tag)) return { name, tag };
  throw new InputError(
    `${JSON.stringify(given.slice(0, 300))} is no NAME:TAG. Accepted: as in pushgateway:1.11.3; ${NAME_FORM}; ${TAG_FORM}`,
    input,
  );
}

/** A name alone. @throws InputError */
export function parseOnlyName(text: string, input: string): string {
  if (isRepositoryPath(text)) return text;
  throw new InputError(`${JSON.stringify(text.slice(0, 300))} is no name. Accepted: ${NAME_FORM}`, input);
}

/** `NAME`, or `NAME:TAG`. @throws InputError */
export function parseNameOrTag(text: string, input: string): { readonly name: string; readonly tag?: string } {
  return text.includes(':') ? parsePublishName(text, input) : { name: parseOnlyName(text, input) };
}

/** How many tags stay. @throws InputError */
export function parseKeep(text: string | undefined, input = 'keep'): number {
  if (text === undefined) throw new InputError('gc needs to know how many tags stay. Give keep, as in 5', input);
  if (/^\d{1,6}$/.test(text) && Number(text) >= 1) return Number(text);
  throw new InputError(`${JSON.stringify(text)} is not accepted for ${input}. Accepted: a whole number from 1`, input);
}

/** Hours as milliseconds. @throws InputError */
export function parseGrace(text = DEFAULT_GRACE, input = 'grace'): number {
  const [, number, unit = 'h'] = /^(\d{1,5})([hd]?)$/.exec(text.trim()) ?? [];
  if (number !== undefined) return Number(number) * HOUR * (unit === 'd' ? 24 : 1);
  throw new InputError(
    `${JSON.stringify(text)} is not accepted for ${input}. Accepted: whole hours or days, as 24, 24h or 7d`,
    input,
  );
}
