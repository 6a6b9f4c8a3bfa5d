import { InputError, RunError } from '../base/errors.js';
import { WrongBytesError } from '../registry/base-source.js';
import { RegistryError } from '../registry/skopeo.js';
import { type Difference, type Level, printable } from './difference.js';

/** The image is broken or hostile: no failure of the world, but something that was found out about the image. */
export class DamagedImageError extends RunError {
  /** `a` says what is wrong; `b` is undefined. */
  readonly difference: Difference;

  /** @param image its name, for the message */
  constructor(image: string, difference: Difference) {
    super(`${printable(image)}: ${difference.where}: ${difference.a}`);
    this.difference = difference;
  }
}

/**
 * A difference that stands for what is wrong with one image.
 * @param what a clause about `where`, as "it has 3 bytes; its descriptor says 5"; made printable here
 */
export function wrong(level: Level, where: string, what: string, cause: 'damaged' | 'hostile'): Difference {
  const a = printable(what.replace(/\.$/, ''));
  return { level, weight: 'content', where: printable(where), a, b: undefined, cause };
}

/** The part of an image that is being looked at. */
export interface Place {
  /** Name of the image, with its platform where that is known; for messages. */
  readonly image: string;
  readonly level: Level;
  /** As in `Difference`. */
  readonly where: string;
}

/**
 * Bytes that do not fit, or cannot be read.
 * @param what a clause, as "it has 3 bytes; its descriptor says 5"
 * @param level where it is deeper than the place
 */
export function damaged(place: Place, what: string, level = place.level): DamagedImageError {
  return new DamagedImageError(place.image, wrong(level, place.where, what, 'damaged'));
}

/** What no tool makes by mistake: larger than anything sensible, or made to be read in two ways. */
export function hostile(place: Place, what: string, level = place.level): DamagedImageError {
  return new DamagedImageError(place.image, wrong(level, place.where, what, 'hostile'));
}

/** What containers/image says of documents that it refuses for what is in them. */
const REFUSED =
  /exceeded maximum allowed size|ambiguous manifest|Unimplemented manifest|cannot unmarshal|invalid digest/i;

/**
 * Fetches a part of an image that was reached: what is missing there, or is not what its digest says, is damage.
 * @throws DamagedImageError
 * @throws RunError where the world fails, not the image
 */
export async function fetching<T>(place: Place, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof InputError ? damaged(place, error.message) : asDamage(place, error);
  }
}

/** The damage that an error tells of, where it tells of one; else the error. */
export function asDamage(place: Place, error: unknown): unknown {
  if (error instanceof WrongBytesError) return damaged(place, error.message);
  if (!(error instanceof RegistryError)) return error;
  const { cause, text } = error.failure;
  if (cause === 'damaged' || cause === 'not-found') return damaged(place, text);
  return cause === 'other' && REFUSED.test(text) ? hostile(place, text) : error;
}
