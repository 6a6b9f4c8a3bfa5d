import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyPatch } from '../../src/source/apply-patch.js';
import { scratch, snapshot } from '../support/files.js';
import { mustExec } from '../support/program.js';
import { makeRepository, SMALL_TREE, writeFiles } from '../support/repository.js';

const STORE = 'storage/store.go';
const env = { PATH: process.env.PATH ?? '' };

/** A tree in a folder of its own, in a folder of its own: what climbs out is seen. */
function smallTree(files: Readonly<Record<string, string>> = SMALL_TREE): { tree: string; parent: string } {
  const parent = scratch();
  mkdirSync(join(parent, 'tree'));
  return { tree: writeFiles(join(parent, 'tree'), files), parent };
}

const apply = (tree: string, diff: string | Buffer, userEnv: Record<string, string> = env) =>
  applyPatch(tree, 'my-set', { name: '0001-fix.patch', data: Buffer.from(diff) }, userEnv);

/** That a diff is refused as bad input, naming the set, and that nothing anywhere has changed. */
async function refused(diff: string | Buffer, message: RegExp, files = SMALL_TREE): Promise<string> {
  const { tree, parent } = smallTree(files);
  const before = await snapshot(parent);
  const error = await apply(tree, diff).then(
    () => new Error('it was applied'),
    (failure: Error & { input?: string }) => failure,
  );
  expect(error.message).toMatch(message);
  expect(error).toMatchObject({ name: 'InputError', input: 'patches' });
  expect(error.message).toContain('my-set (0001-fix.patch)');
  expect(await snapshot(parent)).toEqual(before);
  return error.message;
}

const edit = (from: string, to: string, line = 5, file = STORE) =>
  `--- a/${file}\n+++ b/${file}\n@@ -${line},3 +${line},3 @@\n // two\n-${from}\n+${to}\n // four\n`;
const GOOD = edit('// three', '// 3', 4);

describe('a diff that fits', () => {
  test('changes its files and no other', async () => {
    const { tree } = smallTree();
    await apply(tree, GOOD);
    expect(await snapshot(tree)).toEqual({
      ...SMALL_TREE,
      storage: '/',
      [STORE]: SMALL_TREE[STORE]?.replace('// three', '// 3'),
    });
  });

  test('makes, moves and removes files', async () => {
    const { tree } = smallTree();
    await apply(
      tree,
      [
        'diff --git a/new/file.go b/new/file.go\nnew file mode 100644\n--- /dev/null\n+++ b/new/file.go\n@@ -0,0 +1 @@\n+package new\n',
        'diff --git a/LICENSE b/LICENSE\ndeleted file mode 100644\n--- a/LICENSE\n+++ /dev/null\n@@ -1 +0,0 @@\n-a licence\n',
        'diff --git a/VERSION b/MOVED\nsimilarity index 100%\nrename from VERSION\nrename to MOVED\n',
      ].join(''),
    );
    const { LICENSE: _, VERSION: version = '', ...rest } = SMALL_TREE;
    expect(await snapshot(tree)).toEqual({
      ...rest,
      storage: '/',
      new: '/',
      'new/file.go': 'package new\n',
      MOVED: version,
    });
  });

  test('may stand at other lines than it says, but needs its context to the letter', async () => {
    const { tree } = smallTree();
    await apply(tree, GOOD.replace('-4,3 +4,3', '-2,3 +2,3'));
    expect(readFileSync(join(tree, STORE), 'utf8')).toContain('// 3\n');
    await refused(GOOD.replace(' // two', ' // TWO'), /does not apply/);
    await refused(GOOD.replace(' // two', ' // two '), /does not apply/);
    await refused(GOOD.replace(' // four', ' //\tfour'), /does not apply/);
  });

  test('changes a file whose lines end in CRLF, and keeps them so', async () => {
    const dos = { ...SMALL_TREE, [STORE]: '// one\r\n// two\r\n// three\r\n// four\r\n' };
    const { tree } = smallTree(dos);
    const diff = `--- a/${STORE}\n+++ b/${STORE}\n@@ -2,3 +2,3 @@\n // two\r\n-// three\r\n+// 3\r\n // four\r\n`;
    await apply(tree, diff);
    expect(readFileSync(join(tree, STORE), 'utf8')).toBe('// one\r\n// two\r\n// 3\r\n// four\r\n');
  });

  test('keeps white space as it is, whatever the configuration of the user would do with it', async () => {
    const home = writeFiles(scratch(), {
      '.gitconfig':
        '[apply]\n\twhitespace = fix\n\tignoreWhitespace = change\n[core]\n\tautocrlf = true\n\teol = crlf\n',
    });
    const { tree } = smallTree();
    const line = '// 3 \t \t  ';
    await apply(tree, GOOD.replace('+// 3', `+${line}`), {
      ...env,
      HOME: home,
      ...{ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'apply.whitespace', GIT_CONFIG_VALUE_0: 'error-all' },
    });
    expect(readFileSync(join(tree, STORE), 'utf8')).toContain(`// two\n${line}\n// four\n`);
  });

  test('fits in a tree inside another repository, whose attributes and ignored files do not matter', async () => {
    const repository = await makeRepository();
    await repository.commit({ '.gitattributes': '* text eol=crlf\n', '.gitignore': 'build/\n' });
    await repository.git('config', 'apply.whitespace', 'fix');
    await repository.git('config', 'core.autocrlf', 'true');
    const tree = writeFiles(join(repository.path, 'build', 'tree'), SMALL_TREE);
    await apply(tree, GOOD.replace('+// 3', '+// 3  '));
    expect(readFileSync(join(tree, STORE), 'utf8')).toBe(SMALL_TREE[STORE]?.replace('// three', '// 3  '));
  });

  test('fits in a tree that is reached through a link inside another repository', async () => {
    const repository = await makeRepository();
    const tree = writeFiles(join(repository.path, 'build', 'tree'), SMALL_TREE);
    const link = join(scratch(), 'link');
    symlinkSync(join(repository.path, 'build'), link);
    await apply(join(link, 'tree'), GOOD);
    expect(readFileSync(join(tree, STORE), 'utf8')).toContain('// 3\n');
  });

  test('fits where the user works in a repository of their own, which is left alone', async () => {
    const other = await makeRepository();
    await other.commit(SMALL_TREE);
    const before = await snapshot(other.path);
    const { tree } = smallTree();
    await apply(tree, GOOD, {
      ...env,
      GIT_DIR: join(other.path, '.git'),
      GIT_WORK_TREE: other.path,
      GIT_INDEX_FILE: join(other.path, '.git', 'index'),
      GIT_PREFIX: 'storage/',
    });
    expect(readFileSync(join(tree, STORE), 'utf8')).toContain('// 3\n');
    expect(await snapshot(other.path)).toEqual(before);
  });
});

describe('a diff that does not fit', () => {
  test('is shown with its file and hunk, what it expected and what is there', async () => {
    const message = await refused(edit('// drei', '// 3', 4), /does not apply; nothing of it was applied/);
    expect(message).toBe(
      [
        'The patch my-set (0001-fix.patch) does not apply; nothing of it was applied.',
        `  ${STORE}, hunk @@ -4,3 +4,3 @@`,
        '    expected:',
        '      | // two',
        '      | // drei',
        '      | // four',
        '    found at line 4:',
        '      | // two',
        '      | // three',
        '      | // four',
        'Is it made for this version of Pushgateway?',
      ].join('\n'),
    );
  });

  test('in one of its files leaves all of them alone, and names each that does not fit', async () => {
    const message = await refused(
      GOOD + edit('func nothing() {', 'func x() {', 2, 'main.go') + edit('x', 'y', 1, 'missing.go'),
      /does not apply/,
    );
    expect(message).toContain('  main.go, hunk @@ -2,3 +2,3 @@');
    expect(message).toContain('missing.go');
    expect(message).not.toContain(STORE);
  });

  test('in its second hunk only says which', async () => {
    const second = '@@ -8,2 +8,2 @@\n \n-func Other() {}\n+func Mine() {}\n';
    const message = await refused(GOOD + second, /does not apply/);
    expect(message).toContain(`${STORE}, hunk @@ -8,2 +8,2 @@`);
    expect(message).toContain('| func Other() {}');
  });

  test('is told apart from its removed lines that look like a header', async () => {
    const file = 'query.sql';
    const files = { ...SMALL_TREE, [file]: '-- a comment\nselect 1\n' };
    const diff = `--- a/${file}\n+++ b/${file}\n@@ -1,2 +1,2 @@\n--- a comment\n+-- another\n select 2\n-- \n2.39.5\n`;
    const message = await refused(diff, /does not apply/, files);
    expect(message).toContain(`  ${file}, hunk @@ -1,2 +1,2 @@`);
    expect(message).toContain('      | -- a comment\n      | select 2\n    found');
  });

  test.each([
    ['makes a file that is there', `--- /dev/null\n+++ b/main.go\n@@ -0,0 +1 @@\n+x\n`, /main\.go: already exists/],
    ['removes a file that is not there', '--- a/gone\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n', /gone: No such file/],
    [
      'removes a file with other content',
      'diff --git a/LICENSE b/LICENSE\ndeleted file mode 100644\n--- a/LICENSE\n+++ /dev/null\n@@ -1 +0,0 @@\n-no licence\n',
      /LICENSE, hunk @@ -1 \+0,0 @@\n {4}expected:\n {6}\| no licence\n {4}found at line 1:\n {6}\| a licence\n/,
    ],
  ])('because it %s', async (_what, diff, message) => {
    await refused(diff, message);
  });

  test.each([
    ['LF', 'CRLF', GOOD.replaceAll('\n', '\r\n'), SMALL_TREE],
    [
      'LF, below a header of git',
      'CRLF',
      `diff --git a/${STORE} b/${STORE}\n${GOOD}`.replaceAll('\n', '\r\n'),
      SMALL_TREE,
    ],
    ['CRLF', 'LF', GOOD, { ...SMALL_TREE, [STORE]: (SMALL_TREE[STORE] ?? '').replaceAll('\n', '\r\n') }],
  ])('because the file has %s and the patch has %s, is told so', async (tree, patch, diff, files) => {
    const message = await refused(diff, /does not apply/, files);
    expect(message).toContain(`The lines of the patch end in ${patch}, those of the file in ${tree.split(',')[0]}:`);
    expect(message).toContain(patch === 'CRLF' ? '      | // three␍\n' : '      | // three\n');
  });

  test('because it lost its tabs is told so', async () => {
    const files = { ...SMALL_TREE, 'main.go': 'package main\n\nfunc main() {\n\tone()\n\ttwo()\n}\n' };
    const diff = '--- a/main.go\n+++ b/main.go\n@@ -4,2 +4,3 @@\n     one()\n+    more()\n     two()\n';
    expect(await refused(diff, /does not apply/, files)).toContain('The lines differ in white space only');
  });

  test('because it was applied already is told so', async () => {
    const files = { ...SMALL_TREE, [STORE]: (SMALL_TREE[STORE] ?? '').replace('// three', '// 3') };
    expect(await refused(GOOD, /does not apply/, files)).toContain('The tree has these changes already');
    expect(await refused(edit('// drei', '// 3', 4), /does not apply/)).not.toContain('already');
  });

  test('because its paths lack a/ and b/ is told so', async () => {
    const message = await refused(GOOD.replaceAll(/ [ab]\//g, ' '), /does not apply/);
    expect(message).toMatch(/ {2}store\.go: No such file.*\nIt fits with its paths as they stand: .* diff\.noprefix/);
  });

  test('is shown beside the lines that are most like it, wherever they are', async () => {
    const lines = Array.from({ length: 60 }, (_, index) => `// filler ${index}`).join('\n');
    const files = { ...SMALL_TREE, [STORE]: `${lines}\n${SMALL_TREE[STORE]}` };
    const message = await refused(edit('// drei', '// 3', 4), /does not apply/, files);
    expect(message).toContain('    found at line 64:\n      | // two\n      | // three\n      | // four\n');
  });

  test('says what is known of the set', async () => {
    const diff = { name: 'x.patch', data: Buffer.from(edit('// drei', '// 3', 4)) };
    const advice = 'It applies to 1.3.1–1.10.0.';
    await expect(applyPatch(smallTree().tree, 'my-set', diff, env, advice)).rejects.toThrow(
      `Is it made for this version of Pushgateway?\n${advice}`,
    );
  });

  test('shows no more than a page of a long hunk, and how much more there is', async () => {
    const body = Array.from({ length: 30 }, (_, index) => ` // no line ${index}\n`).join('');
    const message = await refused(`--- a/${STORE}\n+++ b/${STORE}\n@@ -1,30 +1,31 @@\n${body}+x\n`, /does not apply/);
    expect(message).toContain('      | // no line 11\n      (18 more)\n    found');
  });
});

describe('a diff for files with odd names', () => {
  const names = [
    'with blanks/a file.go',
    'ünïcode.go',
    'with "quotes".go',
    "it's.go",
    'tab\there.go',
    'back\\slash.go',
  ];

  /** The diff that git itself makes of a change. */
  async function gitDiff(name: string, to: string): Promise<string> {
    const repository = await makeRepository();
    await repository.commit({ [name]: ODD });
    writeFiles(repository.path, { [name]: to });
    return `${await repository.git('diff')}\n`;
  }
  const ODD = 'package a\n\n// one\n// two\n// three\n';

  test.each(names)('%s, is applied, and shown where it does not fit', async (name) => {
    const diff = await gitDiff(name, ODD.replace('two', '2'));
    const { tree } = smallTree({ ...SMALL_TREE, [name]: ODD });
    await apply(tree, diff);
    expect(readFileSync(join(tree, name), 'utf8')).toContain('// 2\n');
    const message = await refused(diff, /does not apply/, { ...SMALL_TREE, [name]: ODD.replace('two', 'zwei') });
    expect(message).toContain(`  ${name}, hunk @@ -1,5 +1,5 @@\n    expected:\n`);
    expect(message).toContain('      | // two\n');
    expect(message).toContain('      | // zwei\n');
  });
});

describe('a hunk without context', () => {
  const files = { ...SMALL_TREE, 'list.txt': 'a\nb\na\nb\n' };
  const hunk = (header: string, ...lines: string[]) =>
    `--- a/list.txt\n+++ b/list.txt\n@@ ${header} @@\n${lines.map((line) => `${line}\n`).join('')}`;

  test('would be put at the end of the file by git, whatever it says', async () => {
    const { tree } = smallTree(files);
    await mustExec('git', ['apply', '-'], { cwd: tree, env, input: hunk('-1,0 +2', '+new').replace('-1', '-2') });
    expect(readFileSync(join(tree, 'list.txt'), 'utf8')).toBe('a\nb\na\nb\nnew\n');
  });

  test.each([
    ['that adds', hunk('-2,0 +3', '+new')],
    ['that adds after the first line', hunk('-1,0 +2', '+new')],
    ['that changes', hunk('-2 +2', '-b', '+c')],
    ['that removes', hunk('-2 +1,0', '-b')],
    ['among others', `${GOOD}${hunk('-1,2 +1,3', ' a', '+new', ' b')}@@ -3 +4 @@\n-a\n+c\n`],
  ])('%s is refused with the way to make one', async (_what, diff) => {
    const message = await refused(diff, /has a hunk without a line of context, list\.txt @@/, files);
    expect(message).toContain('Accepted: diffs with at least one line of context, as `git diff -U1` makes them');
  });

  test('is fine where it is the whole file', async () => {
    const { tree } = smallTree({ ...files, empty: '' });
    const fill = 'diff --git a/empty b/empty\n--- a/empty\n+++ b/empty\n@@ -0,0 +1 @@\n+full\n';
    await apply(tree, `--- a/VERSION\n+++ b/VERSION\n@@ -1 +1 @@\n-1.10.0\n+1.10.1\n${fill}`);
    expect(await snapshot(tree)).toMatchObject({ VERSION: '1.10.1\n', empty: 'full\n' });
    await refused(hunk('-1 +1', '-a', '+c'), /begins or ends without a line of context/, files);
  });

  test('at one end takes that for the end of the file, which is told', async () => {
    await refused(hunk('-1,2 +1,3', ' a', ' b', '+c'), /begins or ends without a line of context/, files);
  });

  test('is not seen in the letter around a diff', async () => {
    const { tree } = smallTree();
    await apply(
      tree,
      `From: somebody\nSubject: x\n\n  @@ -3,0 +4 @@\n+text\n---\n main.go | 2 +-\n\n${GOOD}-- \n2.39.5\n`,
    );
    expect(readFileSync(join(tree, STORE), 'utf8')).toContain('// 3\n');
  });
});

describe('a diff that reaches out of the tree', () => {
  const adding = (path: string) => `--- /dev/null\n+++ b/${path}\n@@ -0,0 +1 @@\n+evil\n`;
  const header = (path: string, mode: string) =>
    `diff --git a/${path} b/${path}\nnew file mode ${mode}\nindex 0000000..1111111\n`;

  test.each([
    ['../evil', adding('../evil')],
    ['a/../../evil', adding('a/../../evil')],
    ['an absolute path', adding('//tmp/evil').replace('b//tmp', '/tmp')],
    ['.git/hooks', adding('.git/hooks/pre-commit')],
  ])('by the path %s is refused', async (_what, diff) => {
    await refused(diff, /leaves the tree|does not apply|no patch that git can read/);
  });

  test.each([
    [
      'new',
      `${header('link', '120000')}--- /dev/null\n+++ b/link\n@@ -0,0 +1 @@\n+/etc/passwd\n\\ No newline at end of file\n`,
    ],
    [
      'new, with its lines ended by CRLF',
      `${header('link', '120000')}--- /dev/null\n+++ b/link\n@@ -0,0 +1 @@\n+/etc\n`.replaceAll('\n', '\r\n'),
    ],
    ['in the place of a file', 'diff --git a/LICENSE b/LICENSE\nold mode 100644\nnew mode 120000\n'],
    [
      'new, and a file below it',
      `${header('out', '120000')}--- /dev/null\n+++ b/out\n@@ -0,0 +1 @@\n+..\n\\ No newline at end of file\n${header('out/evil', '100644')}--- /dev/null\n+++ b/out/evil\n@@ -0,0 +1 @@\n+evil\n`,
    ],
  ])('by a symbolic link, %s, is refused', async (_what, diff) => {
    await refused(diff, /symbolic link|no patch that git can read|does not apply/);
  });

  test('through a link that is in the tree is refused', async () => {
    const { tree, parent } = smallTree();
    const outside = scratch();
    writeFileSync(join(outside, 'file'), 'precious\n');
    symlinkSync(outside, join(tree, 'link'));
    const diff = '--- a/link/file\n+++ b/link/file\n@@ -1 +1 @@\n-precious\n+evil\n';
    await expect(apply(tree, diff)).rejects.toThrow(/leaves the tree: beyond a symbolic link|link\/file/);
    await expect(apply(tree, adding('link/new'))).rejects.toMatchObject({ name: 'InputError' });
    expect(await snapshot(outside)).toEqual({ file: 'precious\n' });
    expect(Object.keys(await snapshot(parent))).toContain('tree/link');
  });
});

describe('what is no diff', () => {
  test.each([
    ['nothing', ''],
    ['a text', 'hello\n'],
    ['a page of the web', '<!DOCTYPE html>\n<html>404</html>\n'],
    ['bytes', Buffer.from([0, 1, 2, 255, 254])],
    ['a cut diff', GOOD.slice(0, -12)],
    ['a header alone', `--- a/${STORE}\n+++ b/${STORE}\n`],
    ['a wrong count of lines', GOOD.replace('-4,3', '-4,9')],
  ])('%s, is refused and says what is accepted', async (_what, diff) => {
    await refused(diff, /is no patch that git can read .*Accepted: a unified diff/s);
  });
});

test('of a diff with any line changed, either all is applied as git understands it, or nothing', async () => {
  const two = `${GOOD}--- a/main.go\n+++ b/main.go\n@@ -1,4 +1,4 @@\n package main\n \n-func main() {\n+func Main() {\n }\n`;
  const lines = two.split('\n');
  const change = fc.record({
    at: fc.nat({ max: lines.length - 1 }),
    to: fc.oneof(fc.constantFrom('', ' ', '-', '+x', '--- a/../x', '@@ -1 +1 @@', '+++ /dev/null'), fc.string()),
  });
  await fc.assert(
    fc.asyncProperty(change, async ({ at, to }) => {
      const { tree, parent } = smallTree();
      const before = await snapshot(parent);
      const changed = lines.map((line, index) => (index === at ? to : line)).join('\n');
      const failure = await apply(tree, changed).catch((error) => error);
      if (failure === undefined) return;
      expect(failure.name).toBe('InputError');
      if (!/applied only in part/.test(failure.message)) expect(await snapshot(parent)).toEqual(before);
    }),
    { numRuns: 60 },
  );
});
