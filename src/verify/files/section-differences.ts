import type { CauseId } from '../difference.js';
import { capped, type Finding } from './binary-finding.js';
import type { ByteFile, Range } from './byte-file.js';
import { firstDifference, hex, hexAround } from './differing-bytes.js';
import type { Executable, Section } from './executable.js';
import type { Program } from './program.js';

/** A section that differs, or that only one side has. */
export interface DifferingSection {
  readonly name: string;
  readonly a: Section | undefined;
  readonly b: Section | undefined;
  /** Where the contents begin to differ, from the start of the section; 0 where only one side has it. */
  readonly first: number;
}

/** Places shown where nothing explains them. */
const MAX_SHOWN = 8;

/** Tables for debuggers: `-s` leaves out the first two, and with them, as `-w` does, the others. */
const SYMBOLS = /^\.(symtab|strtab|z?debug_.*)$/;

/** Names of Go's build and of its content's hash, empty or missing with `-buildid=`. */
const BUILD_IDS = ['.note.go.buildid', '.note.gnu.build-id'];

/** Sections that are not the same on both sides. Several of one name are taken in their order. */
export async function differingSections(a: Program, b: Program): Promise<DifferingSection[]> {
  const [left, right] = [named(a.executable), named(b.executable)];
  const found: DifferingSection[] = [];
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const [one, other] = [left.get(key), right.get(key)];
    const first = one && other ? await firstDifference([a.file, one], [b.file, other]) : 0;
    const { name } = (one ?? other) as Section;
    if (first !== undefined) found.push({ name, a: one, b: other, first });
  }
  return found;
}

function named({ sections }: Executable): Map<string, Section> {
  const counts = new Map<string, number>();
  return new Map(
    sections.map((section) => {
      const count = counts.get(section.name) ?? 0;
      counts.set(section.name, count + 1);
      return [`${section.name}\0${count}`, section];
    }),
  );
}

/** Whether every section of one program lies where that of the other does. */
export function isSameLayout(a: Program, b: Program): boolean {
  const layout = ({ file, executable }: Program) =>
    JSON.stringify([
      file.size,
      executable.sections.map(({ name, offset, size, address }) => [name, offset, size, address]),
    ]);
  return layout(a) === layout(b);
}

/** Whether a part of the first program lies in a section that differs. */
export function isIn(sections: readonly DifferingSection[], range: Range | undefined): boolean {
  return (
    range !== undefined &&
    sections.some(({ a }) => a && range.offset < a.offset + a.size && a.offset < range.offset + range.size)
  );
}

/** Symbols for debuggers that only one side has. */
export function symbolFindings(sections: readonly DifferingSection[]): Finding[] {
  const symbols = sections.filter(({ name, a, b }) => SYMBOLS.test(name) && (a === undefined) !== (b === undefined));
  if (symbols.length === 0) return [];
  const shown = (side: 'a' | 'b') => {
    const names = symbols.filter((section) => section[side]).map(({ name }) => name);
    return names.length === 0 ? 'none (as with -ldflags "-s -w")' : `${names.join(', ')} (as without -ldflags "-s -w")`;
  };
  return [{ what: 'symbols', a: shown('a'), b: shown('b'), cause: 'build-setting', changesCode: false }];
}

/** Build ids, which differ wherever anything else does: a word of their own only where nothing else is to be said. */
export async function buildIdFindings(
  sections: readonly DifferingSection[],
  a: Program,
  b: Program,
): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const section of sections.filter(({ name }) => BUILD_IDS.includes(name))) {
    const [one, other] = [await noteOf(a.file, section.a), await noteOf(b.file, section.b)];
    found.push({
      what: `${section.name} (empty with -ldflags -buildid=)`,
      a: one,
      b: other,
      cause: 'build-setting',
      changesCode: false,
    });
  }
  return found;
}

/** The content of a note: after three numbers and a name of four letters. */
async function noteOf(file: ByteFile, section: Section | undefined): Promise<string | undefined> {
  if (!section) return undefined;
  const content = await file.readSome(section.offset + 16, Math.min(section.size - 16, 100));
  return section.name === BUILD_IDS[0] ? content.toString('latin1').replace(/\0+$/, '') : content.toString('hex');
}

/** All sections that differ in one line, since that follows from what was found before. */
export function summedUp(sections: readonly DifferingSection[], cause: CauseId): Finding[] {
  if (sections.length === 0) return [];
  const shown = (side: 'a' | 'b') =>
    sections.flatMap(({ name, [side]: section }) => (section ? [`${name} ${section.size}`] : [])).join(', ') ||
    undefined;
  const what = `${sections.length} section${sections.length === 1 ? '' : 's'} (in bytes), as follows from the above`;
  return [{ what, a: shown('a'), b: shown('b'), cause, changesCode: false }];
}

/** Sections that nothing explains, each with the bytes around the first place that differs. */
export async function unexplained(all: readonly DifferingSection[], a: Program, b: Program): Promise<Finding[]> {
  const sections = all.filter(({ name }) => !BUILD_IDS.includes(name));
  const found: Finding[] = [];
  for (const { name, a: one, b: other, first } of sections.slice(0, MAX_SHOWN)) {
    const shown = async (file: ByteFile, section: Section | undefined) =>
      section && `${section.size} bytes; at ${hex(first)} ${await hexAround(file, section.offset + first)}`;
    const what = `section ${name}`;
    found.push({ what, a: await shown(a.file, one), b: await shown(b.file, other), cause: 'files', changesCode: true });
  }
  const more = sections.slice(MAX_SHOWN).map(
    ({ name, a, b }): Finding => ({
      what: `section ${name}`,
      a: a && 'present',
      b: b && 'present',
      cause: 'files',
      changesCode: true,
    }),
  );
  return [...found, ...capped(more, 'sections', 1)];
}
