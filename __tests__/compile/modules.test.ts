import { chmodSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { definedEnv } from '../../src/base/env.js';
import { sha256Hex } from '../../src/base/hash.js';
import type { GoInTree } from '../../src/compile/go-command.js';
import { licenceTexts } from '../../src/compile/licences.js';
import { checkReplacements, raiseModules, verifyModules } from '../../src/compile/modules.js';
import type { ModuleOverride } from '../../src/inputs/requests.js';
import { readModuleZip, writeTree } from '../../src/source/module-zip.js';
import { loadPatchSet } from '../../src/source/patch-set.js';
import { makePatchedTree } from '../../src/source/patched-tree.js';
import { RELEASES, UPSTREAM_MODULE } from '../../src/source/releases.js';
import { compileEnvironment } from '../../src/toolchain/go-env.js';
import { scratch } from '../support/files.js';
import { freshFolder, mustExec, PROJECT } from '../support/program.js';
import { writeFiles } from '../support/repository.js';

const env = definedEnv(process.env);
const cache = freshFolder('go-build'); // one build cache for all tests of this file
const CRYPTO = 'golang.org/x/crypto';
/** SHA-256 of the go.mod that raising golang.org/x/crypto to v0.53.0 in 1.11.3 leads to. */
const GOLDEN_GO_MOD = '6455a177b49611441df55909f0d6496b74494dc99eb4b23e09b627e2a362a51f';

let goroot = '';
let gomodcache = '';
const zips = new Map<string, Buffer>();

beforeAll(async () => {
  [goroot = '', gomodcache = ''] = (await mustExec('go', ['env', 'GOROOT', 'GOMODCACHE'])).trim().split('\n');
  for (const version of ['1.11.3', '1.4.0']) {
    const args = ['mod', 'download', '-json', `${UPSTREAM_MODULE}@v${version}`];
    const { Zip } = JSON.parse(await mustExec('go', args, { cwd: '/', env: { ...env, GOFLAGS: '' } }));
    zips.set(version, readFileSync(Zip));
  }
});

function inTree(tree: string, modules = gomodcache, more: Record<string, string> = {}): GoInTree {
  return {
    goBinary: join(goroot, 'bin', 'go'),
    tree,
    env: (platform = { os: 'linux', architecture: 'amd64' }) =>
      compileEnvironment({ goroot, platform, gocache: cache, gomodcache: modules, userEnv: { ...env, ...more } }),
  };
}

/** The patched tree of a release. */
async function upstream(version = '1.11.3'): Promise<GoInTree> {
  const tree = scratch();
  const prefix = `${UPSTREAM_MODULE}@v${version}/`;
  const files = await readModuleZip(zips.get(version) ?? Buffer.alloc(0), prefix, RELEASES[version]?.sum ?? '');
  const ttl = { type: 'builtin', name: 'ttl', revision: undefined } as const;
  const set = await loadPatchSet(ttl, join(PROJECT, 'patches'), () => Promise.reject(new Error('no fetch')));
  const source = {
    spec: { type: 'folder', hash: '' },
    version,
    time: 0,
    write: (to: string) => writeTree(to, files),
  } as const;
  await makePatchedTree(source, [set], tree, { userEnv: env, withTests: false });
  return inTree(tree);
}

const parsed = (overrides: readonly string[]): ModuleOverride[] =>
  overrides.map((text) => ({ path: text.split('@')[0] ?? '', version: text.split('@')[1] ?? '' }));

async function raise(overrides: readonly string[], version?: string) {
  const context = await upstream(version);
  return { ...(await raiseModules(context, parsed(overrides))), context };
}

async function refusal(overrides: readonly string[]): Promise<string> {
  const error = await raise(overrides).then(
    () => new Error('it was accepted'),
    (failure) => failure,
  );
  expect(error).toMatchObject({ name: 'InputError', input: 'module-overrides' });
  return error.message;
}

describe('raising modules of 1.11.3', () => {
  test('leads to the go.mod that is known, with the time of the release of the module', async () => {
    const { goMod, time, notices, context } = await raise([`${CRYPTO}@v0.53.0`]);
    expect(goMod).toBe(GOLDEN_GO_MOD);
    expect(goMod).toBe(sha256Hex(readFileSync(join(context.tree, 'go.mod'))));
    const info = await mustExec('go', ['list', '-m', '-json', `${CRYPTO}@v0.53.0`], { cwd: context.tree, env });
    expect(time).toBe(Math.floor(Date.parse(JSON.parse(info).Time) / 1000));
    expect(notices).toEqual([]);
  });

  test('does not depend on the order in which they were named', async () => {
    const overrides = ['golang.org/x/text@v0.38.0', `${CRYPTO}@v0.53.0`, 'golang.org/x/sys@v0.46.0'];
    const [a, b] = [await raise(overrides), await raise([...overrides].reverse())];
    expect(a.goMod).toBe(b.goMod);
  });

  test('to the version that is there already changes nothing', async () => {
    const { goMod, context } = await raise([`${CRYPTO}@v0.52.0`]);
    expect(goMod).toBe(sha256Hex(readFileSync(join((await upstream()).tree, 'go.mod'))));
    expect(readFileSync(join(context.tree, 'go.mod'), 'utf8')).toContain(`${CRYPTO} v0.52.0`);
  });

  test('that are no dependencies is refused, naming the module', async () => {
    expect(await refusal(['golang.org/x/vuln@v1.1.4', `${CRYPTO}@v0.53.0`])).toMatch(
      /^golang\.org\/x\/vuln is no dependency/,
    );
  });

  test('below what they are is refused, saying what is accepted', async () => {
    expect(await refusal([`${CRYPTO}@v0.51.0`])).toMatch(
      /^golang\.org\/x\/crypto@v0\.51\.0 would lower .*Accepted: v0\.52\.0 or newer$/,
    );
  });

  test('of which one pushes another past what was asked is refused, naming it', async () => {
    expect(await refusal(['golang.org/x/sys@v0.45.0', `${CRYPTO}@v0.53.0`])).toMatch(
      /golang\.org\/x\/sys@v0\.4[56]\.0/,
    );
  });

  test('to a version that nobody released is refused, with what Go says', async () => {
    expect(await refusal([`${CRYPTO}@v0.999.0`])).toMatch(/cannot be had: golang\.org\/x\/crypto@v0\.999\.0/);
  });

  test('without a network is a failure of the world, not of the input', async () => {
    const { tree } = await upstream();
    const context = inTree(tree, scratch(), { GOPROXY: 'http://127.0.0.1:1', GOFLAGS: '' });
    await expect(raiseModules(context, parsed([`${CRYPTO}@v0.53.0`]))).rejects.toThrow(
      expect.objectContaining({ name: 'RunError', message: expect.stringContaining('127.0.0.1:1') }),
    );
  });

  test('that need a newer go line say so', async () => {
    const { notices } = await raise([`${CRYPTO}@v0.53.0`], '1.4.0').catch(async (error) => {
      throw new Error(`1.4.0 with the patch set: ${error.message}`);
    });
    expect(notices).toEqual([
      expect.stringMatching(/raise the go line of go\.mod from 1\.11 to 1\.25\.0, and with it the GODEBUG/),
    ]);
  });
});

describe('replacements', () => {
  const tree = (replace: string) =>
    inTree(
      writeFiles(scratch(), { 'go.mod': `module example.com/m\n\ngo 1.25.0\n\nreplace example.com/a => ${replace}\n` }),
    );

  test.each(['../a', '/srv/a', './x/../../a', '..'])(
    'by a folder outside the tree, %s, are refused',
    async (folder) => {
      await expect(checkReplacements(tree(folder))).rejects.toThrow(
        expect.objectContaining({ name: 'InputError', message: expect.stringContaining('example.com/a') }),
      );
    },
  );

  test.each(['./a', './a/../b', 'example.com/b v1.0.0'])('by %s, which a digest covers, are taken', async (target) => {
    expect(await checkReplacements(tree(target))).toBeUndefined();
  });
});

describe('a module cache of its own, with one small module', () => {
  const GO_MOD = 'module example.com/m\n\ngo 1.25.0\n\nrequire golang.org/x/mod v0.37.0\n';
  const GO_SUM =
    'golang.org/x/mod v0.37.0 h1:vF1DjpVEshcIqoEaauuHebaLk1O1forxjxBaVn884JQ=\ngolang.org/x/mod v0.37.0/go.mod h1:m8S8VeM9r4dzDwjrKO0a1sZP3YjeMamRRlD+fmR2Q/0=\n';

  async function ownCache() {
    const tree = writeFiles(scratch(), {
      'go.mod': GO_MOD,
      'go.sum': GO_SUM,
      'main.go': 'package main\n\nimport _ "golang.org/x/mod/semver"\n\nfunc main() {}\n',
      LICENSE: 'of the tree\n',
    });
    await mustExec('go', ['mod', 'download', 'golang.org/x/mod@v0.37.0'], { cwd: tree, env });
    const modules = scratch();
    const proxy = pathToFileURL(join(gomodcache, 'cache', 'download')).href;
    const context = inTree(tree, modules, { GOPROXY: proxy, GOSUMDB: 'off' });
    await mustExec('go', ['mod', 'download', '-modcacherw'], { cwd: tree, env: context.env() });
    return { context, folder: join(modules, 'golang.org', 'x', 'mod@v0.37.0') };
  }

  test('that is as it was downloaded passes, and one with an edited, new or missing file does not', async () => {
    const { context, folder } = await ownCache();
    await verifyModules(context);
    const file = join(folder, 'semver', 'semver.go');
    const whole = readFileSync(file);
    writeFileSync(file, `${whole}\nfunc init() { panic("evil") }\n`);
    await expect(verifyModules(context)).rejects.toThrow(
      expect.objectContaining({
        name: 'RunError',
        message: expect.stringMatching(/golang\.org\/x\/mod v0\.37\.0.*modified/),
      }),
    );
    writeFileSync(file, whole);
    await verifyModules(context);
    writeFileSync(join(folder, 'semver', 'evil.go'), 'package semver\n');
    await expect(verifyModules(context)).rejects.toThrow(/golang\.org\/x\/mod/);
  });

  test('gives the licence texts of linked modules, of the tree and of Go, and no others', async () => {
    const { context, folder } = await ownCache();
    const AMD64 = { os: 'linux', architecture: 'amd64' };
    const texts = await licenceTexts(context, AMD64, '1.26.8');
    const held = (await readdir(folder)).filter((name) => /^(LICENSE|PATENTS)$/.test(name)).sort();
    expect(texts.map((text) => text.path)).toEqual([
      'LICENSE',
      'licenses/go@1.26.8/LICENSE',
      ...held.map((name) => `licenses/golang.org/x/mod@v0.37.0/${name}`),
    ]);
    expect(texts[0]?.content.toString()).toBe('of the tree\n');
    // A module that is required but not linked brings none.
    writeFileSync(join(context.tree, 'main.go'), 'package main\n\nfunc main() {}\n');
    const fewer = await licenceTexts(context, AMD64, '1.26.8');
    expect(fewer.map((text) => text.path)).toEqual(['LICENSE', 'licenses/go@1.26.8/LICENSE']);
  });

  test('refuses a LICENSE that is a link to a file of the machine, and one that is no text', async () => {
    const { context } = await ownCache();
    const licence = join(context.tree, 'NOTICE');
    symlinkSync('/etc/passwd', licence);
    await expect(licenceTexts(context, { os: 'linux', architecture: 'amd64' }, '1.26.8')).rejects.toThrow(
      expect.objectContaining({ name: 'InputError', message: expect.stringMatching(/NOTICE is a symbolic link/) }),
    );
    await mustExec('rm', [licence]);
    writeFileSync(licence, Buffer.alloc(1024 * 1024 + 1));
    chmodSync(licence, 0o644);
    await expect(licenceTexts(context, { os: 'linux', architecture: 'amd64' }, '1.26.8')).rejects.toThrow(
      /is over 1048576 bytes/,
    );
  });
});
