import { type ByteFile, type Range, unlessMalformed } from './byte-file.js';
import { parseElf } from './elf.js';
import { parsePe } from './pe.js';

/** A named part of a program's file. */
export interface Section extends Range {
  readonly name: string;
  /** Where it is loaded; 0 where it is not. */
  readonly address: number;
  readonly isCode: boolean;
  readonly isWritable: boolean;
}

/** A program's file, taken apart as far as its headers tell. */
export interface Executable {
  /** Format and machine, as `ELF for amd64`. */
  readonly kind: string;
  readonly isBigEndian: boolean;
  /** Those with bytes in the file, in the order of the header. */
  readonly sections: readonly Section[];
  /** The headers themselves. */
  readonly headers: readonly (Range & { readonly name: string })[];
  /** Where Go's build information may be, the likeliest first. */
  readonly buildInfo: readonly Range[];
}

/** Numbers at the start of Mach-O files: 32 and 64 bits, both byte orders. */
const MACH_O = [0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe];

/** The program in a file; undefined where it is none of a known format, or too damaged to tell. */
export async function readExecutable(file: ByteFile): Promise<Executable | undefined> {
  const found = await unlessMalformed(async () => {
    const start = await file.read(0, 4);
    if (start.readUInt32BE(0) === 0x7f454c46) return parseElf(file);
    if (start.toString('latin1', 0, 2) === 'MZ') return parsePe(file);
    return MACH_O.includes(start.readUInt32BE(0)) ? machO(file) : undefined;
  });
  return found && { ...found, sections: [...found.sections, ...behind(file, found)] };
}

/** What follows on all that the headers tell of, as if it were a section. */
function behind(file: ByteFile, { headers, sections }: Executable): Section[] {
  const end = Math.max(0, ...[...headers, ...sections].map(({ offset, size }) => offset + size));
  if (end === 0 || end >= file.size) return [];
  const name = 'the rest behind the last section';
  return [{ name, offset: end, size: file.size - end, address: 0, isCode: false, isWritable: false }];
}

/** Nothing is taken apart; Go's build information is looked for in the whole. */
function machO(file: ByteFile): Executable {
  const whole = { offset: 0, size: file.size };
  return { kind: 'Mach-O', isBigEndian: false, sections: [], headers: [], buildInfo: [whole] };
}

/** What lies at a place of the file. */
export function regionAt({ headers, sections }: Executable, offset: number): string {
  const isIn = (range: Range) => offset >= range.offset && offset < range.offset + range.size;
  const found = headers.find(isIn) ?? sections.find(isIn);
  return found?.name ?? 'between the sections';
}

export function sectionNamed(executable: Executable, names: readonly string[]): Section | undefined {
  return executable.sections.find(({ name }) => names.includes(name));
}
