import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { folderForTests } from '../integration/folders.js';
import { outputsOf, type Runner, runnerIn, startAction } from '../support/as-action.js';
import { madeImage, madeIndex, pushMade } from '../support/base-images.js';
import { type FaultProxy, type Rule, startFaultProxy } from '../support/fault-proxy.js';
import { changedAnswer, status } from '../support/faults.js';
import { scratch } from '../support/files.js';
import { freePort, mustExec } from '../support/program.js';
import { startSecureRegistry, type TestRegistry } from '../support/registry.js';
import { writeFiles } from '../support/repository.js';
import { type Built, QUICK, RELEASE_TIME, runBuild, smallRepository, timeIn } from '../support/small-builds.js';
import { tamperedLayout } from '../support/tampered-layout.js';
import { tool } from '../support/tools.js';

// Debian's docker-registry, with a proxy before it that sees what is asked of it.

// Some tests build four times, on machines that may be busy.
vi.setConfig({ testTimeout: 300_000 });

const HERE = folderForTests('published');
const NAME = 'team/gateway';
const AMD64 = { os: 'linux', architecture: 'amd64' };
const PUBLISHED = ['--source-date-epoch', 'published'];

let source: string[];

beforeAll(async () => {
  ({ source } = await smallRepository(HERE));
});

/** A registry, and a machine that builds for it. */
interface Site {
  readonly registry: TestRegistry;
  readonly data: string;
  readonly proxy: FaultProxy;
  readonly runner: Runner;
  /** The repository, as it is seen through the proxy. */
  readonly image: string;
  build(...args: string[]): Promise<Built>;
  /** The same, pushed to the tag `latest`, which is what is compared with. */
  publish(...args: string[]): Promise<Built>;
  /** Requests that wrote something, since this was asked last. */
  writes(): string[];
  digestOf(tag: string): Promise<string | undefined>;
}

async function site(...rules: Rule[]): Promise<Site> {
  const [data, folder] = [scratch(), scratch()];
  const registry = await startSecureRegistry(data);
  const proxy = await startFaultProxy(registry.url, { rules });
  onTestFinished(() => proxy.close());
  const runner = runnerIn(folder);
  const image = `${proxy.host}/${NAME}`;
  let seen = 0;
  const build = (...args: string[]) => runBuild(runner, [...source, ...QUICK, ...args]);
  const to = ['--image', image, '--tags', 'latest', '--push', '--published-image', `${image}:latest`];
  return {
    ...{ registry, data, proxy, runner, image, build },
    publish: (...args) => build(...to, ...args),
    writes: () => {
      const since = proxy.seen.slice(seen);
      seen = proxy.seen.length;
      return since.filter((kind) => /^(upload|child-write|index-write|tag-write|other)/.test(kind));
    },
    digestOf: (tag) => registry.digestOf(NAME, tag),
  };
}

/** That a build went well. */
function whole(built: Built): Built['outputs'] {
  expect(built.code, built.stderr).toBe(0);
  return built.outputs;
}

describe('an image that is there already', () => {
  it('is first published with the time of the release, and then left alone', async () => {
    const { publish, writes, digestOf, image } = await site();
    const first = await publish(...PUBLISHED);
    const { changed, digest } = whole(first);
    expect(changed).toBe('true');
    expect(first.stderr).toContain(`${image}:latest is not there yet: this is the first publication`);
    expect(timeIn(first.outputs, digest)).toBe(RELEASE_TIME);
    expect(await digestOf('latest')).toBe(digest);
    expect(writes()).toContain('tag-write');

    const second = await publish(...PUBLISHED);
    expect(whole(second)).toMatchObject({ changed: 'false', digest });
    expect(second.stderr).toContain(`Nothing is pushed: every tag is at ${digest} already`);
    expect(writes()).toEqual([]);
  });

  it('keeps a time that is not that of the release', async () => {
    const { publish, writes } = await site();
    const first = whole(await publish('--source-date-epoch', '1712345678'));
    writes();
    const second = whole(await publish(...PUBLISHED));
    expect(second).toMatchObject({ changed: 'false', digest: first.digest });
    expect(timeIn(second, second.digest)).toBe(1_712_345_678);
    expect(writes()).toEqual([]);
  });

  it('gets the tags that are missing, and no others, wherever they are missing', async () => {
    const [one, other] = [await site(), await site()];
    const { digest } = whole(await one.publish(...PUBLISHED));
    one.writes();
    const args = ['--image', other.image, '--tags', 'more', ...PUBLISHED];
    const built = await one.publish(...args);
    expect(whole(built)).toMatchObject({ changed: 'false', digest });
    const written = one.writes();
    expect(written.filter((kind) => kind === 'tag-write')).toHaveLength(1);
    expect(written.filter((kind) => kind.startsWith('upload'))).toEqual([]);
    expect(built.stderr).not.toContain(`${one.image}:latest →`);
    expect((await one.registry.tags(NAME)).sort()).toEqual(['latest', 'more']);
    expect((await other.registry.tags(NAME)).sort()).toEqual(['latest', 'more']);
    for (const { digestOf } of [one, other]) {
      for (const tag of ['latest', 'more']) expect(await digestOf(tag)).toBe(digest);
    }
    other.writes();
    expect(whole(await one.publish(...args)).changed).toBe('false');
    expect([...one.writes(), ...other.writes()]).toEqual([]);
  });

  it('is no conflict for its own default tag, and its successor is one', async () => {
    const { build, image, writes, digestOf } = await site();
    const args = ['--image', image, '--push', '--published-image', `${image}:1.10.0`, ...PUBLISHED];
    const { digest } = whole(await build(...args));
    writes();
    expect(whole(await build(...args))).toMatchObject({ changed: 'false', digest });
    const next = await build(...args, '--labels', 'a=b');
    expect(next.code).toBe(2);
    expect(next.stderr).toContain(`${image}:1.10.0 exists and is another image: ${digest}`);
    expect(writes()).toEqual([]);
    expect(await digestOf('1.10.0')).toBe(digest);
  });

  it('may lie in a folder or an archive', async () => {
    const { build, runner, image, writes, digestOf } = await site();
    const first = whole(await build());
    const kept = join(runner.folder, 'kept');
    cpSync(join(runner.folder, 'out'), kept, { recursive: true, verbatimSymlinks: true });
    for (const place of [`oci:${kept}/oci`, `oci-archive:${kept}/pushgateway.oci.tar`, `${kept}/pushgateway.oci.tar`]) {
      const built = await build('--published-image', place, ...PUBLISHED);
      expect(whole(built)).toMatchObject({ changed: 'false', digest: first.digest });
      const other = await build('--published-image', place, '--labels', 'a=b', ...PUBLISHED);
      expect(whole(other).changed).toBe('true');
      expect(timeIn(other.outputs, other.outputs.digest)).toBe(RELEASE_TIME + 1);
    }
    expect(writes()).toEqual([]);
    const to = ['--image', image, '--tags', 'latest', '--push'];
    const pushed = whole(await build('--published-image', `oci:${kept}/oci`, ...PUBLISHED, ...to));
    expect(pushed).toMatchObject({ changed: 'false', digest: first.digest });
    expect(await digestOf('latest')).toBe(first.digest);
    for (const place of ['oci:/nowhere', '/nowhere/x.tar']) {
      const { code, stderr } = await build('--published-image', place, ...PUBLISHED);
      expect(code, stderr).toBe(2);
      expect(stderr).toMatch(/^error: published-image: .*\/nowhere/m);
    }
  });
});

describe('an image that has changed', () => {
  it('tells in what, and takes the second after, as long as nothing is later', async () => {
    const { publish, writes, digestOf } = await site();
    const before = whole(await publish(...PUBLISHED));
    const labels = ['--labels', 'org.example.team=gateway'];
    const built = await publish(...PUBLISHED, ...labels);
    const after = whole(built);
    expect(after.changed).toBe('true');
    expect(after.digest).not.toBe(before.digest);
    expect(built.stderr).toContain(`The image has changed: it was ${before.digest}, and is ${after.digest}`);
    expect(built.stderr).toMatch(/Labels differ: .*org\.example\.team.*\(linux\/amd64\)/);
    expect(timeIn(after, after.digest)).toBe(RELEASE_TIME + 1);
    expect(await digestOf('latest')).toBe(after.digest);
    writes();

    expect(whole(await publish(...PUBLISHED, ...labels))).toMatchObject({ changed: 'false', digest: after.digest });
    expect(writes()).toEqual([]);
    const back = whole(await publish(...PUBLISHED));
    expect(back.changed).toBe('true');
    expect(timeIn(back, back.digest)).toBe(RELEASE_TIME + 2);
  });

  it('takes the time of the release where that is later', async () => {
    const { publish } = await site();
    whole(await publish('--source-date-epoch', '1600000000'));
    const { changed, digest, ...rest } = whole(await publish(...PUBLISHED, '--labels', 'a=b'));
    expect(changed).toBe('true');
    expect(timeIn({ ...rest, changed, digest }, digest)).toBe(RELEASE_TIME);
  });

  it('shows another patch set, and other platforms, as what they are', async () => {
    const { publish, runner } = await site();
    whole(await publish(...PUBLISHED));
    const code = 'package main\n\nfunc init() { println("patched") }\n';
    const patch = writeFiles(join(runner.folder, 'say'), { 'say.go': code });
    const patched = await publish(...PUBLISHED, '--patches', patch);
    expect(whole(patched).changed).toBe('true');
    expect(patched.stderr).toContain('verdict: content-differs');
    expect(patched.stderr).toMatch(/say.*\(linux\/amd64\)/);
    expect(timeIn(patched.outputs, patched.outputs.digest)).toBe(RELEASE_TIME + 1);

    const more = await publish(...PUBLISHED, '--patches', patch, '--platforms', 'linux/arm64');
    expect(whole(more).changed).toBe('true');
    expect(more.stderr).toMatch(/Platforms differ: .*\(linux\/arm64\)/);
    expect(timeIn(more.outputs, more.outputs.digest)).toBe(RELEASE_TIME + 2);
  });

  it('is compared only, where the time is that of the release or given in seconds', async () => {
    const { publish } = await site();
    const { digest } = whole(await publish());
    expect(whole(await publish())).toMatchObject({ changed: 'false', digest });
    const labelled = whole(await publish('--labels', 'a=b'));
    expect(labelled.changed).toBe('true');
    expect(timeIn(labelled, labelled.digest)).toBe(RELEASE_TIME);
    const later = await publish('--labels', 'a=b', '--source-date-epoch', '1712345678');
    expect(whole(later).changed).toBe('true');
    expect(timeIn(later.outputs, later.outputs.digest)).toBe(1_712_345_678);
    expect(later.stderr).toContain('2024-04-05T19:34:38Z');
  });

  it('has other bytes under the same spec, and gets a time of its own', async () => {
    const { publish, runner, registry, writes, digestOf } = await site();
    const { layout, digest } = whole(await publish(...PUBLISHED));
    // Compressed anew, and with a line break behind its manifest.
    const other = join(runner.folder, 'other');
    tamperedLayout(layout, other, { layer: (archive) => archive, manifest: (text) => `${text}\n` });
    const flags = ['--all', '--preserve-digests', '--dest-tls-verify=false', '--insecure-policy'];
    const names = [`oci:${other}`, `docker://${registry.host}/${NAME}:latest`];
    await mustExec(tool('skopeo'), ['copy', ...flags, ...names], { env: { ...runner.env } });
    const recompressed = await digestOf('latest');
    expect(recompressed).not.toBe(digest);

    const built = await publish(...PUBLISHED);
    expect(whole(built).changed).toBe('true');
    expect(built.stderr).toContain('The published image has this spec and other bytes');
    expect(built.stderr).toContain(`it was ${recompressed}, and is ${built.outputs.digest}`);
    expect(timeIn(built.outputs, built.outputs.digest)).toBe(RELEASE_TIME + 1);
    writes();
    expect(whole(await publish(...PUBLISHED))).toMatchObject({ changed: 'false', digest: built.outputs.digest });
    expect(writes()).toEqual([]);
  });
});

describe('an image without a spec', () => {
  it('of buildah is compared by its content, and its time of creation counts', async () => {
    const { publish, runner, registry } = await site();
    const env = { ...runner.env };
    const container = (await mustExec(tool('buildah'), ['from', 'scratch'], { env })).trim();
    const commit = ['commit', '--timestamp', '1720000000', container, 'theirs'];
    await mustExec(tool('buildah'), commit, { env });
    const push = ['push', '--tls-verify=false', 'theirs', `docker://${registry.host}/${NAME}:latest`];
    await mustExec(tool('buildah'), push, { env });

    const built = await publish(...PUBLISHED);
    expect(whole(built).changed).toBe('true');
    expect(built.stderr).toContain('The published image is compared by its content alone: no spec');
    expect(built.stderr).toContain('Files differ');
    expect(timeIn(built.outputs, built.outputs.digest)).toBe(1_720_000_001);
    expect(whole(await publish(...PUBLISHED)).changed).toBe('false');
  });

  it.each([
    ['in the year 1', '0001-01-01T00:00:00Z', RELEASE_TIME],
    ['with a part of a second and a zone', '2030-01-01T02:00:00.999+02:00', 1_893_456_001],
  ])('has been created %s', async (_when, created, expected) => {
    const { publish, registry } = await site();
    const index = madeIndex([madeImage(AMD64, { own: { ...AMD64, created } })]);
    await pushMade(`${registry.url}/v2/${NAME}`, 'latest', index);
    // Its layers are no tar archives.
    const built = await publish(...PUBLISHED);
    expect(whole(built).changed).toBe('true');
    expect(timeIn(built.outputs, built.outputs.digest)).toBe(expected);
  });

  it.each([
    ['no time', undefined, 'has neither a build spec nor a time of creation'],
    ['no time that is one', 'yesterday', 'has neither a build spec nor a time of creation'],
    ['a time after all others', '9999-12-31T23:59:59Z', '9999-12-31T23:59:59Z; later ones are not accepted'],
  ])('has %s: only with source-date-epoch: published is that a mistake', async (_what, created, words) => {
    const { publish, registry, writes, digestOf } = await site();
    const index = madeIndex([madeImage(AMD64, { own: { ...AMD64, ...(created && { created }) } })]);
    await pushMade(`${registry.url}/v2/${NAME}`, 'latest', index);
    const { code, stderr } = await publish(...PUBLISHED);
    expect(code, stderr).toBe(2);
    expect(stderr).toContain(words);
    expect(writes()).toEqual([]);
    expect(whole(await publish()).changed).toBe('true');
    expect(await digestOf('latest')).not.toBe(index.digest);
  });
});

describe('a registry that does not tell', () => {
  it('is an error where it cannot be reached', async () => {
    const { build, image, writes, proxy } = await site();
    const down = `127.0.0.1:${await freePort()}/team/gateway:latest`;
    const { code, stderr } = await build('--image', image, '--push', '--published-image', down, ...PUBLISHED);
    expect(code, stderr).toBe(1);
    expect(stderr).toMatch(/^error: Could not read .*: the connection to .* failed/m);
    expect(proxy.seen).toEqual([]);
    expect(writes()).toEqual([]);
  });

  it.each([401, 403, 500])('is an error where it says %i', async (code) => {
    const { build, proxy, writes } = await site({ on: 'any', fault: status(code, ['X', 'no']) });
    const to = await site();
    const published = ['--published-image', `${proxy.host}/other/name:latest`, ...PUBLISHED];
    for (const push of [[], ['--image', to.image, '--push']]) {
      const built = await build(...published, ...push);
      expect(built.code, built.stderr).toBe(1);
      expect(built.stderr).toMatch(/^error: Could not read /m);
    }
    expect([...writes(), ...to.writes()].filter((kind) => !kind.endsWith('!'))).toEqual([]);
    expect(await to.registry.tags(NAME)).toEqual([]);
  });

  it.each([401, 403])('with %i at a destination counts as a first publication', async (code) => {
    const { publish, image, digestOf } = await site({ on: 'tag-read', times: 1, fault: status(code) });
    const built = await publish(...PUBLISHED);
    expect(whole(built).changed).toBe('true');
    expect(built.stderr).toContain(`note: ${image}:latest is taken for a first publication: Could not read`);
    expect(await digestOf('latest')).toBe(built.outputs.digest);
    expect(timeIn(built.outputs, built.outputs.digest)).toBe(RELEASE_TIME);
  });

  it('and does so after the upload keeps its tag', async () => {
    const older = await site();
    const { digest } = whole(await older.publish('--labels', 'a=b', '--source-date-epoch', '1720000000'));
    const proxy = await startFaultProxy(older.registry.url, {
      rules: [{ on: 'tag-read', times: 1, fault: status(403) }],
    });
    onTestFinished(() => proxy.close());
    const image = `${proxy.host}/${NAME}`;
    const to = ['--image', image, '--tags', 'latest', '--push', '--published-image', `${image}:latest`];
    const { code, stderr } = await older.build(...to, ...PUBLISHED);
    expect(code, stderr).toBe(1);
    expect(stderr).toContain(`${image}:latest was refused before, and is there: ${digest}.`);
    expect(stderr).toContain('No tag points to the new image.');
    expect(await older.digestOf('latest')).toBe(digest);
    expect(proxy.seen).not.toContain('tag-write');
  });

  it('to the end keeps everything as it is', async () => {
    const { publish, registry } = await site({ on: 'any', fault: status(403) });
    const { code, stderr } = await publish(...PUBLISHED);
    expect(code, stderr).toBe(1);
    expect(await registry.tags(NAME)).toEqual([]);
  });

  it('has not what a digest names', async () => {
    const { build, image, writes } = await site();
    const gone = `${image}@sha256:${'a'.repeat(64)}`;
    const { code, stderr } = await build('--image', image, '--push', '--published-image', gone, ...PUBLISHED);
    expect(code, stderr).toBe(2);
    expect(stderr).toMatch(/^error: published-image: Could not read .*@sha256:aaa.*no such image/m);
    expect(writes()).toEqual([]);
  });
});

describe('a damaged image', () => {
  it.each(['a child that is gone', 'a config with another bit', 'an index that is no JSON'])(
    'is an error that says so: %s',
    async (what) => {
      const place = await site();
      const { digest, layout } = whole(await place.publish(...PUBLISHED));
      const document = (of: string) =>
        JSON.parse(readFileSync(join(layout, 'blobs', 'sha256', of.slice('sha256:'.length)), 'utf8'));
      const child = document(digest).manifests[0].digest;
      const store = join(place.data, 'data/docker/registry/v2');
      if (what.startsWith('a child')) {
        const revision = join(store, 'repositories', NAME, '_manifests/revisions/sha256', child.slice(7));
        rmSync(revision, { recursive: true });
      } else if (what.startsWith('a config')) {
        const hex = document(child).config.digest.slice(7);
        const path = join(store, 'blobs/sha256', hex.slice(0, 2), hex, 'data');
        writeFileSync(path, readFileSync(path, 'utf8').replace('"linux"', '"Linux"'));
      }
      const rules = what.startsWith('an index') ? [{ on: 'tag-read', fault: changedAnswer } as const] : [];
      const proxy = await startFaultProxy(place.registry.url, { rules });
      onTestFinished(() => proxy.close());
      const image = `${proxy.host}/${NAME}`;
      const to = ['--image', image, '--tags', 'latest', '--push', '--published-image', `${image}:latest`];
      const { code, stderr } = await place.build(...to, ...PUBLISHED, '--labels', 'a=b');
      expect(code, stderr).toBe(1);
      expect(stderr).toMatch(/^error: .*team\/gateway:latest/m);
      expect(stderr).not.toContain('defect of pushgateway-ttl');
      expect(proxy.seen.filter((kind) => kind.includes('write') || kind.includes('upload'))).toEqual([]);
      expect(await place.digestOf('latest')).toBe(digest);
    },
  );
});

describe('the action', () => {
  it('says whether the image has changed, and nothing where nobody asked', async () => {
    const { runner, image, writes } = await site();
    const [, from = ''] = source;
    const inputs = {
      ...{ source: from, patches: 'none', platforms: 'linux/amd64', 'smoke-test': 'false', load: 'false' },
      ...{ image, tags: 'latest', push: 'true', cache: 'true', 'tls-verify': 'false' },
    };
    const results: [string | undefined, string | undefined][] = [];
    const published = { 'published-image': `${image}:latest`, 'source-date-epoch': 'published' };
    for (const more of [{}, published, { ...published, labels: 'a=b' }]) {
      writeFileSync(runner.files.GITHUB_OUTPUT, '');
      const ended = await startAction(runner, { ...inputs, ...more }).ended;
      expect(ended.code, ended.stdout).toBe(0);
      const { changed, reproducible } = outputsOf(runner);
      results.push([changed, reproducible]);
    }
    expect(results).toEqual([
      ['', ''],
      ['false', ''],
      ['true', ''],
    ]);
    expect(writes().filter((kind) => kind === 'tag-write')).toHaveLength(2);
  });

  it('takes a login for the registry of the published image alone', async () => {
    const users = { robot: 'pass-for-robots' };
    const registry = await startSecureRegistry(scratch(), { users });
    const login = Buffer.from('robot:pass-for-robots').toString('base64');
    const created = '2024-07-01T00:00:00Z';
    const index = madeIndex([madeImage(AMD64, { own: { ...AMD64, created } })]);
    await pushMade(`${registry.url}/v2/${NAME}`, 'latest', index, login);
    const runner = runnerIn(scratch());
    const args = [...source, ...QUICK, '--published-image', `${registry.host}/${NAME}:latest`, ...PUBLISHED];
    const refused = await runBuild(runner, args);
    expect(refused.code, refused.stderr).toBe(1);
    expect(refused.stderr).toContain('registry-username');
    const env = { REGISTRY_PASSWORD: 'pass-for-robots' };
    const built = await runBuild(runner, [...args, '--registry-username', 'robot'], env);
    expect(whole(built).changed).toBe('true');
    expect(timeIn(built.outputs, built.outputs.digest)).toBe(Date.parse(created) / 1000 + 1);
  });

  it('refuses published without published-image', async () => {
    const { build } = await site();
    const { code, stderr } = await build(...PUBLISHED);
    expect(code).toBe(2);
    expect(stderr).toContain('error: source-date-epoch: published is the time of published-image, and none was given');
  });
});
