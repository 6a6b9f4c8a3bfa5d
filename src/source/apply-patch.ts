import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../base/errors.js';
import { sha256Hex } from '../base/hash.js';
import { type RunResult, run } from '../base/process.js';
import { isolatedGitEnv } from './git.js';

interface Diff {
  readonly name: string;
  readonly data: Buffer;
}

/**
 * Applies one diff to a tree with plain `git apply`: never with fuzz, all of it or nothing, and checked afterwards,
 * since git can skip files silently.
 * @param set name of the patch set, for messages
 * @throws InputError that names the set, the file and the hunk, and shows what was expected and what was found
 */
export async function applyPatch(
  tree: string,
  set: string,
  diff: Diff,
  userEnv: Readonly<Record<string, string>>,
): Promise<void> {
  const git = (args: readonly string[]): Promise<RunResult> =>
    run('git', ['apply', ...args, '-'], { cwd: tree, env: isolatedGitEnv(userEnv, dirname(tree)), input: diff.data });

  const named = await git(['--numstat', '-z']);
  if (named.code !== 0) throw unusable(set, diff, named.stderr);
  const files = filesOf(named.stdout);
  const escaping = files.find((file) => file.startsWith('/') || file.split('/').includes('..'));
  if (escaping !== undefined)
    throw new InputError(`The patch ${label(set, diff)} leaves the tree: ${escaping}`, 'patches');
  if (
    /^(new( file)? mode|old mode|deleted file mode) 120000$|^index [0-9a-f.]+ 120000$/m.test(
      diff.data.toString('latin1'),
    )
  ) {
    throw new InputError(
      `The patch ${label(set, diff)} makes or changes a symbolic link; only regular files are accepted`,
      'patches',
    );
  }

  const before = await contents(tree, files);
  const applied = await git(['--whitespace=nowarn']);
  if (applied.code !== 0) throw await conflict(tree, set, diff, applied.stderr);
  const after = await contents(tree, files);
  const untouched = files.find((_file, index) => before[index] === after[index]);
  if (untouched !== undefined) {
    throw new InputError(`The patch ${label(set, diff)} applied only in part: ${untouched} did not change`, 'patches');
  }
}

/** Paths of `git apply --numstat -z` that add or remove lines (`-` stands for binary content). */
function filesOf(numstat: string): string[] {
  return numstat
    .split('\0')
    .filter((line) => line !== '' && !line.startsWith('0\t0\t'))
    .map((line) => line.split('\t').slice(2).join('\t'));
}

function contents(tree: string, files: readonly string[]): Promise<(string | undefined)[]> {
  return Promise.all(files.map((file) => readFile(join(tree, file)).then(sha256Hex, () => undefined)));
}

function label(set: string, diff: Diff): string {
  return set === diff.name ? set : `${set} (${diff.name})`;
}

function unusable(set: string, diff: Diff, stderr: string): InputError {
  const said = stderr
    .trim()
    .replaceAll(/^(error|fatal): /gm, '')
    .replaceAll('\n', '; ');
  const escapes = /invalid path '([^']*)'/.exec(said);
  if (escapes) return new InputError(`The patch ${label(set, diff)} leaves the tree: ${escapes[1]}`, 'patches');
  return new InputError(
    `${label(set, diff)} is no patch that git can read (${said}). Accepted: a unified diff with a/ and b/ paths`,
    'patches',
  );
}

/** One hunk of a unified diff. */
interface Hunk {
  readonly file: string;
  /** First line in the old file, from 1. */
  readonly start: number;
  readonly header: string;
  /** Context and removed lines: what the old file must hold. */
  readonly expected: readonly string[];
}

async function conflict(tree: string, set: string, diff: Diff, stderr: string): Promise<InputError> {
  const escapes = /invalid path '([^']*)'|beyond a symbolic link/.exec(stderr);
  if (escapes)
    return new InputError(`The patch ${label(set, diff)} leaves the tree: ${escapes[1] ?? escapes[0]}`, 'patches');
  const lines = [`The patch ${label(set, diff)} does not apply; nothing of it was applied.`];
  const hunks = hunksOf(diff.data.toString('utf8'));
  for (const [, file = '', line = ''] of stderr.matchAll(/^error: patch failed: (.*):(\d+)$/gm)) {
    const hunk = hunks.find((candidate) => candidate.file === file && candidate.start === Number(line));
    lines.push(`  ${file}, hunk ${hunk?.header ?? `at line ${line}`}`);
    if (hunk) lines.push(...(await comparison(tree, hunk)));
  }
  for (const [, rest = ''] of stderr.matchAll(/^error: (.*)$/gm)) {
    if (!/^patch failed: |: patch does not apply$|^while searching for:/.test(rest)) lines.push(`  ${rest}`);
  }
  lines.push('Is it made for this version of Pushgateway?');
  return new InputError(lines.join('\n'), 'patches');
}

async function comparison(tree: string, hunk: Hunk): Promise<string[]> {
  const text = await readFile(join(tree, hunk.file), 'utf8').catch(() => '');
  const found = text.split('\n').slice(hunk.start - 1, hunk.start - 1 + hunk.expected.length);
  const show = (title: string, shown: readonly string[]) => [
    `    ${title}`,
    ...shown.slice(0, 12).map((line) => `      | ${line}`),
  ];
  return [...show('expected:', hunk.expected), ...show(`found at line ${hunk.start}:`, found)];
}

function hunksOf(diff: string): Hunk[] {
  const hunks: { file: string; start: number; header: string; expected: string[] }[] = [];
  let file = '';
  let left = 0; // lines of the old file that the hunk still has
  for (const line of diff.split('\n')) {
    const header = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@/.exec(line);
    if (header) {
      hunks.push({ file, start: Number(header[1]), header: header[0], expected: [] });
      left = Number(header[2] ?? 1);
    } else if (left > 0 && (/^[ -]/.test(line) || line === '')) {
      hunks.at(-1)?.expected.push(line.slice(1));
      left--;
    } else if (left === 0) file = /^--- (?:a\/)?(\S+)/.exec(line)?.[1] ?? file;
  }
  return hunks;
}
