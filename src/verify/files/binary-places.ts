import type { Finding } from './binary-finding.js';
import { findBytes, type Range, unlessMalformed } from './byte-file.js';
import { differingRuns, hex, hexAround, type Run, wholeOf } from './differing-bytes.js';
import { regionAt, sectionNamed } from './executable.js';
import type { DifferingTexts } from './go-texts.js';
import type { Program } from './program.js';

/** Places looked at in two programs of one layout. Where there are more, no single one tells anything. */
const MAX_PLACES = 64;
const MAX_SHOWN = 8;

/** What the bytes that differ were already explained by. */
export interface Known {
  readonly isInfo: boolean;
  /** Whether names or paths differ, which are in the table of lines and the tables for debuggers. */
  readonly isNames: boolean;
  readonly isBuildId: boolean;
  readonly texts: DifferingTexts;
}

/**
 * Places that nothing explains, of two programs whose sections lie alike; undefined where there are too many to say.
 */
export async function unexplainedPlaces(a: Program, b: Program, known: Known): Promise<Finding[] | undefined> {
  const { runs, isWhole } = await differingRuns(wholeOf(a.file), wholeOf(b.file), MAX_PLACES);
  if (!isWhole) return undefined;
  const explained = await explainedRanges(a, b, known);
  const isExplained = (run: Run) =>
    explained.some(({ offset, size }) => run.start >= offset && run.end <= offset + size);
  const left = runs.filter((run) => !isExplained(run));
  const found: Finding[] = [];
  for (const run of left.slice(0, MAX_SHOWN)) found.push(await place(a, b, run.start)); // one table in memory at a time
  if (left.length <= MAX_SHOWN) return found;
  const more = `${left.length - MAX_SHOWN} more`;
  return [...found, { what: 'places', a: more, b: more, cause: 'files', changesCode: true }];
}

/** Whether texts differ in length: then others have moved, and code with them, so that no single place tells anything. */
export function areLengthsOther(a: Program, b: Program, { onlyA, onlyB }: DifferingTexts): boolean {
  const lengths = (texts: readonly { text: string }[]) =>
    texts
      .map(({ text }) => text.length)
      .sort((x, y) => x - y)
      .join();
  return a.build?.text.length !== b.build?.text.length || lengths(onlyA) !== lengths(onlyB);
}

async function explainedRanges(a: Program, b: Program, known: Known): Promise<Range[]> {
  const ranges: Range[] = [];
  for (const { build, file, executable, lines } of [a, b]) {
    if (known.isInfo && build) {
      ranges.push(build.range);
      const constants = sectionNamed(executable, ['.rodata', '.rdata']);
      // The program has the text once more, for itself.
      const text = Buffer.from(build.text, 'utf8');
      const start = text.subarray(0, 200);
      const copy = constants && (await unlessMalformed(() => findBytes(file, constants, start)));
      if (copy !== undefined && text.length > 0) ranges.push({ offset: copy, size: text.length });
    }
    if (known.isNames && lines) ranges.push(lines.range);
    ranges.push(
      ...executable.sections.filter(
        ({ name }) =>
          (known.isBuildId && name.startsWith('.note.')) || (known.isNames && /^\.(strtab|z?debug_)/.test(name)),
      ),
    );
  }
  const texts = [...known.texts.onlyA, ...known.texts.onlyB];
  return [...ranges, ...texts.map(({ text, offset }) => ({ offset, size: text.length + 1 }))];
}

/** A place with the section, the function where it is code of Go, and the bytes around on each side. */
export async function place(a: Program, b: Program | undefined, offset: number): Promise<Finding> {
  const { executable, build, lines } = a;
  const region = regionAt(executable, offset);
  const code = executable.sections.find(({ name, isCode }) => name === '.text' && isCode);
  // With cgo, Go's functions begin somewhere behind the start of the section.
  const isGoCode =
    code &&
    region === code.name &&
    build?.info.settings.some(([name, value]) => name === 'CGO_ENABLED' && value === '0');
  const name = isGoCode ? await lines?.functionAt(offset - code.offset) : undefined;
  // Copies of a function for types name them in full.
  const inFunction = name === undefined ? '' : `, function ${name.replace(/\[.*\]/s, '[...]')}`;
  const what = `${region}, offset ${hex(offset)} of the file${inFunction}`;
  const shown = [await hexAround(a.file, offset), b && (await hexAround(b.file, offset))];
  return { what, a: shown[0], b: shown[1], cause: 'files', changesCode: true };
}
