import { type Difference, printable } from '../difference.js';
import type { ByteFile } from './byte-file.js';
import { hex, hexAround } from './differing-bytes.js';

/** How far from the first difference the line around it is looked for. */
const REACH = 4096;

/** Two files that are no programs: the first line that differs where both are text there, else the bytes. */
export async function plainDifference(where: string, a: ByteFile, b: ByteFile, first: number): Promise<Difference> {
  const lines = [await lineAround(a, first), await lineAround(b, first)] as const;
  const sizes = a.size === b.size ? ['', ''] : [a, b].map(({ size }) => ` (file of ${size} bytes)`);
  const isText = lines[0] !== undefined && lines[1] !== undefined;
  const place = isText ? `line ${await lineNumber(a, first)}` : `offset ${hex(first)}`;
  const shown = isText
    ? lines.map((line) => printable(line ?? ''))
    : [await hexAround(a, first), await hexAround(b, first)];
  return {
    level: 'file',
    weight: 'content',
    where: `${where}: ${place}`,
    a: `${shown[0]}${sizes[0]}`,
    b: `${shown[1]}${sizes[1]}`,
    cause: 'files',
  };
}

/** The line that a place is in; its end, where it is long. Undefined where the bytes around are no text. */
async function lineAround(file: ByteFile, offset: number): Promise<string | undefined> {
  const start = Math.max(0, offset - REACH);
  const bytes = await file.readSome(start, 2 * REACH);
  if (bytes.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) return undefined;
  const at = offset - start;
  if (at >= bytes.length) return '(the end of the file)';
  const from = at === 0 ? 0 : bytes.lastIndexOf(0x0a, at - 1) + 1;
  const to = bytes.indexOf(0x0a, at);
  const line = bytes.subarray(Math.max(from, at - 100), to < 0 ? bytes.length : to).toString('utf8');
  return line;
}

/** Counted from 1. */
async function lineNumber(file: ByteFile, offset: number): Promise<number> {
  let count = 1;
  for await (const { bytes } of file.pieces({ offset: 0, size: offset }))
    for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) count++;
  return count;
}
