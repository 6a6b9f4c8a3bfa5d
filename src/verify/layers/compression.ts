import type { Difference } from '../difference.js';
import type { UnpackFacts } from './decompress.js';
import { describeGzipHeader } from './gzip-header.js';
import { MAX_MEMBERS } from './gzip-members.js';

/** How two layers were compressed, where that is all that differs in them. */
export function compressionDifference(a: UnpackFacts, b: UnpackFacts, where: string): Difference {
  const [way, other] = [wayText(a), wayText(b)];
  const sizes = [`${a.packedSize} bytes`, `${b.packedSize} bytes`] as const;
  if (way !== other) return difference(`${where}: compression`, `${way}; ${sizes[0]}`, `${other}; ${sizes[1]}`);
  // The header does not tell; then it is the stream itself.
  const place = `${where}: compressed stream, of another implementation or level (both: ${way})`;
  return difference(place, ...sizes);
}

/** The same beside other differences; undefined where nothing tells the ways of compressing apart. */
export function otherCompression(a: UnpackFacts, b: UnpackFacts, where: string): Difference | undefined {
  return wayText(a) === wayText(b) ? undefined : compressionDifference(a, b, where);
}

function wayText({ compression, gzip, members }: UnpackFacts): string {
  if (compression === 'none') return 'not compressed';
  if (compression === 'zstd') return 'zstd';
  const header = gzip ? describeGzipHeader(gzip) : 'empty';
  const count = members > MAX_MEMBERS ? `more than ${MAX_MEMBERS}` : members;
  return `gzip, ${header}, ${count} ${members === 1 ? 'member' : 'members'}`;
}

function difference(where: string, a: string, b: string): Difference {
  return { level: 'layer', weight: 'compression', where, a, b, cause: 'compressor' };
}
