import { MACHINES } from '../../smoke/elf.js';
import { type ByteFile, Fields, MalformedError, type Range, unlessMalformed, zeroEnded } from './byte-file.js';
import type { Executable, Section } from './executable.js';

/** Go's programs have some 30; a C++ program may have more. */
const MAX_SECTIONS = 4096;
const MAX_NAMES = 2 ** 20;

/** Numbers of the ELF specification. */
const SHT_NOBITS = 8;
const [SHF_WRITE, SHF_EXECINSTR] = [1, 4];
const PT_LOAD = 1;
const [PF_X, PF_W] = [1, 2];

interface Table {
  readonly offset: number;
  readonly entrySize: number;
  readonly count: number;
}

/** Places of the fields of an ELF header, of a section's and of a segment's, for 32 and 64 bits. */
const FIELDS = {
  4: { segments: 0x1c, sections: 0x20, sizes: 0x28, section: 40, segment: 32, flags: 24 },
  8: { segments: 0x20, sections: 0x28, sizes: 0x34, section: 64, segment: 56, flags: 4 },
} as const;

/** @throws MalformedError where the header itself is damaged; sections or segments that are damaged are left out */
export async function parseElf(file: ByteFile): Promise<Executable> {
  const start = await file.read(0, 52);
  const width = start[4] === 1 ? 4 : start[4] === 2 ? 8 : undefined;
  if (width === undefined || (start[5] !== 1 && start[5] !== 2)) throw new MalformedError('no ELF class');
  const isBigEndian = start[5] === 2;
  const at = FIELDS[width];
  const headerSize = at.sizes + 12;
  const header = new Fields(await file.read(0, headerSize), isBigEndian);
  const table = (place: number, sizes: number): Table => ({
    offset: header.long(place, width),
    entrySize: header.half(at.sizes + sizes),
    count: header.half(at.sizes + sizes + 2),
  });
  const [segments, sections] = [table(at.segments, 2), table(at.sections, 6)];
  const found = await unlessMalformed(() =>
    readSections(file, sections, header.half(at.sizes + 10), width, isBigEndian),
  );
  const writable = await unlessMalformed(() => writableSegments(file, segments, width, isBigEndian));
  const own = found?.find(({ name }) => name === '.go.buildinfo');
  return {
    kind: `ELF for ${machineName(header.half(18), width, isBigEndian)}`,
    isBigEndian,
    sections: found ?? [],
    headers: [
      { name: 'the ELF header', offset: 0, size: headerSize },
      { name: 'the program headers', offset: segments.offset, size: segments.entrySize * segments.count },
      { name: 'the section headers', offset: sections.offset, size: sections.entrySize * sections.count },
    ],
    buildInfo: own ? [own] : (writable ?? []),
  };
}

/** GOARCH, or the number where Go has none for it. */
function machineName(number: number, width: number, isBigEndian: boolean): string {
  const found = Object.entries(MACHINES).find(
    ([, other]) => other.machine === number && other.bits === width * 8 && other.bigEndian === isBigEndian,
  );
  return found?.[0] ?? `machine ${number}, ${width * 8} bits, ${isBigEndian ? 'big' : 'little'}-endian`;
}

async function readSections(
  file: ByteFile,
  table: Table,
  namesIndex: number,
  width: 4 | 8,
  isBigEndian: boolean,
): Promise<Section[]> {
  const { section: size } = FIELDS[width];
  if (table.entrySize !== size || table.count > MAX_SECTIONS) throw new MalformedError('no table of sections');
  const bytes = await file.read(table.offset, table.count * size);
  const entries = Array.from({ length: table.count }, (_, index) => {
    const fields = new Fields(bytes.subarray(index * size, (index + 1) * size), isBigEndian);
    const [flags, address, offset, length] = [0, 1, 2, 3].map((place) => fields.long(8 + place * width, width));
    return { name: fields.word(0), type: fields.word(4), flags, address, offset, length };
  });
  const names = entries[namesIndex];
  if (names?.length === undefined || names.offset === undefined || names.length > MAX_NAMES)
    throw new MalformedError('no names of sections');
  const texts = await file.read(names.offset, names.length);
  return entries
    .filter(({ type }) => type !== 0 && type !== SHT_NOBITS)
    .map(({ name, flags = 0, address = 0, offset = 0, length = 0 }) => ({
      name: zeroEnded(texts, name),
      address,
      offset,
      size: length,
      isCode: (flags & SHF_EXECINSTR) !== 0,
      isWritable: (flags & SHF_WRITE) !== 0,
    }));
}

/** Data that the program may write, as it lies in the file: without sections, Go's build information is at its start. */
async function writableSegments(file: ByteFile, table: Table, width: 4 | 8, isBigEndian: boolean): Promise<Range[]> {
  const { segment: size, flags } = FIELDS[width];
  if (table.entrySize !== size || table.count > MAX_SECTIONS) throw new MalformedError('no table of segments');
  const bytes = await file.read(table.offset, table.count * size);
  const found: Range[] = [];
  for (let index = 0; index < table.count; index++) {
    const fields = new Fields(bytes.subarray(index * size, (index + 1) * size), isBigEndian);
    const isWritable = (fields.word(flags) & (PF_X | PF_W)) === PF_W;
    if (fields.word(0) !== PT_LOAD || !isWritable) continue;
    const offset = fields.long(width === 8 ? 8 : 4, width);
    found.push({ offset, size: fields.long(width === 8 ? 32 : 16, width) });
  }
  return found;
}
