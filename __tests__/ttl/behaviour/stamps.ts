import { readFileSync, writeFileSync } from 'node:fs';

/** Seconds from the year 1, from which Go counts, to 1970. */
const GO_EPOCH = 62_135_596_800;

/**
 * Moves all times of a persistence file. Gob writes a time as the number of the bytes that follow, 15, then a version
 * of 1, the seconds as eight bytes, nanoseconds and the time zone.
 * @param seconds forward, or back where it is negative
 * @returns how many times were moved
 */
export function moveStamps(file: string, seconds: number): number {
  const data = readFileSync(file);
  let moved = 0;
  for (let at = data.indexOf('\x0f\x01', 0, 'latin1'); at >= 0; at = data.indexOf('\x0f\x01', at + 1, 'latin1')) {
    if (at + 17 > data.length) break;
    const stamp = Number(data.readBigInt64BE(at + 2)) - GO_EPOCH;
    if (Math.abs(stamp - Date.now() / 1000) > 3600) continue;
    data.writeBigInt64BE(BigInt(stamp + GO_EPOCH + seconds), at + 2);
    moved++;
  }
  writeFileSync(file, data);
  return moved;
}
