import { type ByteFile, Fields, MalformedError } from './byte-file.js';
import type { Executable, Section } from './executable.js';

/** Numbers of the PE format: the machine that Go's ports for Windows name. */
const MACHINES: Readonly<Record<number, string>> = { 332: '386', 34404: 'amd64', 43620: 'arm64', 452: 'arm' };
const MAX_SECTIONS = 96; // the format's own limit
const SECTION_SIZE = 40;
const [HAS_CODE, HAS_DATA, WRITABLE] = [0x20, 0x40, 0x80000000];

/**
 * Takes apart a program for Windows as far as its sections.
 * @throws MalformedError where its headers are damaged
 */
export async function parsePe(file: ByteFile): Promise<Executable> {
  const start = new Fields(await file.read(0x3c, 4), false).word(0);
  const header = await file.read(start, 24);
  if (header.toString('latin1', 0, 4) !== 'PE\0\0') throw new MalformedError('no PE signature');
  const fields = new Fields(header, false);
  const [machine, count, optionalSize] = [fields.half(4), fields.half(6), fields.half(20)];
  if (count > MAX_SECTIONS) throw new MalformedError('too many sections');
  const tableOffset = start + 24 + optionalSize;
  const table = await file.read(tableOffset, count * SECTION_SIZE);
  const sections = Array.from({ length: count }, (_, index) =>
    readSection(table.subarray(index * SECTION_SIZE, (index + 1) * SECTION_SIZE)),
  ).filter(({ section }) => section.size > 0);
  return {
    kind: `PE for ${MACHINES[machine] ?? `machine ${machine}`}`,
    isBigEndian: false,
    sections: sections.map(({ section }) => section),
    headers: [
      { name: 'the headers', offset: 0, size: tableOffset },
      { name: 'the section headers', offset: tableOffset, size: table.length },
    ],
    buildInfo: sections.filter(({ section, hasData }) => hasData && section.isWritable).map(({ section }) => section),
  };
}

/** Names of over eight letters are numbers of another table (`/4`), and are left so. */
function readSection(bytes: Buffer): { section: Section; hasData: boolean } {
  const fields = new Fields(bytes, false);
  const flags = fields.word(36);
  const section = {
    name: bytes.toString('latin1', 0, 8).replace(/\0.*$/s, ''),
    address: fields.word(12),
    offset: fields.word(20),
    size: fields.word(16),
    isCode: (flags & HAS_CODE) !== 0,
    isWritable: (flags & WRITABLE) !== 0,
  };
  return { section, hasData: (flags & HAS_DATA) !== 0 };
}
