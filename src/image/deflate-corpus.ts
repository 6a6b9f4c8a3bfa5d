/**
 * Inputs on which deflate implementations part ways, made from a fixed pseudo-random sequence. Each exercises a
 * decision that zlib's level 6 takes and that its descendants were seen to take in another way.
 */
export interface CorpusSample {
  name: string;
  /** Makes the bytes, always the same; made on demand, since most engines fail on an early, small sample. */
  make(): Uint8Array;
  /** SHA-256 (hex) of what the reference zlib makes of them: raw deflate with the parameters of profile 1. */
  answer: string;
}

/** The samples, small and telling ones first; about 200 KiB together. */
export const DEFLATE_CORPUS: readonly CorpusSample[] = [
  {
    name: 'empty',
    make: () => new Uint8Array(0),
    answer: '9b4fb24edd6d1d8830e272398263cdbf026b97392cc35387b991dc0248a628f9',
  },
  {
    name: 'short',
    make: () => new Uint8Array(Buffer.from('abcabcabcabdabd')),
    answer: 'cd3d237d031a79178cb2fcea1dcfdc6034219b5096ed967a39d08d341d3bdc9b',
  },
  {
    name: 'runs',
    make: () => runs(16 * 1024),
    answer: '0e3af9032e2f7004fa05002b1e773269dbeeb779ee57c554977fdf324c625e04',
  },
  {
    name: 'noise',
    make: () => noise(20 * 1024),
    answer: '42b51e1f31a7eda70043617be2ffd3bc1cea30f409dd8450f9a6428aea78f2d8',
  },
  {
    name: 'code',
    make: () => code(48 * 1024),
    answer: '04e34f5b2bd5711d8476bd5820fb8567e78afdcaefa69397691e77c183f836e7',
  },
  {
    name: 'words',
    make: () => words(48 * 1024),
    answer: '21d177af84d61f5f8798e549b0f5bb4f4adfddbf9d13c4809db0c804eff847cb',
  },
  {
    name: 'far',
    make: () => far(72 * 1024),
    answer: '9cde45da023d67639dc24e57b273a81bd43201d2b4c57339907463f3da501ddb',
  },
];

/** Marsaglia's xorshift32: numbers from 0 to 2^32 - 1, the same on every machine. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** Text of few words: lazy matching, hash chains longer than the search, dynamic Huffman trees. */
function words(size: number): Uint8Array {
  const next = sequence(0x9e3779b9);
  const vocabulary = Array.from({ length: 300 }, () =>
    Array.from({ length: 2 + (next() % 8) }, () => 97 + (next() % 14)),
  );
  const out = new Uint8Array(size);
  for (let at = 0; at < size; ) {
    // Squaring makes the first words frequent, as in a language.
    const pick = ((next() % 300) * (next() % 300)) % 300;
    for (const letter of vocabulary[pick] as number[]) if (at < size) out[at++] = letter;
    if (at < size) out[at++] = next() % 11 === 0 ? 10 : 32;
  }
  return out;
}

/** Like machine code: three fixed bytes and a varying operand. Matches of three bytes are where the hashes differ. */
function code(size: number): Uint8Array {
  const next = sequence(0x1234567);
  const opcodes = Uint8Array.from({ length: 160 * 3 }, () => next() & 255);
  const out = new Uint8Array(size);
  for (let at = 0; at < size; ) {
    const opcode = (next() % 160) * 3;
    const end = Math.min(size, at + 4 + (next() % 5));
    for (let i = 0; at < end; i++, at++) out[at] = i < 3 ? (opcodes[opcode + i] as number) : next() % 3 && next() & 255;
  }
  return out;
}

/** Copies from distances around zlib's farthest, 32768 - 262, across slides of its window. */
function far(size: number): Uint8Array {
  const next = sequence(0xc0ffee);
  const out = new Uint8Array(size);
  for (let at = 0; at < size; ) {
    const distance = 32768 - 262 - 3 + (next() % 8);
    const length = 3 + (next() % 40);
    const copy = at > distance && next() % 2 === 0;
    for (let i = 0; i < length && at < size; i++, at++) out[at] = copy ? (out[at - distance] as number) : next() % 61;
  }
  return out;
}

/** Runs of one byte and of short periods: the longest match, 258, and the early end of a search. */
function runs(size: number): Uint8Array {
  const next = sequence(0xbada55);
  const out = new Uint8Array(size);
  for (let at = 0; at < size; ) {
    const period = Array.from({ length: 1 + (next() % 5) }, () => next() & 7);
    const length = next() % 3 === 0 ? 255 + (next() % 8) : next() % 24;
    for (let i = 0; i < length && at < size; i++) out[at++] = period[i % period.length] as number;
  }
  return out;
}

/** Bytes that do not compress: stored blocks. */
function noise(size: number): Uint8Array {
  const next = sequence(0xdecade);
  return Uint8Array.from({ length: size }, () => next() >>> 24);
}
