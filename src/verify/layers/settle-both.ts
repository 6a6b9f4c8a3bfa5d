import { DamagedImageError } from '../damaged.js';
import type { Difference } from '../difference.js';
import { ofOtherSide } from '../documents/index-document.js';

/**
 * What was read of both sides. One that is damaged is no error but a difference, and the other is read nevertheless, so
 * that what is wrong with either is told.
 */
export async function settleBoth<T>(
  a: Promise<T>,
  b: Promise<T>,
): Promise<{ a: T | undefined; b: T | undefined; damage: Difference[] }> {
  const [side, other] = await Promise.allSettled([a, b]);
  const damage: Difference[] = [];
  if (side.status === 'rejected') damage.push(damageIn(side.reason));
  if (other.status === 'rejected') damage.push(ofOtherSide(damageIn(other.reason)));
  return {
    a: side.status === 'fulfilled' ? side.value : undefined,
    b: other.status === 'fulfilled' ? other.value : undefined,
    damage,
  };
}

function damageIn(error: unknown): Difference {
  if (error instanceof DamagedImageError) return error.difference;
  throw error;
}
