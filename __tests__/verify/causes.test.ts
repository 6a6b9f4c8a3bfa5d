import { describe, expect, it } from 'vitest';
import type { CauseId, Difference } from '../../src/verify/difference.js';
import { CAUSE_TEXTS } from '../../src/verify/report/cause-texts.js';
import { causesOf } from '../../src/verify/report/causes.js';
import { REBUILD_WORDS } from '../../src/verify/report/report.js';
import { type ImageComparison, verdictOfDifferences } from '../../src/verify/verdict.js';

const DIGEST = `sha256:${'a'.repeat(64)}` as const;
const BINARY = 'usr/local/bin/pushgateway';

function comparison(platforms: Record<string, Difference[]>, index: Difference[] = []): ImageComparison {
  const side = { name: 'x', digest: DIGEST };
  return {
    a: side,
    b: side,
    index,
    platforms: Object.entries(platforms).map(([platform, differences]) => {
      return { platform, a: DIGEST, b: DIGEST, verdict: verdictOfDifferences(differences), differences, omitted: 0 };
    }),
    unchecked: [],
  };
}

const of = (cause: CauseId, where: string, a?: string, b?: string, more: Partial<Difference> = {}): Difference => {
  return { level: 'binary', weight: 'content', where, a, b, cause, ...more };
};
const label = (cause: CauseId, where: string, a?: string, b?: string) =>
  of(cause, where, a, b, { level: 'config', weight: 'metadata' });

const causes = (...differences: Difference[]) => causesOf(comparison({ 'linux/amd64': differences }), REBUILD_WORDS);

describe('the sentence and the fix', () => {
  it.each<[Difference[], string, string]>([
    [
      [
        of('go-version', `${BINARY}: Go version`, 'go1.26.7', 'go1.26.8'),
        label('go-version', 'spec.go', '1.26.6', '1.26.8'),
      ],
      'The published image was built with go1.26.7, the rebuild with go1.26.8.',
      'Make the rebuild with --go-version 1.26.7, or the published image with --go-version 1.26.8.',
    ],
    [
      [of('module-version', `${BINARY}: module golang.org/x/net`, 'v0.1.0', 'v0.2.0')],
      'Modules differ: golang.org/x/net is v0.1.0 in the published image, v0.2.0 in the rebuild.',
      'Make the rebuild with --module-overrides golang.org/x/net@v0.1.0, or the published image with --module-overrides golang.org/x/net@v0.2.0.',
    ],
    [
      [of('module-version', `${BINARY}: module golang.org/x/net`, 'v0.1.0 h1:x=', undefined)],
      'Modules differ: only the published image has golang.org/x/net (v0.1.0 h1:x=).',
      'Make the rebuild with --module-overrides golang.org/x/net@v0.1.0.',
    ],
    [
      [label('module-version', 'spec.modules', 'golang.org/x/net@v0.1.0', 'none raised')],
      'Modules differ: the list of raised modules is golang.org/x/net@v0.1.0 in the published image, none raised in the rebuild.',
      'Make both with the same --module-overrides.',
    ],
    [
      [of('go-architecture', `${BINARY}: setting GOAMD64`, 'GOAMD64=v3', 'GOAMD64=v1')],
      'The published image was built with GOAMD64=v3, the rebuild with GOAMD64=v1.',
      'Build with the settings of the profile (GOAMD64=v1,',
    ],
    [
      [of('build-setting', `${BINARY}: setting -race`, '-race=true', undefined)],
      'The published image was built with -race=true, the rebuild without -race.',
      'Build both with the same flags',
    ],
    [
      [
        of('trimpath', `${BINARY}: setting -trimpath`, undefined, '-trimpath=true'),
        of('trimpath', `${BINARY}: paths of source files`, '/home/me/x.go', 'x.go'),
      ],
      'The published image was built without -trimpath, so that it holds paths of its builder: paths of source files is /home/me/x.go in the published image, x.go in the rebuild.',
      'Build the published image with -trimpath.',
    ],
    [
      [of('trimpath', `${BINARY}: paths of source files`, 'x.go', '/home/me/x.go')],
      'The rebuild was built without -trimpath,',
      'Build the rebuild with -trimpath.',
    ],
    [
      [of('vcs-stamping', `${BINARY}: VCS stamping`, 'vcs=git vcs.revision=abc', undefined)],
      'Go recorded the state of a version control checkout: vcs=git vcs.revision=abc in the published image, nothing in the rebuild.',
      'Build the published image with -buildvcs=false.',
    ],
    [
      [label('version', 'spec.version', '1.11.3+ttl.1', '1.11.3+ttl.2')],
      'The published image is version 1.11.3+ttl.1, the rebuild 1.11.3+ttl.2.',
      'Make both with the same --pushgateway-version and --version-suffix',
    ],
    [
      [label('patches', 'spec.patches', 'ttl revision 1 (aaaa)', 'no patches')],
      'The patches differ: the published image has ttl revision 1 (aaaa), the rebuild has no patches.',
      'Make the rebuild with the --source and --patches of the published image',
    ],
    [
      [label('patches', 'spec.source', 'the commit 1', 'the commit 2')],
      'It is another source: the published image comes from the commit 1, the rebuild comes from the commit 2.',
      'Make the rebuild with the --source',
    ],
    [
      [of('patches', `${BINARY}: function main.evil`, 'present', undefined)],
      `The code of the program itself differs, by another patch or another source: only the published image has ${BINARY}: function main.evil (present).`,
      'No spec tells of it, so that the published image or the rebuild does not come from what its spec says.',
    ],
    [
      [
        label('epoch', 'config.Labels.x', '"2020-01-01T00:00:00Z"', '"2021-01-01T00:00:00Z"'),
        label('epoch', 'created', '"1970-01-01T00:00:05Z"', '"1970-01-01T00:00:06Z"'),
      ],
      'The time in the published image is 1970-01-01T00:00:05Z, in the rebuild 1970-01-01T00:00:06Z.',
      'Make the rebuild with --source-date-epoch 5, or the published image with --source-date-epoch 6.',
    ],
    [
      [label('epoch', 'spec.sourceDateEpoch', '1779894590', '1779894591')],
      'The time in the published image is 2026-05-27T15:09:50Z, in the rebuild 2026-05-27T15:09:51Z.',
      '--source-date-epoch 1779894590',
    ],
    [
      [label('epoch', 'created', '"never"', '"9999-99-99"')],
      'The time in the published image is "never", in the rebuild "9999-99-99".',
      'Make both with the same --source-date-epoch.',
    ],
    [
      [label('base', 'spec.base', `gcr.io/x@${DIGEST}`, 'scratch')],
      `The published image stands on gcr.io/x@${DIGEST}, the rebuild on scratch.`,
      `Make the rebuild with --base-image gcr.io/x@${DIGEST}, or the published image with --base-image scratch.`,
    ],
    [
      [of('base', 'base: etc/passwd', 'a', 'b')],
      'The base image differs: base: etc/passwd is a in the published image, b in the rebuild.',
      'Make both on the same base',
    ],
    [
      [of('platforms', 'the image', DIGEST, undefined)],
      `Platforms differ: only the published image has an image for this platform (${DIGEST}).`,
      'Build both with the same --platforms',
    ],
    [
      [of('hostile', 'layer 1', undefined, 'it unpacks to more than 8 GiB')],
      'The rebuild can harm who reads it: layer 1: it unpacks to more than 8 GiB.',
      'Do not pull or run the rebuild.',
    ],
    [
      [of('damaged', 'layer 1', 'it has 3 bytes, not 5', undefined)],
      'The published image is damaged: layer 1: it has 3 bytes, not 5.',
      'Push or copy the published image again, with all its blobs.',
    ],
    [
      [of('damaged', 'layers[0].size', '1', '9')],
      'One of the two is damaged: layers[0].size is 1 in the published image, 9 in the rebuild.',
      'One of the two says of itself what is not so',
    ],
    [
      [of('behaviour', 'config.User', '"65534"', '"0"'), of('behaviour', 'config.Cmd', undefined, '["x"]')],
      'Settings by which the image runs differ: config.User is "65534" in the published image, "0" in the rebuild; only the rebuild has config.Cmd (["x"]).',
      'Only the platform and the base image reach these settings',
    ],
    [
      [label('labels', 'config.Labels["org.opencontainers.image.title"]', '"a"', '"b"')],
      'Labels differ: the label org.opencontainers.image.title is "a" in the published image, "b" in the rebuild.',
      'Make the rebuild with the --labels of the published image.',
    ],
    [
      ['a', 'b', 'c', 'd', 'e'].map((file) => of('files', file, '1', '2')),
      'Files differ: a is 1 in the published image, 2 in the rebuild; b is 1 in the published image, 2 in the rebuild; c is 1 in the published image, 2 in the rebuild; and 2 more.',
      'A file that no input explains',
    ],
    [
      [of('compressor', 'layer 1', 'gzip', 'zstd', { weight: 'compression' })],
      'The same layers are compressed otherwise: layer 1 is gzip in the published image, zstd in the rebuild.',
      'Nothing that runs differs. Publish the layout that the build wrote, as it is',
    ],
  ])('%#', (differences, sentence, fix) => {
    const [first, ...more] = causes(...differences);
    expect(more).toEqual([]);
    expect(first?.sentence.slice(0, sentence.length)).toBe(sentence);
    expect(first?.fix).toContain(fix);
  });

  it.each(Object.keys(CAUSE_TEXTS) as CauseId[])('of %s are whole with either side, both, or neither', (id) => {
    for (const [a, b] of [
      ['x', 'y'],
      ['x', undefined],
      [undefined, 'y'],
      [undefined, undefined],
    ]) {
      const [cause] = causes(of(id, `${BINARY}: setting X`, a, b));
      for (const text of [cause?.sentence, cause?.fix]) {
        expect(text).toMatch(/^[A-Z].*\.$/);
        expect(text).not.toMatch(/undefined|null|\[object| {2}|\(\)/);
      }
    }
  });

  it('put no value of an image into a command that is not what has to stand there', () => {
    const evil = '1.26.8;$(id)|sh';
    const [go] = causes(of('go-version', `${BINARY}: Go version`, `go${evil}`, 'go1.26.8'));
    expect(go?.fix).toBe('Make the rebuild with that Go, or the published image with --go-version 1.26.8.');
    const [modules] = causes(of('module-version', `${BINARY}: module x;y`, 'v1.0.0', `v1.0.0${evil}`));
    expect(modules?.fix).toBe('Make both with the same --module-overrides.');
    const [base] = causes(label('base', 'spec.base', `x@${DIGEST};${evil}`, 'an oci: folder (sha256:1)'));
    expect(base?.fix).toBe('Make the rebuild with that --base-image, or the published image with that --base-image.');
    const [epoch] = causes(label('epoch', 'created', '"2020-01-01T00:00:00Z;x"', '"1"'));
    expect(epoch?.fix).not.toContain(';');
  });

  it('stay short, whatever an image holds', () => {
    for (const id of Object.keys(CAUSE_TEXTS) as CauseId[]) {
      const many = Array.from({ length: 500 }, (_, i) =>
        of(id, `${i}${'w'.repeat(200)}`, 'a'.repeat(200), 'b'.repeat(200)),
      );
      const [cause] = causes(...many);
      expect(`${cause?.sentence}${cause?.fix}`.length).toBeLessThan(2500);
    }
  });
});

describe('the causes', () => {
  it('come the weightiest first, each once for all platforms that show it', () => {
    const epoch = label('epoch', 'created', '"1970-01-01T00:00:05Z"', '"1970-01-01T00:00:06Z"');
    const user = of('behaviour', 'config.User', '"1"', '"2"');
    const found = causesOf(
      comparison({ 'linux/amd64': [epoch, user], 'linux/arm64': [epoch] }, [
        of('annotations', 'annotations.a', undefined, '"b"', { level: 'index', weight: 'metadata' }),
      ]),
      REBUILD_WORDS,
    );
    expect(found.map(({ id, weight, platforms }) => [id, weight, platforms])).toEqual([
      ['behaviour', 'content', ['linux/amd64']],
      ['epoch', 'metadata', ['linux/amd64', 'linux/arm64']],
      ['annotations', 'metadata', []],
    ]);
  });

  it('leave out what follows from a stronger one on the same platform', () => {
    const go = of('go-version', `${BINARY}: Go version`, 'go1.26.7', 'go1.26.8');
    const follow = [
      of('files', BINARY, '1 byte', '2 bytes', { level: 'file' }),
      of('files', 'usr/share/doc/pushgateway/LICENSE-go', 'a', 'b', { level: 'file' }),
      of('build-setting', `${BINARY}: setting DefaultGODEBUG`, 'DefaultGODEBUG=a', 'DefaultGODEBUG=b'),
      of('go-version', `${BINARY}: 3 sections, as follows from the above`, '.text', '.text'),
    ];
    const found = causes(go, ...follow);
    expect(found.map(({ id }) => id)).toEqual(['go-version']);
    expect(found[0]?.sentence).not.toContain('sections');
    const alone = causesOf(comparison({ 'linux/amd64': [go], 'linux/arm64': follow.slice(0, 3) }), REBUILD_WORDS);
    expect(alone.map(({ id }) => id)).toEqual(['go-version', 'build-setting', 'files']);
  });

  it('leave out labels that are made of the patches, and no others', () => {
    const description = label('labels', 'config.Labels["org.opencontainers.image.description"]', '"a"', '"b"');
    const other = label('labels', 'config.Labels.team', '"a"', '"b"');
    const patches = label('patches', 'spec.patches', 'a', 'b');
    expect(causes(patches, description).map(({ id }) => id)).toEqual(['patches']);
    expect(causes(description).map(({ id }) => id)).toEqual(['labels']);
    expect(causes(patches, other).map(({ id }) => id)).toEqual(['patches', 'labels']);
  });

  it('are none where nobody knows any', () => {
    const { cause, ...unknown } = of('files', 'x', '1', '2');
    expect(cause).toBe('files');
    expect(causes(unknown)).toEqual([]);
  });
});
