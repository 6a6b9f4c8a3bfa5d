import { chownSync, existsSync, lstatSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { gitSource } from '../../src/source/git-source.js';
import type { SourceContext } from '../../src/source/source.js';
import { scratch, snapshot } from '../support/files.js';
import { exec, freePort } from '../support/program.js';
import {
  makeRepository,
  type Repository,
  SMALL_TREE,
  serveGit,
  sourceContext,
  writeFiles,
} from '../support/repository.js';

const UPSTREAM = 'https://github.com/prometheus/pushgateway';
const EPOCH = 1_710_000_000; // the committer's, not the author's

function fromCommit(url: string, commit: string, context: SourceContext = sourceContext(), version?: string) {
  return gitSource({ type: 'git-commit', url, commit, version }, context);
}

async function filesOf(source: { write(folder: string): Promise<void> }): Promise<Record<string, string>> {
  const folder = scratch();
  await source.write(folder);
  return Object.fromEntries(Object.entries(await snapshot(folder)).filter(([, content]) => content !== '/'));
}

async function smallRepository(): Promise<Repository & { first: string }> {
  const repository = await makeRepository();
  return { ...repository, first: await repository.commit(SMALL_TREE) };
}

/** A user whose git leads upstream's address to a repository of this machine. */
function userWith(config: string): Record<string, string> {
  return { HOME: writeFiles(scratch(), { '.gitconfig': config }) };
}

const insteadOf = (path: string) => `[url "${pathToFileURL(path).href}"]\n\tinsteadOf = ${UPSTREAM}\n`;

describe("upstream's tag", () => {
  test('is fetched from where the user leads the address, and recorded by commit under its own address', async () => {
    const { path, first, git } = await smallRepository();
    await git('tag', '--annotate', '--message=x', 'v1.11.3');
    const context = sourceContext(userWith(insteadOf(path)));
    const source = await gitSource({ type: 'git-tag', version: '1.11.3' }, context);
    expect(source.spec).toEqual({ type: 'git', url: UPSTREAM, commit: first });
    expect(source).toMatchObject({ version: '1.11.3', time: EPOCH });
    expect(await filesOf(source)).toEqual(SMALL_TREE);
  });

  test('that is lightweight is the same', async () => {
    const { path, first, git } = await smallRepository();
    await git('tag', 'v1.11.3');
    const source = await gitSource({ type: 'git-tag', version: '1.11.3' }, sourceContext(userWith(insteadOf(path))));
    expect(source.spec).toMatchObject({ commit: first });
  });

  test('that is not there is bad input, and a branch of its name does not stand in', async () => {
    const { path, git } = await smallRepository();
    await git('branch', 'v1.11.4');
    const context = sourceContext(userWith(insteadOf(path)));
    await expect(gitSource({ type: 'git-tag', version: '1.11.4' }, context)).rejects.toThrow(
      expect.objectContaining({ name: 'InputError', message: `${UPSTREAM} has no tag v1.11.4` }),
    );
  });
});

describe('a commit of a repository', () => {
  test('comes from a local path, named by its commit alone, and neither HEAD nor work tree has a say', async () => {
    const { path, first, commit, git } = await smallRepository();
    await commit({ 'main.go': 'package other\n' });
    await git('checkout', '--quiet', '--orphan', 'elsewhere');
    const source = await fromCommit(path, first);
    expect(source.spec).toEqual({ type: 'git', commit: first });
    expect(source).toMatchObject({ version: '1.10.0', time: EPOCH });
    expect(await filesOf(source)).toEqual(SMALL_TREE);
  });

  test('comes from a path that is relative to where the user stands', async () => {
    const { path, first } = await smallRepository();
    const source = await fromCommit(relative(process.cwd(), path), first);
    expect(source.spec).toEqual({ type: 'git', commit: first });
  });

  test('comes from a file: address', async () => {
    const { path, first } = await smallRepository();
    expect((await fromCommit(pathToFileURL(path).href, first)).spec).toEqual({ type: 'git', commit: first });
  });

  test('comes over http, from a server that gives commits by name, without its history', async () => {
    const { path, first, commit, git } = await smallRepository();
    await commit({ 'big.txt': 'x'.repeat(100) });
    await git('config', 'uploadpack.allowAnySHA1InWant', 'true');
    const { base } = await serveGit(dirname(path));
    const url = `${base}/${basename(path)}/.git`;
    const context = sourceContext();
    const source = await fromCommit(url, first, context);
    expect(source.spec).toEqual({ type: 'git', url, commit: first });
    expect(await filesOf(source)).toEqual(SMALL_TREE);
    expect(existsSync(join(context.tempDir, 'source.git', 'shallow'))).toBe(true);
  });

  test('comes over http from a server that gives only branches and tags', async () => {
    const { path, first, commit, git } = await smallRepository();
    const second = await commit({ 'main.go': 'package other\n' });
    await commit({ 'main.go': 'package third\n' });
    for (const name of ['allowTipSHA1InWant', 'allowReachableSHA1InWant', 'allowAnySHA1InWant'])
      await git('config', `uploadpack.${name}`, 'false');
    const { base } = await serveGit(dirname(path), true);
    for (const wanted of [first, second]) {
      const context = sourceContext();
      const source = await fromCommit(`${base}/${basename(path)}/.git`, wanted, context);
      expect(source.spec).toMatchObject({ commit: wanted });
      // All of the history had to come.
      expect(existsSync(join(context.tempDir, 'source.git', 'shallow'))).toBe(false);
    }
  });

  test('that no server has is bad input that names it', async () => {
    const { path } = await smallRepository();
    const missing = '0123456789abcdef0123456789abcdef01234567';
    await expect(fromCommit(path, missing)).rejects.toThrow(
      expect.objectContaining({ name: 'InputError', message: `${path} has no commit ${missing}` }),
    );
  });

  test('is not taken where the name is that of a tree or a file', async () => {
    const { path, git } = await smallRepository();
    for (const object of ['HEAD^{tree}', 'HEAD:main.go']) {
      await expect(fromCommit(path, await git('rev-parse', object))).rejects.toMatchObject({ name: 'InputError' });
    }
  });

  test('comes from a repository whose names are SHA-256', async () => {
    const repository = await makeRepository(['--object-format=sha256']);
    const commit = await repository.commit(SMALL_TREE);
    expect(commit).toHaveLength(64);
    const source = await fromCommit(repository.path, commit);
    expect(source.spec).toEqual({ type: 'git', commit });
    expect(await filesOf(source)).toEqual(SMALL_TREE);
  });

  test('says its version in the file VERSION; another that the user names is refused', async () => {
    const { path, first, commit } = await smallRepository();
    expect((await fromCommit(path, first, sourceContext(), '1.10.0')).version).toBe('1.10.0');
    await expect(fromCommit(path, first, sourceContext(), '1.11.3')).rejects.toThrow(/says 1\.10\.0/);
    const other = await commit({ VERSION: 'development\n' });
    expect((await fromCommit(path, other, sourceContext(), '1.11.3')).version).toBe('1.11.3');
    await expect(fromCommit(path, other)).rejects.toMatchObject({ input: 'pushgateway-version' });
  });

  test('of a folder that is no repository, or of nothing, is bad input', async () => {
    const commit = 'a'.repeat(40);
    await expect(fromCommit(scratch(), commit)).rejects.toMatchObject({ name: 'InputError', input: 'source' });
    await expect(fromCommit(join(scratch(), 'nothing'), commit)).rejects.toMatchObject({ name: 'InputError' });
  });

  test('of a server that does not answer is a failure of the world that says what was tried', async () => {
    const url = `http://127.0.0.1:${await freePort()}/a.git`;
    await expect(fromCommit(url, 'a'.repeat(40))).rejects.toThrow(
      expect.objectContaining({ name: 'RunError', message: expect.stringContaining(url) }),
    );
  });

  test.runIf(process.getuid?.() === 0)('of another user is taken where the user called the folder safe', async () => {
    const { path, first } = await smallRepository();
    for (const folder of [path, join(path, '.git')]) chownSync(folder, 65534, 65534);
    await expect(fromCommit(path, first)).rejects.toThrow(/dubious ownership/);
    const env = userWith(`[safe]\n\tdirectory = ${realpathSync(path)}/.git\n\tdirectory = ${realpathSync(path)}\n`);
    expect((await fromCommit(path, first, sourceContext(env))).spec).toEqual({ type: 'git', commit: first });
  });
});

describe('only regular files, at places inside the tree, are accepted', () => {
  test('a symbolic link is refused by its name', async () => {
    const { path, commit } = await smallRepository();
    symlinkSync('/etc/passwd', join(path, 'NOTICE'));
    await expect(fromCommit(path, await commit({}))).rejects.toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringMatching(/^NOTICE in .* is a symbolic link/),
      }),
    );
  });

  test('a submodule is refused by its name', async () => {
    const { path, first, git } = await smallRepository();
    await git('update-index', '--add', '--cacheinfo', `160000,${first},web/ui`);
    await git('commit', '--quiet', '--message=x');
    await expect(fromCommit(path, await git('rev-parse', 'HEAD'))).rejects.toThrow(/^web\/ui in .* is a submodule/);
  });

  test.each(['..', '../../evil', '.git', '.GIT', '/evil'])(
    'a commit that was forged to hold a file at %s writes nothing there',
    async (name) => {
      const { path, first, git } = await smallRepository();
      const blob = await git('rev-parse', `${first}:go.mod`);
      const entry = (mode: string, file: string, object: string) =>
        Buffer.concat([Buffer.from(`${mode} ${file}\0`), Buffer.from(object, 'hex')]);
      const store = async (tree: Buffer) => {
        writeFileSync(join(path, 'forged'), tree);
        return git('hash-object', '-t', 'tree', '-w', '--literally', 'forged');
      };
      const inner = await store(entry('100644', 'config', blob));
      const isFile = name.includes('/');
      const tree = await store(
        Buffer.concat([
          entry('100644', 'go.mod', blob),
          isFile ? entry('100644', name, blob) : entry('40000', name, inner),
        ]),
      );
      const commit = await git('commit-tree', '-m', 'x', tree);
      await git('branch', 'forged', commit);
      const parent = scratch();
      mkdirSync(join(parent, 'a', 'tree'), { recursive: true });
      const attempt = fromCommit(path, commit, sourceContext(), '1.11.3').then((source) =>
        source.write(join(parent, 'a', 'tree')),
      );
      await expect(attempt).rejects.toMatchObject({ name: expect.stringMatching(/^(InputError|RunError)$/) });
      const written = Object.keys(await snapshot(parent)).filter((file) => !/^a(\/tree(\/go\.mod)?)?$/.test(file));
      expect(written).toEqual([]);
      expect(existsSync('/evil')).toBe(false);
    },
  );
});

describe('the bytes are those of the commit', () => {
  const bytes = {
    ...SMALL_TREE,
    '.gitattributes': '* text=auto eol=crlf\n*.go filter=shout ident export-subst\nhidden.txt export-ignore\n',
    'unix.txt': 'a\nb\n',
    'dos.txt': 'a\r\nb\r\n',
    'id.go': 'package a // $Id$ $Format:%H$\n',
    'hidden.txt': 'here\n',
  };

  /** A commit with exactly these bytes in its blobs, whatever the attributes say. */
  async function exactRepository() {
    const repository = await makeRepository();
    for (const [name, content] of Object.entries(bytes)) {
      writeFiles(repository.path, { '../blob': content });
      const object = await repository.git('hash-object', '-w', '--no-filters', '../blob');
      await repository.git('update-index', '--add', '--cacheinfo', `100644,${object},${name}`);
    }
    await repository.git('commit', '--quiet', '--message=x');
    return { ...repository, commit: await repository.git('rev-parse', 'HEAD') };
  }

  test('whatever its attributes and the configuration of the user say', async () => {
    const { path, commit } = await exactRepository();
    const config = [
      '[core]\n\tautocrlf = true\n\teol = crlf\n\tattributesFile = ~/attributes\n',
      '[filter "shout"]\n\tclean = tr a-z A-Z\n\tsmudge = tr a-z A-Z\n\trequired = true\n',
      '[log]\n\tshowSignature = true\n\tdate = relative\n[color]\n\tui = always\n[core]\n\tquotePath = true\n',
      '[fetch]\n\tfsckObjects = false\n\tprune = true\n[transfer]\n\thideRefs = refs\n[format]\n\tpretty = fuller\n',
    ].join('');
    const env: Record<string, string> = {
      ...userWith(config),
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'core.autocrlf',
      GIT_CONFIG_VALUE_0: 'true',
    };
    writeFiles(env.HOME ?? '', { attributes: '* text eol=crlf\n' });
    const plain = await fromCommit(path, commit);
    const other = await fromCommit(path, commit, sourceContext(env));
    expect(await filesOf(plain)).toEqual(bytes);
    expect(await filesOf(other)).toEqual(bytes);
    expect(other.time).toBe(plain.time);
  });

  test('whatever repository the variables of the user name, and that one is left alone', async () => {
    const { path, commit } = await exactRepository();
    const other = await makeRepository();
    await other.commit({ a: 'b' });
    const before = await snapshot(other.path);
    const env = {
      GIT_DIR: join(other.path, '.git'),
      GIT_WORK_TREE: other.path,
      GIT_INDEX_FILE: join(other.path, 'index'),
      GIT_OBJECT_DIRECTORY: join(other.path, '.git', 'objects'),
      GIT_COMMON_DIR: join(other.path, '.git'),
      GIT_NAMESPACE: 'elsewhere',
      GIT_DEFAULT_HASH: 'sha256',
      GIT_ATTR_SOURCE: 'HEAD',
      GIT_LITERAL_PATHSPECS: '1',
      GIT_SHALLOW_FILE: join(other.path, 'shallow'),
      GIT_CONFIG: '/nonexistent',
      GIT_CONFIG_PARAMETERS: "'core.bare=false'",
    };
    expect(await filesOf(await fromCommit(path, commit, sourceContext(env)))).toEqual(bytes);
    expect(await snapshot(other.path)).toEqual(before);
  });

  test('and a file that may be run there is a plain one of mode 0644 here', async () => {
    const { path, commit, git } = await smallRepository().then(async (made) => {
      await made.git('update-index', '--chmod=+x', 'main.go');
      await made.git('commit', '--quiet', '--message=x');
      return { ...made, commit: await made.git('rev-parse', 'HEAD') };
    });
    expect(await git('ls-tree', commit, 'main.go')).toMatch(/^100755/);
    const folder = scratch();
    const source = await fromCommit(path, commit);
    const before = process.umask(0o022);
    try {
      await source.write(folder);
    } finally {
      process.umask(before);
    }
    expect(lstatSync(join(folder, 'main.go')).mode).toBe(0o100644);
  });
});

test('a file is never written over another, or into a folder that holds one', async () => {
  const { path, first } = await smallRepository();
  const folder = writeFiles(scratch(), { 'go.mod': 'mine' });
  await expect((await fromCommit(path, first)).write(folder)).rejects.toThrow(/EEXIST/);
  expect((await snapshot(folder))['go.mod']).toBe('mine');
});

test('git that is not installed is said', async () => {
  const context = { ...sourceContext(), env: { PATH: scratch(), HOME: scratch() } };
  await expect(fromCommit('/nothing', 'a'.repeat(40), context)).rejects.toThrow(/Could not start git/);
  expect((await exec('git', ['--version'])).code).toBe(0);
});
