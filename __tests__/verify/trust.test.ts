import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { type Digest, digestOf } from '../../src/base/hash.js';
import { extraLayerDiffId, planExtraFiles } from '../../src/image/extra-layer.js';
import type { BaseReference, BaseRequest } from '../../src/inputs/requests.js';
import { folderHash } from '../../src/source/folder-source.js';
import type { PatchSet } from '../../src/source/patches.js';
import { type BaseSpec, type BuildSpec, encodeSpec, SPEC_LABEL } from '../../src/spec/build-spec.js';
import type { Json } from '../../src/spec/canonical.js';
import { parseReference } from '../../src/spec/reference.js';
import { type Allowances, NO_ALLOWANCES } from '../../src/verify/trust/allowances.js';
import { NotPerformedError } from '../../src/verify/trust/not-performed.js';
import { readSpecs } from '../../src/verify/trust/read-specs.js';
import { checkTrust } from '../../src/verify/trust/trust.js';
import { scratch } from '../support/files.js';
import { SMALL_TREE, writeFiles } from '../support/repository.js';
import { smallImages } from '../support/small-images.js';
import { anySpec } from '../support/specs.js';
import { HOSTILE_SPECS, withFields } from './hostile-specs.js';
import { OWN_SETS, specOf, TRUSTED_SPEC } from './trusted.js';

const COMMIT = 'a'.repeat(40);
const OTHER = `sha256:${'b'.repeat(64)}` as const;

const trust = (spec: BuildSpec, allowed: Partial<Allowances> = {}) =>
  checkTrust(spec, { ...NO_ALLOWANCES, ...allowed }, OWN_SETS);

async function refusal(act: () => unknown): Promise<NotPerformedError> {
  try {
    await act();
  } catch (error) {
    if (error instanceof NotPerformedError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

/** What becomes of an image with this text in its label. */
const judge = async (text: string) => trust(specOf(text));

const refused = (spec: BuildSpec, allowed: Partial<Allowances> = {}) => refusal(() => trust(spec, allowed));

describe('a spec of this project', () => {
  it('is trusted: the release as a module', async () => {
    expect(await trust(TRUSTED_SPEC)).toMatchObject({
      source: { type: 'module', version: '1.11.3' },
      isCallersSource: false,
      patches: [{ spec: TRUSTED_SPEC.patches[0] }],
      base: { type: 'scratch' },
      extraFiles: [],
      release: '1.11.3',
    });
  });

  it("is trusted: upstream's commit as the tag of the release, which will have to lead to it", async () => {
    const url = 'https://github.com/prometheus/pushgateway';
    const { source } = await trust({ ...TRUSTED_SPEC, source: { type: 'git', url, commit: COMMIT } });
    expect(source).toEqual({ type: 'git-tag', version: '1.11.3' });
  });

  it('is trusted with a release that is not known here: the checksum database has its sum', async () => {
    const source = { ...TRUSTED_SPEC.source, version: 'v1.12.0', sum: `h1:${'A'.repeat(43)}=` } as const;
    const spec = { ...TRUSTED_SPEC, source, version: '1.12.0' } as BuildSpec;
    expect(await trust(spec)).toMatchObject({ source: { type: 'module', version: '1.12.0' }, release: '1.12.0' });
  });

  it('is trusted with any set of its own, and without', async () => {
    expect(OWN_SETS.map(({ spec }) => spec.name)).toContain('dinumathai');
    expect((await trust({ ...TRUSTED_SPEC, patches: [] })).patches).toEqual([]);
    const source = { type: 'git', url: 'https://github.com/prometheus/pushgateway', commit: COMMIT } as const;
    for (const { spec } of OWN_SETS) {
      const { patches } = await trust({ ...TRUSTED_SPEC, source, version: '1.10.0', patches: [spec] });
      expect(patches.map((patch) => patch.spec)).toEqual([spec]);
    }
  });

  it('is refused with a set of its own that is known not to fit the release', async () => {
    const fork = OWN_SETS.filter(({ spec }) => spec.name === 'dinumathai').map(({ spec }) => spec);
    const error = await refused({ ...TRUSTED_SPEC, patches: fork });
    expect(error).toMatchObject({ kind: 'untrusted-spec', field: 'patches[0]' });
    expect(error.message).toContain('applies to 1.3.1–1.10.0');
  });
});

describe('a hostile spec', () => {
  test.each(HOSTILE_SPECS)('$title is refused by $field', async ({ text, field, kind }) => {
    const error = await refusal(() => judge(text));
    expect(error).toMatchObject({ kind, field });
    expect(error.message.startsWith(`untrusted spec: ${field} `)).toBe(true);
    expect(error.message.length).toBeLessThan(1000);
    expect(error.message).not.toMatch(/\p{Cc}/u);
  });

  test('has a Go that cannot have built it', async () => {
    expect(await refused({ ...TRUSTED_SPEC, go: '1.17.13' })).toMatchObject({ kind: 'untrusted-spec', field: 'go' });
    await trust({ ...TRUSTED_SPEC, go: '1.18' });
  });

  test('whatever was changed in it, is refused in the same words, or is a spec', async () => {
    // Whole numbers: canonical JSON has no form for others.
    const { value: json } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(null, true, 0, 1, -1, 2 ** 40, '', '-x', 'a b', 'v1.11.3', '1.11.3', 'a'.repeat(64)),
        fc.string(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }),
      ),
    }));
    const paths = fc.constantFrom(
      ...Object.keys(TRUSTED_SPEC),
      ...['source.type', 'source.path', 'source.version', 'source.sum', 'source.url', 'patches.0', 'patches.0.name'],
      ...['patches.0.sha256', 'patches.0.revision', 'labels.a', 'other', '__proto__', 'source.other'],
    );
    let refusals = 0;
    await fc.assert(
      fc.asyncProperty(paths, json, async (path, value) => {
        await judge(withFields({ [path]: value })).catch((error: unknown) => {
          expect(error).toBeInstanceOf(NotPerformedError);
          expect((error as Error).message).toMatch(/^untrusted spec: \S/);
          refusals++;
        });
      }),
      { numRuns: 1000 },
    );
    expect(refusals).toBeGreaterThan(500);
  });

  test('a text with some of its letters changed is refused or is a spec', async () => {
    const text = encodeSpec(TRUSTED_SPEC);
    const change = fc.tuple(fc.nat(text.length), fc.nat(20), fc.string({ unit: 'binary', maxLength: 10 }));
    await fc.assert(
      fc.asyncProperty(change, async ([at, length, inserted]) => {
        const changed = text.slice(0, at) + inserted + text.slice(at + length);
        await judge(changed).catch((error: unknown) => expect(error).toBeInstanceOf(NotPerformedError));
      }),
      { numRuns: 1000 },
    );
  });

  test('whatever the decoder takes is trusted or refused by a field', async () => {
    await fc.assert(
      fc.asyncProperty(anySpec, async (spec) => {
        await trust(spec).catch((error: unknown) => {
          expect(error).toBeInstanceOf(NotPerformedError);
          expect((error as NotPerformedError).field).toBeTruthy();
        });
      }),
      { numRuns: 500 },
    );
  });
});

describe('the platforms of an image', () => {
  const label = (text: string) => new Map([[SPEC_LABEL, text]]);
  const good = encodeSpec(TRUSTED_SPEC);

  it('carry one spec', () => {
    const labels = new Map([
      ['linux/amd64', label(good)],
      ['linux/arm64', label(good)],
    ]);
    expect(readSpecs(labels)).toEqual(TRUSTED_SPEC);
  });

  it('carry none', async () => {
    const none = new Map([['linux/amd64', new Map([['a', 'b']])]]);
    expect(await refusal(() => readSpecs(none))).toMatchObject({ kind: 'no-spec', field: undefined });
  });

  it.each([
    ['none on one', undefined, 'spec', 'spec-differs'],
    ['another version', withFields({ version: '1.11.3+ttl.2' }), 'version', 'spec-differs'],
    ['another patch', withFields({ patches: [] }), 'patches', 'spec-differs'],
    ['another sum', withFields({ 'source.sum': `h1:${'A'.repeat(43)}=` }), 'source.sum', 'spec-differs'],
    ['another label', withFields({ labels: { 'a.b/c': 'x' } }), 'labels["a.b/c"]', 'spec-differs'],
    ['one that cannot be read', '{}', 'base', 'bad-spec'],
  ])('are refused where they carry %s', async (_what, text, field, kind) => {
    const other = text === undefined ? new Map<string, string>() : label(text);
    const labels = new Map([
      ['linux/amd64', label(good)],
      ['linux/arm64', other],
    ]);
    const error = await refusal(() => readSpecs(labels));
    expect(error).toMatchObject({ kind, field });
    expect(error.message).toContain('linux/arm64');
    expect(error.message.startsWith(`untrusted spec: ${field} `)).toBe(true);
  });
});

describe('what the caller names is trusted, and nothing near it', () => {
  const fork = 'https://github.com/evil/pushgateway';

  test('a commit of a repository, by its URL', async () => {
    for (const url of [fork, 'http://127.0.0.1:8080/a/b', 'https://github.com/prometheus/pushgateway']) {
      const spec: BuildSpec = { ...TRUSTED_SPEC, source: { type: 'git', url, commit: COMMIT } };
      const named = { type: 'git-commit', url, commit: COMMIT, version: undefined } as const;
      expect(await trust(spec, { sources: [named] })).toMatchObject({
        source: { ...named, version: '1.11.3' },
        isCallersSource: true,
      });
      expect(await trust(spec, { specIsCallers: true })).toMatchObject({ source: { type: 'git-commit', url } });
    }
    const spec: BuildSpec = { ...TRUSTED_SPEC, source: { type: 'git', url: fork, commit: COMMIT } };
    for (const [url, commit] of [[fork, 'b'.repeat(40)] as const, [`${fork}2`, COMMIT] as const]) {
      const sources = [{ type: 'git-commit', url, commit, version: undefined } as const];
      expect(await refused(spec, { sources })).toMatchObject({ field: 'source.url' });
    }
  });

  test('a commit of a repository of this machine, or one that only the caller can reach', async () => {
    const spec: BuildSpec = { ...TRUSTED_SPEC, source: { type: 'git', commit: COMMIT } };
    for (const url of ['/home/me/pushgateway', 'git@example.com:me/pushgateway', 'ssh://git@example.com/me/x']) {
      const named = { type: 'git-commit', url, commit: COMMIT, version: undefined } as const;
      expect((await trust(spec, { sources: [named] })).source).toEqual({ ...named, version: '1.11.3' });
      const other = { ...named, commit: 'b'.repeat(40) };
      expect(await refused(spec, { sources: [other] })).toMatchObject({ field: 'source.commit' });
    }
    // A repository with an address would have been recorded with it.
    const remote = { type: 'git-commit', url: fork, commit: COMMIT, version: undefined } as const;
    expect(await refused(spec, { sources: [remote] })).toMatchObject({ field: 'source.commit' });
    expect(await refused(spec, { specIsCallers: true })).toMatchObject({ field: 'source.commit' });
  });

  test('a folder, by its content', async () => {
    const path = writeFiles(scratch(), SMALL_TREE);
    const spec: BuildSpec = { ...TRUSTED_SPEC, source: { type: 'folder', hash: await folderHash(path) } };
    const sources = [{ type: 'folder', path, version: undefined } as const];
    expect((await trust(spec, { sources })).source).toEqual({ type: 'folder', path, version: '1.11.3' });
    writeFileSync(join(path, 'main.go'), 'package other\n');
    expect(await refused(spec, { sources })).toMatchObject({ field: 'source.hash' });
    expect(await refused(spec, { specIsCallers: true })).toMatchObject({ field: 'source.hash' });
    const missing = [{ type: 'folder', path: join(path, 'missing'), version: undefined } as const];
    await expect(trust(spec, { sources: missing })).rejects.toMatchObject({ name: 'InputError', input: 'source' });
  });

  test('a patch, by its content: the name of the spec is only a name', async () => {
    const sha256 = 'b'.repeat(64);
    const named: PatchSet = {
      spec: { name: 'mine', sha256 },
      time: 5,
      content: async () => ({ overlay: [], diffs: [] }),
    };
    for (const patch of [
      { name: 'evil', sha256 },
      { name: 'ttl', sha256 },
      { name: 'ttl', revision: 999, sha256 },
    ]) {
      const { patches, hasCallersPatches } = await trust({ ...TRUSTED_SPEC, patches: [patch] }, { patches: [named] });
      expect(patches).toEqual([{ ...named, spec: patch }]);
      expect(hasCallersPatches).toBe(true);
    }
    const other = { ...TRUSTED_SPEC, patches: [{ name: 'mine', sha256: 'c'.repeat(64) }] };
    expect(await refused(other, { patches: [named] })).toMatchObject({ field: 'patches[0].name' });
    const second = { ...TRUSTED_SPEC, patches: [...TRUSTED_SPEC.patches, { name: 'mine', sha256: 'c'.repeat(64) }] };
    expect(await refused(second, { patches: [named] })).toMatchObject({ field: 'patches[1].name' });
  });

  test('extra files, by what they make', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'a'), 'one');
    const extraFiles = [
      { type: 'copy', source: join(folder, 'a'), target: '/etc/a', mode: undefined } as const,
      { type: 'link', target: '/etc/b', to: 'a' } as const,
    ];
    const layer = await extraLayerDiffId(await planExtraFiles(extraFiles, folder), TRUSTED_SPEC.sourceDateEpoch);
    const spec = { ...TRUSTED_SPEC, files: layer };
    expect((await trust(spec, { extraFiles })).extraFiles).toEqual(extraFiles);
    expect((await trust(TRUSTED_SPEC, { extraFiles })).extraFiles).toEqual([]);
    expect(await refused({ ...spec, files: OTHER }, { extraFiles })).toMatchObject({ field: 'files' });
    // Nobody named any: said so, since then there is something that the caller can do.
    expect((await refused(spec, {})).message).toContain('give them (extra-files)');
    writeFileSync(join(folder, 'a'), 'two');
    expect(await refused(spec, { extraFiles })).toMatchObject({ field: 'files' });
    const binary = [{ type: 'link', target: '/usr/local/bin/pushgateway', to: '/x' } as const];
    await expect(trust(spec, { extraFiles: binary })).rejects.toMatchObject({ name: 'InputError' });
  });
});

describe('a base that the caller names', () => {
  const digest = OTHER;
  const at = (name: string): BaseReference => ({ type: 'registry', reference: parseReference(name) });
  const one = (name: string): BaseRequest => ({ type: 'image', from: at(name) });
  const spec = (base: BaseSpec): BuildSpec => ({ ...TRUSTED_SPEC, base });
  const debian = { repository: 'docker.io/library/debian', digest };

  it('is trusted by its repository, with any digest or with that one', async () => {
    for (const name of ['debian', 'debian:12', `debian@${digest}`, `debian:12@${digest}`]) {
      expect((await trust(spec(debian), { base: one(name) })).base).toEqual(one(`docker.io/library/debian@${digest}`));
    }
    expect((await trust(spec(debian), { specIsCallers: true })).base).toEqual(one(`debian@${digest}`));
    expect((await trust(TRUSTED_SPEC, { base: one('debian') })).base).toEqual({ type: 'scratch' });
  });

  it('is refused with another repository, or another digest than was named', async () => {
    const otherDigest: Digest = `sha256:${'c'.repeat(64)}`;
    expect(await refused(spec(debian), { base: one('debian2') })).toMatchObject({ field: 'base.repository' });
    expect(await refused(spec(debian), { base: one('example.com/debian') })).toMatchObject({
      field: 'base.repository',
    });
    expect(await refused(spec(debian), { base: one(`debian@${otherDigest}`) })).toMatchObject({ field: 'base.digest' });
  });

  it('is trusted for its platform', async () => {
    const amd64 = { os: 'linux', architecture: 'amd64' };
    const arm64 = { os: 'linux', architecture: 'arm64' };
    const base = [
      { platform: 'linux/amd64', repository: 'docker.io/library/debian', digest },
      { platform: 'linux/arm64', repository: 'docker.io/library/alpine', digest },
    ];
    const images = [
      { platform: amd64, from: at('debian') },
      { platform: arm64, from: at('alpine') },
    ];
    expect((await trust(spec(base), { base: { type: 'images', images } })).base).toEqual({
      type: 'images',
      images: [
        { platform: amd64, from: at(`debian@${digest}`) },
        { platform: arm64, from: at(`alpine@${digest}`) },
      ],
    });
    const crossed = [
      { platform: amd64, from: at('alpine') },
      { platform: arm64, from: at('debian') },
    ];
    const error = await refused(spec(base), { base: { type: 'images', images: crossed } });
    expect(error).toMatchObject({ field: 'base[0].repository' });
  });

  it('is trusted in a folder where that holds the digest', async () => {
    const folder = scratch();
    const { index } = await smallImages(folder, 1);
    const base: BaseRequest = { type: 'image', from: { type: 'layout', path: join(folder, 'layout'), tag: undefined } };
    expect((await trust(spec({ digest: index.digest }), { base })).base).toEqual(base);
    expect(await refused(spec({ digest: digestOf('x') }), { base })).toMatchObject({ field: 'base.digest' });
    // A base from a registry is not that of a folder, and the other way round.
    expect(await refused(spec({ digest }), { base: one('debian') })).toMatchObject({ field: 'base.digest' });
    expect(await refused(spec(debian), { base })).toMatchObject({ field: 'base.repository' });
    mkdirSync(join(folder, 'empty'));
    const empty: BaseRequest = { type: 'image', from: { type: 'layout', path: join(folder, 'empty'), tag: undefined } };
    await expect(trust(spec({ digest }), { base: empty })).rejects.toMatchObject({ input: 'base-image' });
  });
});
