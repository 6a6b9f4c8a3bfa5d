import { type Difference, printable } from '../difference.js';
import { compareBinaries } from './binary-differences.js';
import { toDifference } from './binary-finding.js';
import { ByteFile } from './byte-file.js';
import { firstDifference, wholeOf } from './differing-bytes.js';
import { regionAt } from './executable.js';
import { plainDifference } from './plain-difference.js';
import { readProgram } from './program.js';

/**
 * Two files at one place in the images (regular files on this disk, untrusted content, perhaps large): what differs in
 * them, the causes first where they are programs. Empty where they are equal. No process is started.
 * @param where their place, printable
 */
export async function compareFiles(where: string, a: string, b: string): Promise<Difference[]> {
  const left = await ByteFile.open(a);
  try {
    const right = await ByteFile.open(b);
    try {
      return await compareOpen(where, left, right);
    } finally {
      await right.close();
    }
  } finally {
    await left.close();
  }
}

async function compareOpen(where: string, a: ByteFile, b: ByteFile): Promise<Difference[]> {
  const first = await firstDifference(wholeOf(a), wholeOf(b));
  if (first === undefined) return [];
  const [left, right] = [await readProgram(a), await readProgram(b)];
  if (left && right) return compareBinaries(where, left, right, first);
  // Only one is a program, or one of them is damaged so that it is none any more.
  const known = left ?? right;
  if (!known) return [await plainDifference(where, a, b, first)];
  const kind = { what: 'format', a: left?.executable.kind, b: right?.executable.kind, cause: 'files' } as const;
  const region = printable(regionAt(known.executable, first));
  return [toDifference(where, kind), await plainDifference(`${where}: ${region}`, a, b, first)];
}
