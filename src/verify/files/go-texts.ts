import type { Finding } from './binary-finding.js';
import { causeOfTexts, parseLinkerFlags } from './linker-flags.js';
import type { Program } from './program.js';
import type { DifferingSection } from './section-differences.js';

/**
 * Texts as the linker writes those of `-X`: printable, with a zero byte after them. Texts of Go's source have none: they
 * lie one behind the other.
 */
const TEXT = /(?<![\x20-\x7e])[\x20-\x7e]{3,300}(?=\0)/g;
const OVERLAP = 400;

/** Texts kept at most; more are not compared. */
const MAX_TEXTS = 50_000;

const CONSTANTS = ['.rodata', '.rdata'];

/**
 * Forms of values, by which those of two programs find together: dates, hashes, people and machines, versions, others. What
 * has none of these forms is chance: numbers that look like letters.
 */
const KINDS = [
  /^\d{4}-?\d\d-?\d\d/,
  /^(h1:\S+|[0-9a-f]{7,64})$/,
  /^[\w.+-]{3,}@[\w.+-]{3,}$/,
  /^v?\d+\.\d+[\w.+~-]*$/,
  /^[A-Za-z][\w./:+~ -]{3,}$/,
];
const OTHER = KINDS.length - 1;

export interface TextAt {
  readonly text: string;
  /** Where it is in the file. */
  readonly offset: number;
  /** Whether the build information names it already. */
  readonly isTold: boolean;
}

/** Texts that only one side has. */
export interface DifferingTexts {
  readonly onlyA: readonly TextAt[];
  readonly onlyB: readonly TextAt[];
}

/** Texts that the linker wrote into only one of two programs. */
export async function differingTexts(
  a: Program,
  b: Program,
  sections: readonly DifferingSection[],
): Promise<DifferingTexts> {
  if (!sections.some(({ name }) => CONSTANTS.includes(name))) return { onlyA: [], onlyB: [] };
  const left = await textsOf(a);
  const right = await textsOf(b);
  const [toldA, toldB] = [toldBy(a), toldBy(b)];
  const only = (own: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>, told: ReadonlySet<string>) =>
    [...own]
      .filter(([text]) => kindOf(text) >= 0 && !other.has(text))
      .map(([text, offset]) => ({ text, offset, isTold: told.has(text) }));
  if (!left || !right) return { onlyA: [], onlyB: [] };
  return { onlyA: only(left, right, toldA), onlyB: only(right, left, toldB) };
}

/** Names of types and their fields are often followed by a zero, too; but they have their length before them. */
function isCounted(bytes: Buffer, start: number, length: number): boolean {
  // A length from 32 on is a letter itself, and was taken as the first of the text.
  return bytes[start - 1] === length || bytes[start] === length - 1;
}

/** What the linker was given, where Go records it: the version of Go always, `-X` only without -trimpath. */
function toldBy({ build }: Program): Set<string> {
  const flags = build?.info.settings.find(([name]) => name === '-ldflags')?.[1] ?? '';
  return new Set([build?.info.goVersion ?? '', ...parseLinkerFlags(flags).texts.values()]);
}

/** Each text with its first place; undefined where there are too many. */
async function textsOf({ file, executable, lines }: Program): Promise<Map<string, number> | undefined> {
  const texts = new Map<string, number>();
  const isName = (offset: number) =>
    lines !== undefined && offset >= lines.range.offset && offset < lines.range.offset + lines.range.size;
  for (const section of executable.sections.filter(({ name }) => CONSTANTS.includes(name)))
    for await (const { offset, bytes, isLast } of file.pieces(section, OVERLAP)) {
      const end = isLast ? bytes.length : bytes.length - OVERLAP;
      for (const match of bytes.toString('latin1').matchAll(TEXT)) {
        // Whether a text begins with a piece's first byte is told by the piece before it.
        const isOther = match.index > end || (match.index === 0 && offset > section.offset);
        if (
          isOther ||
          isCounted(bytes, match.index, match[0].length) ||
          isName(offset + match.index) ||
          texts.has(match[0])
        )
          continue;
        texts.set(match[0], offset + match.index);
        if (texts.size > MAX_TEXTS) return undefined;
      }
    }
  return texts;
}

/**
 * Puts together what is likely the same field of both.
 * @param isOtherCode whether the code differs, too: then only pairs of a telling form count, since its own texts differ
 */
export function textFindings({ onlyA, onlyB }: DifferingTexts, isOtherCode: boolean): Finding[] {
  const found: Finding[] = [];
  for (let kind = 0; kind < (isOtherCode ? OTHER : KINDS.length); kind++) {
    const [left = [], right = []] = [onlyA, onlyB].map((texts) =>
      texts.filter(({ text, isTold }) => kindOf(text) === kind && !isTold),
    );
    for (let index = 0; index < Math.max(left.length, right.length); index++) {
      const [a, b] = [left[index]?.text, right[index]?.text];
      if (isOtherCode && (a === undefined || b === undefined)) continue;
      found.push({ what: 'text given to the linker', a, b, cause: causeOfTexts(a, b), changesCode: false });
    }
  }
  return found;
}

function kindOf(text: string): number {
  return KINDS.findIndex((kind) => kind.test(text));
}
