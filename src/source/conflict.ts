import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hunk } from './unified-diff.js';

/** Lines of a hunk that are shown at most. */
const SHOWN = 12;
/** Lines of a hunk that are looked for at most. */
const COMPARED = 100;

/** What stands between a diff and a tree. */
export interface Conflict {
  /** Lines that name each file and hunk, and show what was expected there and what was found. */
  readonly lines: readonly string[];
  /** What in the diff itself is odd, where something is. */
  readonly hint: string | undefined;
}

/**
 * Explains what `git apply` said.
 * @param stderr its messages, in English
 */
export async function explainConflict(tree: string, hunks: readonly Hunk[], stderr: string): Promise<Conflict> {
  const lines: string[] = [];
  const hints: (string | undefined)[] = [];
  for (const [, file = '', line = ''] of stderr.matchAll(/^error: patch failed: (.*):(\d+)$/gm)) {
    const hunk = hunks.find((candidate) => candidate.file === file && candidate.start === Number(line));
    lines.push(`  ${file}, hunk ${hunk?.header ?? `at line ${line}`}`);
    if (!hunk || hunk.expected.length === 0) continue;
    const text = await readFile(join(tree, file), 'utf8').catch(() => '');
    const found = placeOf(hunk, text.split('\n'));
    lines.push(...show('expected:', hunk.expected), ...show(`found at line ${found.line}:`, found.lines));
    hints.push(hintOf(hunk, found.lines));
  }
  for (const [, rest = ''] of stderr.matchAll(/^error: (.*)$/gm)) {
    if (!/^patch failed: |: patch does not apply$|^while searching for:/.test(rest)) lines.push(`  ${rest}`);
  }
  return { lines, hint: hints.find((hint) => hint !== undefined) };
}

/** The place that is most like what a hunk expects, if half of its lines are there; else where it says it belongs. */
function placeOf({ start, expected }: Hunk, lines: readonly string[]): { line: number; lines: readonly string[] } {
  const wanted = expected.slice(0, COMPARED).map(withoutBlanks);
  const there = lines.map(withoutBlanks);
  // Empty lines are everywhere, and like nothing.
  const likeness = (at: number) => wanted.filter((line, index) => line !== '' && line === there[at + index]).length;
  const stated = Math.max(0, start - 1);
  let best = { at: stated, count: likeness(stated) };
  for (let at = 0; at < lines.length; at++) {
    const count = likeness(at);
    const isNearer = Math.abs(at - stated) < Math.abs(best.at - stated);
    if (count * 2 >= wanted.length && (count > best.count || (count === best.count && isNearer))) best = { at, count };
  }
  return { line: best.at + 1, lines: lines.slice(best.at, best.at + expected.length) };
}

function withoutBlanks(line: string): string {
  return line.replaceAll(/\s+/g, '');
}

function hintOf({ expected }: Hunk, found: readonly string[]): string | undefined {
  const differs = (change: (line: string) => string) =>
    expected.length !== found.length || expected.some((line, index) => change(line) !== change(found[index] ?? ''));
  if (!differs((line) => line))
    return 'The lines are those expected, but the hunk begins or ends without a line of context: git takes that for the beginning or the end of the file.';
  if (!differs((line) => line.replace(/\r$/, ''))) {
    const [patch, tree] = expected.some((line) => line.endsWith('\r')) ? ['CRLF', 'LF'] : ['LF', 'CRLF'];
    return `The lines of the patch end in ${patch}, those of the file in ${tree}: did git's core.autocrlf or an editor change the patch?`;
  }
  if (!differs(withoutBlanks))
    return 'The lines differ in white space only: was the patch copied from a page or a terminal?';
  return undefined;
}

function show(title: string, lines: readonly string[]): string[] {
  const more = lines.length > SHOWN ? [`      (${lines.length - SHOWN} more)`] : [];
  return [`    ${title}`, ...lines.slice(0, SHOWN).map((line) => `      | ${visible(line)}`), ...more];
}

/** A line whose end in CR can be seen. */
function visible(line: string): string {
  return line.replace(/\r$/, '␍');
}
