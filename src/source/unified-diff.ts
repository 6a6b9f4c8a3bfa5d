/** One hunk of a unified diff. */
export interface Hunk {
  /** The file as git names it in messages: the old name, or the new one of a file that is made. */
  readonly file: string;
  /** First line in the old file, from 1; 0 for a file that is empty or not there. */
  readonly start: number;
  readonly header: string;
  /** Context and removed lines: what the old file must hold. A carriage return at the end of a line is part of it. */
  readonly expected: readonly string[];
  /** How many of these lines are context. */
  readonly context: number;
  /** Whether it makes or removes the whole file. */
  readonly isWholeFile: boolean;
}

/** The hunks of a diff, as git understands it; what it does not understand is left out. */
export function hunksOf(diff: string): Hunk[] {
  const hunks: (Hunk & { expected: string[]; context: number })[] = [];
  let names: { from: string; to: string } | undefined;
  let from: string | undefined;
  const left = { old: 0, new: 0 }; // lines that the hunk still has
  for (const line of diff.split('\n')) {
    const hunk = hunks.at(-1);
    if (hunk && left.old + left.new > 0) {
      const sign = line[0] ?? ' '; // mailers drop the blank of an empty line
      if (sign === '\\') continue;
      if (sign !== '+') {
        hunk.expected.push(line.slice(1));
        left.old--;
      }
      if (sign !== '-') left.new--;
      if (sign !== '+' && sign !== '-') hunk.context++;
      continue;
    }
    const header = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
    if (header && names) {
      const isWholeFile = names.from === '/dev/null' || names.to === '/dev/null';
      const file = stripped(names.from === '/dev/null' ? names.to : names.from);
      hunks.push({ file, start: Number(header[1]), header: header[0], expected: [], context: 0, isWholeFile });
      left.old = Number(header[2] ?? 1);
      left.new = Number(header[3] ?? 1);
      continue;
    }
    if (line.startsWith('+++ ') && from !== undefined) names = { from, to: nameIn(line) };
    else if (line.startsWith('diff --git ')) names = undefined;
    from = line.startsWith('--- ') ? nameIn(line) : undefined;
  }
  return hunks;
}

/** The name in a `---` or `+++` line: quoted as in C where it has odd bytes; else up to a tab, after which is a time. */
function nameIn(line: string): string {
  const name = line.slice(4).replace(/\r$/, '');
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(name)?.[1];
  return quoted === undefined ? (name.split('\t')[0] ?? '') : unquoted(quoted);
}

const ESCAPES: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 };

function unquoted(text: string): string {
  const bytes = [...text.matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/gs)].map(([, octal, letter, plain]) => {
    if (plain !== undefined) return Buffer.from(plain);
    return Buffer.of(octal === undefined ? (ESCAPES[letter ?? ''] ?? 63) : Number.parseInt(octal, 8));
  });
  return Buffer.concat(bytes).toString('utf8');
}

/** Without its first folder, the `a/` or `b/`. */
function stripped(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
