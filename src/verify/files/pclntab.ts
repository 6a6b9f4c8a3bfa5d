import {
  type ByteFile,
  Fields,
  findBytes,
  MalformedError,
  type Range,
  unlessMalformed,
  zeroEnded,
} from './byte-file.js';
import { type Executable, sectionNamed } from './executable.js';

/**
 * The table by which a Go program finds the function, file and line of an instruction (Go's package debug/gosym tells
 * the form). Stripped programs have it, too.
 */
export interface LineTable {
  /** Where it begins, and the range in which it is. */
  readonly range: Range;
  /** Of all functions, those that were put inline included. */
  readonly names: readonly string[];
  /** Source files; without `-trimpath` as paths of the disk of the builder. */
  readonly files: readonly string[];
  /** Functions with the size of their code; of several of one name the sum. @throws MalformedError */
  sizes(): Promise<Map<string, number>>;
  /** The function at an offset in the code. */
  functionAt(offset: number): Promise<string | undefined>;
}

/** Of Go 1.20 and later, and of 1.18 and 1.19; between them only names of made-up symbols differ. */
const MAGICS = [0xfffffff1, 0xfffffff0];
const SECTION_NAMES = ['.gopclntab', '.data.rel.ro.gopclntab'];

/** Limits of what is kept in memory: names of both sides are, the rest is read a side at a time. */
const MAX_NAMES = 12 * 2 ** 20;
const MAX_FILES = 4 * 2 ** 20;
/** A program of 100 MB has some 150,000. */
const MAX_COUNT = 400_000;

interface Parts {
  readonly start: number;
  readonly isBigEndian: boolean;
  readonly functionCount: number;
  readonly names: Range;
  readonly files: Range;
  /** Pairs of entry and place of each function, then the functions themselves. */
  readonly functions: Range;
}

/** Undefined where there is none of Go 1.18 or later, or it is larger than is read here. */
export function readLineTable(file: ByteFile, executable: Executable): Promise<LineTable | undefined> {
  return unlessMalformed(async () => {
    const section = sectionNamed(executable, SECTION_NAMES);
    const range = section ?? (await find(file, executable));
    if (!range) return undefined;
    const parts = await readHeader(file, range);
    const names = await readTexts(file, parts.names, MAX_NAMES);
    const files = await readTexts(file, parts.files, MAX_FILES);
    return {
      range,
      names: splitTexts(names),
      files: splitTexts(files),
      sizes: () => readSizes(file, parts, names),
      functionAt: (offset) => unlessMalformed(() => readFunctionAt(file, parts, names, offset)),
    };
  });
}

/** Programs for Windows have it in the middle of their constants. */
async function find(file: ByteFile, { sections, isBigEndian }: Executable): Promise<Range | undefined> {
  for (const range of sections.filter(({ isCode, isWritable }) => !isCode && !isWritable))
    for (const [quantum, width] of [
      [1, 8],
      [1, 4],
      [4, 8],
      [4, 4],
    ] as const) {
      const header = Buffer.from([0xf1, 0xff, 0xff, 0xff, 0, 0, quantum, width]);
      const offset = isBigEndian ? undefined : await findBytes(file, range, header, 8);
      if (offset !== undefined) return { offset, size: range.offset + range.size - offset };
    }
  return undefined;
}

/** Magic, two zeros, the unit of code addresses, bytes of an address; then eight numbers as long as an address. */
async function readHeader(file: ByteFile, { offset: start, size }: Range): Promise<Parts> {
  const header = await file.read(start, Math.min(size, 8 + 8 * 8));
  const isBigEndian = header.length > 8 && MAGICS.includes(header.readUInt32BE(0));
  const fields = new Fields(header, isBigEndian);
  if (!MAGICS.includes(fields.word(0))) throw new MalformedError('no known table of lines');
  const width = header[7] === 4 ? 4 : 8;
  const [functionCount = 0, , , names = 0, units = 0, files = 0, codes = 0, functions = 0] = Array.from(
    { length: 8 },
    (_, index) => fields.long(8 + index * width, width),
  );
  const part = (from: number, to: number): Range => {
    if (from > to || to > size) throw new MalformedError('parts of the table in no order');
    return { offset: start + from, size: to - from };
  };
  return {
    start,
    isBigEndian,
    functionCount,
    names: part(names, units),
    files: part(files, codes),
    functions: part(functions, size),
  };
}

function readTexts(file: ByteFile, range: Range, max: number): Promise<Buffer> {
  if (range.size > max) throw new MalformedError('a table larger than is read');
  return file.read(range.offset, range.size);
}

function splitTexts(bytes: Buffer): string[] {
  const texts: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const zero = bytes.indexOf(0, start);
    const end = zero < 0 ? bytes.length : zero;
    if (end > start) texts.push(bytes.toString('utf8', start, end));
    if (texts.length > MAX_COUNT) throw new MalformedError('more texts than are read');
    start = end + 1;
  }
  return texts;
}

/** Each function's record begins with its entry and the place of its name. */
async function readSizes(file: ByteFile, parts: Parts, names: Buffer): Promise<Map<string, number>> {
  const { functions, functionCount } = parts;
  const fields = new Fields(await file.read(functions.offset, functions.size), parts.isBigEndian);
  const sizes = new Map<string, number>();
  for (let index = 0; index < functionCount; index++) {
    const size = fields.word((index + 1) * 8) - fields.word(index * 8);
    const name = zeroEnded(names, fields.word(fields.word(index * 8 + 4) + 4));
    sizes.set(name, (sizes.get(name) ?? 0) + size);
  }
  return sizes;
}

async function readFunctionAt(file: ByteFile, parts: Parts, names: Buffer, offset: number): Promise<string> {
  const { functions, functionCount, isBigEndian } = parts;
  const table = new Fields(await file.read(functions.offset, functionCount * 8 + 4), isBigEndian);
  let [low, high] = [0, functionCount];
  while (low + 1 < high) {
    const middle = (low + high) >>> 1;
    if (table.word(middle * 8) <= offset) low = middle;
    else high = middle;
  }
  const record = new Fields(await file.read(functions.offset + table.word(low * 8 + 4), 8), isBigEndian);
  return zeroEnded(names, record.word(4));
}
