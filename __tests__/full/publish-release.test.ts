import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratch } from '../support/files.js';
import { type ReleaseApi, startReleaseApi } from '../support/release-api.js';
import { runScript } from '../support/workflow-script.js';

const COMMIT = '1'.repeat(40);
const OTHER = '2'.repeat(40);
const DIGESTS = '{ "index": "sha256:abc" }';

interface Asked {
  tag?: string;
  commit?: string;
  prerelease?: boolean;
  moves?: string;
  latest?: boolean;
  dryRun?: boolean;
  files?: Readonly<Record<string, string>>;
}

const FILES = { 'a.tar.gz': 'program', 'pushgateway-1-digests.json': DIGESTS, SHA256SUMS: 'sums' };

function publish({ url }: ReleaseApi, asked: Asked = {}) {
  const { tag = 'v1.2.3', commit = COMMIT, moves = 'v1', latest = true, prerelease = false, dryRun = false } = asked;
  const folder = join(scratch(), 'release');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(asked.files ?? FILES)) writeFileSync(join(folder, name), text);
  return runScript('publish-release.mjs', {
    ...{ TAG: tag, COMMIT: commit, MOVES: moves, LATEST: String(latest), PRERELEASE: String(prerelease) },
    ...{ DRY_RUN: String(dryRun), FILES: folder, API_URL: url, TOKEN: 's3cret', GITHUB_REPOSITORY: 'k0s/ttl' },
  });
}

async function withTag(tag = 'v1.2.3', commit = COMMIT): Promise<ReleaseApi> {
  const api = await startReleaseApi();
  api.tags.set(tag, commit);
  return api;
}

describe('publishing a release', () => {
  it('makes a draft, uploads every file, publishes, and only then makes the tag v1', async () => {
    const api = await withTag();
    const ended = await publish(api);
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(api.changes).toEqual([
      'POST /releases',
      ...Object.keys(FILES).map(() => 'POST /uploads/1'),
      'PATCH /releases/1',
      'POST /git/refs',
    ]);
    const [release] = api.releases;
    expect(release).toMatchObject({
      ...{ tag_name: 'v1.2.3', target_commitish: COMMIT, draft: false, prerelease: false, make_latest: 'true' },
    });
    expect(release?.assets.map(({ name }) => name).sort()).toEqual(Object.keys(FILES).sort());
    expect(release?.body).toContain(DIGESTS);
    expect(Object.fromEntries(api.tags)).toEqual({ 'v1.2.3': COMMIT, v1: COMMIT });
    expect([...api.logins]).toEqual(['Bearer s3cret']);
    expect(ended.stdout + ended.stderr).not.toContain('s3cret');
  });

  it('moves v1 from the release before, and leaves it where a release moves nothing', async () => {
    const api = await withTag();
    api.tags.set('v1', OTHER);
    expect(await publish(api)).toMatchObject({ code: 0, stdout: expect.stringContaining(`from ${OTHER}`) });
    expect(api.tags.get('v1')).toBe(COMMIT);

    api.tags.set('v1.3.0-rc.1', OTHER);
    const pre = { tag: 'v1.3.0-rc.1', commit: OTHER, moves: '', latest: false, prerelease: true };
    expect(await publish(api, pre)).toMatchObject({ code: 0, stdout: expect.stringContaining('no tag moves') });
    expect(api.releases[1]).toMatchObject({ prerelease: true, make_latest: 'false', draft: false });
    expect(api.tags.get('v1')).toBe(COMMIT);
  });

  it('reads the commit of a tag with a message', async () => {
    const api = await withTag('v1.2.3', 'tagobject');
    api.messages.set('tagobject', COMMIT);
    expect(await publish(api)).toMatchObject({ code: 0 });
  });

  it('run again, finds the release whole and goes on with the tag', async () => {
    const api = await withTag();
    await publish(api);
    api.tags.delete('v1');
    api.changes.length = 0;
    expect(await publish(api)).toMatchObject({ code: 0, stdout: expect.stringContaining('released already') });
    expect(api.changes).toEqual(['POST /git/refs']);
    expect(await publish(api)).toMatchObject({ code: 0, stdout: expect.stringContaining(`v1 is at ${COMMIT}`) });
    expect(api.releases).toHaveLength(1);
  });

  it('takes drafts of the same tag away that an earlier run left, and no other', async () => {
    const api = await withTag();
    const draft = { draft: true, prerelease: false, body: '', assets: [] };
    for (let id = 1; id <= 120; id++)
      api.releases.push({ ...draft, id, tag_name: id === 120 ? 'v1.2.3' : `v0.0.${id}` });
    await publish(api);
    expect(api.changes.filter((change) => change.startsWith('DELETE'))).toEqual(['DELETE /releases/120']);
    expect(api.releases.filter(({ tag_name }) => tag_name === 'v1.2.3')).toMatchObject([{ draft: false }]);
  });
});

describe('a release is refused, and nothing is changed', () => {
  it.each<[string, (api: ReleaseApi) => Asked, string]>([
    [
      'where the tag has moved meanwhile',
      (api) => {
        api.tags.set('v1.2.3', OTHER);
        return {};
      },
      'it moved while this ran',
    ],
    [
      'where the tag is gone',
      (api) => {
        api.tags.delete('v1.2.3');
        return {};
      },
      'at no commit',
    ],
    [
      'where v1 has a release of its own',
      (api) => {
        api.releases.push({ id: 1, tag_name: 'v1', draft: false, prerelease: false, body: '', assets: [] });
        return {};
      },
      'v1 has a release of its own',
    ],
    [
      'where the tag was released from another commit',
      (api) => {
        const body = `<!-- commit: ${OTHER} -->`;
        api.releases.push({ id: 1, tag_name: 'v1.2.3', draft: false, prerelease: false, body, assets: [] });
        return {};
      },
      'released from another commit',
    ],
    [
      'where the tag was released with other files',
      (api) => {
        const assets = Object.keys(FILES).map((name) => ({ name, state: 'uploaded', size: 1, digest: 'sha256:0' }));
        const body = `<!-- commit: ${COMMIT} -->`;
        api.releases.push({ id: 1, tag_name: 'v1.2.3', draft: false, prerelease: false, body, assets });
        return {};
      },
      'released with other files (SHA256SUMS, a.tar.gz, pushgateway-1-digests.json)',
    ],
    ['where there are no files', () => ({ files: {} }), 'no files'],
  ])('%s', async (_, prepare, message) => {
    const api = await withTag();
    const asked = prepare(api);
    const before = Object.fromEntries(api.tags);
    const { code, stderr } = await publish(api, asked);
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
    expect(stderr).toContain('::error title=Not released::');
    expect(api.changes).toEqual([]);
    expect(Object.fromEntries(api.tags)).toEqual(before);
  });

  it('by a dry run, which says what it would do, also for a tag that is not there yet', async () => {
    const api = await startReleaseApi();
    api.tags.set('v1', OTHER);
    const { code, stdout } = await publish(api, { dryRun: true });
    expect(code).toBe(0);
    expect(stdout).toContain(`would publish v1.2.3 of ${COMMIT}`);
    expect(stdout).toMatch(/^ {2}a\.tar\.gz, 7 bytes, sha256:[0-9a-f]{64}$/m);
    expect(stdout).toContain(`would move v1 to ${COMMIT}`);
    expect(api.changes).toEqual([]);
    api.tags.set('v1.2.3', OTHER);
    expect(await publish(api, { dryRun: true })).toMatchObject({ code: 1 });
  });
});

describe('where GitHub fails on the way', () => {
  it.each<[string, number | 'cut']>([
    ['POST /uploads/1', 500],
    ['POST /uploads/1', 'cut'],
    ['PATCH /releases/1', 403],
    ['PATCH /releases/1', 422],
  ])('at %s with %s, the draft is taken away and no tag moves', async (at, fault) => {
    const api = await withTag();
    api.disturb = (request) => (request === at ? fault : undefined);
    expect(await publish(api)).toMatchObject({ code: 1 });
    expect(api.releases).toEqual([]);
    expect([...api.tags.keys()]).toEqual(['v1.2.3']);
    // And the next run starts anew.
    api.disturb = () => undefined;
    expect(await publish(api)).toMatchObject({ code: 0 });
    expect(api.tags.get('v1')).toBe(COMMIT);
  });

  it('a release whose publication was not answered stays, and the next run goes on', async () => {
    const api = await withTag();
    api.disturb = (request) => (request === 'PATCH /releases/1' ? 'cut' : undefined);
    expect(await publish(api)).toMatchObject({ code: 1 });
    expect(api.releases).toMatchObject([{ draft: false }]);
    expect(api.tags.has('v1')).toBe(false);
    expect(await publish(api)).toMatchObject({ code: 0 });
    expect(api.tags.get('v1')).toBe(COMMIT);
  });

  it('a tag that moves while files are uploaded stops the publication', async () => {
    const api = await withTag();
    api.disturb = (request) => {
      if (request.startsWith('POST /uploads')) api.tags.set('v1.2.3', OTHER);
      return undefined;
    };
    expect(await publish(api)).toMatchObject({ code: 1, stderr: expect.stringContaining('moved while this ran') });
    expect(api.releases).toEqual([]);
  });
});
