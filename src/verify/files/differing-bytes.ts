import type { ByteFile, Range } from './byte-file.js';

/** Places of two ranges in which they differ, counted from their starts; `end` is the first byte after it. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

export interface Runs {
  readonly runs: readonly Run[];
  /** False where there are more than were asked for. */
  readonly isWhole: boolean;
}

/** Bytes that are equal between two places which still count as one. */
const GAP = 8;

const CHUNK = 2 ** 18;

/** Bytes shown of each side, half of them before the first that differs. */
const SHOWN = 16;

/**
 * Where two ranges differ, up to so many places. What the longer one has more is the last of them.
 * @param limit how many places are wanted
 */
export async function differingRuns(
  [a, rangeA]: readonly [ByteFile, Range],
  [b, rangeB]: readonly [ByteFile, Range],
  limit: number,
): Promise<Runs> {
  const runs: { start: number; end: number }[] = [];
  const common = Math.min(rangeA.size, rangeB.size);
  const add = (start: number, end: number) => {
    const last = runs.at(-1);
    if (last && start - last.end < GAP) last.end = end;
    else runs.push({ start, end });
  };
  for (let offset = 0; offset < common; offset += CHUNK) {
    const size = Math.min(CHUNK, common - offset);
    const [left, right] = await Promise.all([
      a.readSome(rangeA.offset + offset, size),
      b.readSome(rangeB.offset + offset, size),
    ]);
    if (left.equals(right)) continue;
    for (let index = 0; index < size; index++) {
      if (left[index] === right[index]) continue;
      add(offset + index, offset + index + 1);
      if (runs.length > limit) return { runs: runs.slice(0, limit), isWhole: false };
    }
  }
  if (rangeA.size !== rangeB.size) add(common, Math.max(rangeA.size, rangeB.size));
  return runs.length > limit ? { runs: runs.slice(0, limit), isWhole: false } : { runs, isWhole: true };
}

export function wholeOf(file: ByteFile): readonly [ByteFile, Range] {
  return [file, { offset: 0, size: file.size }];
}

/** Where two ranges begin to differ, counted from their starts; undefined where they are equal. */
export async function firstDifference(
  [a, rangeA]: readonly [ByteFile, Range],
  [b, rangeB]: readonly [ByteFile, Range],
): Promise<number | undefined> {
  const common = Math.min(rangeA.size, rangeB.size);
  for (let offset = 0; offset < common; offset += CHUNK) {
    const size = Math.min(CHUNK, common - offset);
    const left = await a.readSome(rangeA.offset + offset, size);
    const right = await b.readSome(rangeB.offset + offset, size);
    if (left.equals(right)) continue;
    const index = left.findIndex((byte, at) => byte !== right[at]);
    return offset + (index < 0 ? left.length : index); // the second may go on where the first ends
  }
  return rangeA.size === rangeB.size ? undefined : common;
}

/** The bytes around a place in hex and as letters, the one at the place in brackets: `00 00 [41] 42 "..AB"`. */
export async function hexAround(file: ByteFile, offset: number): Promise<string> {
  if (offset >= file.size) return `the file ends at ${hex(file.size)}`;
  const start = Math.max(0, offset - SHOWN / 2);
  const bytes = await file.readSome(start, SHOWN);
  const digits = [...bytes].map((byte, index) => (start + index === offset ? `[${hex2(byte)}]` : hex2(byte)));
  return `${digits.join(' ')} "${bytes.toString('latin1').replaceAll(/[^\x20-\x7e]/g, '.')}"`;
}

/** As `0x1f40`. */
export function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

function hex2(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}
