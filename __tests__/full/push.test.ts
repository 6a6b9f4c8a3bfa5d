import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { CancelledError, InputError, RunError } from '../../src/base/errors.js';
import { Secret } from '../../src/base/secret.js';
import type { AssembledIndex } from '../../src/image/build-image.js';
import { logIn } from '../../src/registry/credentials.js';
import { type PushedTag, type PushTarget, pushImage } from '../../src/registry/push.js';
import { NotFoundError, type RegistryAccess, rawManifest } from '../../src/registry/skopeo.js';
import { type Rule, startFaultProxy } from '../support/fault-proxy.js';
import { bare, changedAnswer, silence, status } from '../support/faults.js';
import { removeFolder, scratch, until } from '../support/files.js';
import { freePort, freshFolder } from '../support/program.js';
import { REGISTRY_KINDS, startSecureRegistry, type TestRegistry } from '../support/registry.js';
import { accessFor, listen } from '../support/registry-access.js';
import { smallImages } from '../support/small-images.js';

/** Milliseconds; 5 s are promised, and machines of CI may be busy. */
const LIMIT = 15_000;

const USERS = { robot: 'right', 'ödd "user"\\$x': 'pä ss"w\\ord$' };

let place: string;
let images: Record<'older' | 'newer', AssembledIndex>;

beforeAll(async () => {
  // A colon in the path is what skopeo would take for the begin of a tag.
  place = freshFolder('push:path');
  images = {
    older: await smallImages(join(place, 'older'), 1),
    newer: await smallImages(join(place, 'newer'), 2),
  };
  return () => removeFolder(place);
});

/** Where to push to: `a/b` of a registry, with tags that may move. */
function target(host: string, tags: readonly string[], mayMove = true): PushTarget {
  return { repository: { registry: host, path: 'a/b' }, tags, mayMove };
}

async function push(
  which: 'older' | 'newer',
  targets: readonly PushTarget[],
  changes: Partial<RegistryAccess> = {},
  env: Record<string, string> = {},
): Promise<PushedTag[]> {
  const { index, images: platforms } = images[which];
  return pushImage({
    layoutDir: join(place, which, 'layout'),
    index: index.digest,
    manifests: platforms.map(({ digest }) => digest),
    targets,
    access: await accessFor(scratch(), changes, env),
  });
}

/** The error that something ends with. */
async function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => {
      throw new Error('it succeeded');
    },
    (error: Error) => error,
  );
}

/** A proxy before a registry, closed with the test. */
async function proxyBefore(registry: TestRegistry, ...rules: Rule[]) {
  const proxy = await startFaultProxy(registry.url, { rules });
  return { ...proxy, [Symbol.asyncDispose]: () => proxy.close() };
}

describe.each(REGISTRY_KINDS)('push to %s', (kind) => {
  it('sets three tags in one repository, and leaves them alone the second time', async () => {
    const registry = await startSecureRegistry(scratch(), { kind });
    const { digest } = images.newer.index;
    const { log, lines } = listen();
    const tags = ['1.11.3-ttl.1', '1.11', 'latest'];
    const references = tags.map((tag) => `${registry.host}/a/b:${tag}`);
    const pushed = await push('newer', [target(registry.host, tags)], { log });
    expect(pushed).toEqual(references.map((reference) => ({ reference, outcome: 'pushed' })));
    expect((await registry.tags('a/b')).sort()).toEqual([...tags].sort());
    for (const tag of tags) expect(await registry.digestOf('a/b', tag)).toBe(digest);
    for (const reference of references) expect(lines).toContain(`info: ${reference} → ${digest}`);

    await using proxy = await proxyBefore(registry);
    const again = await push('newer', [target(proxy.host, tags)]);
    expect(again.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(proxy.seen).toContain('blob-head');
    for (const write of ['upload-start', 'upload-data', 'upload-end', 'tag-write'])
      expect(proxy.seen).not.toContain(write);
  });

  it('pushes to two registries in one run', async () => {
    const first = await startSecureRegistry(scratch(), { kind });
    const second = await startSecureRegistry(scratch(), { kind });
    const pushed = await push('newer', [target(first.host, ['x', 'y']), target(second.host, ['x'], false)]);
    expect(pushed).toHaveLength(3);
    for (const [registry, tag] of [
      [first, 'x'],
      [first, 'y'],
      [second, 'x'],
    ] as const)
      expect(await registry.digestOf('a/b', tag)).toBe(images.newer.index.digest);
  });

  it('uploads each blob once to each repository, and sets tags after everything else', async () => {
    const [first, second] = [
      await startSecureRegistry(join(scratch(), '1'), { kind }),
      await startSecureRegistry(join(scratch(), '2'), { kind }),
    ];
    await using one = await proxyBefore(first);
    await using other = await proxyBefore(second);
    await push('newer', [target(one.host, ['x', 'y']), target(other.host, ['z']), target(one.host, ['w'], false)]);
    for (const [{ seen }, tags] of [
      [one, 3],
      [other, 1],
    ] as const) {
      const count = (kind: string) => seen.filter((each) => each === kind).length;
      // Two platforms, each with a layer and a config.
      expect(count('upload-end')).toBe(4);
      // Older skopeos write the manifests of platforms again with each tag, after a look at their blobs.
      expect(count('child-write')).toBeGreaterThanOrEqual(2);
      expect(count('index-write')).toBe(1);
      expect(count('tag-write')).toBe(tags);
      const tail = seen.slice(seen.indexOf('tag-write'));
      for (const write of ['upload-start', 'upload-data', 'upload-end', 'index-write'])
        expect(tail).not.toContain(write);
    }
    expect((await first.tags('a/b')).sort()).toEqual(['w', 'x', 'y']);
    expect(await second.tags('a/b')).toEqual(['z']);
  });

  it('moves a tag that is listed', async () => {
    const registry = await startSecureRegistry(scratch(), { kind });
    const { log, lines } = listen();
    await push('older', [target(registry.host, ['latest'])]);
    const [pushed] = await push('newer', [target(registry.host, ['latest'])], { log });
    expect(pushed?.outcome).toBe('pushed');
    expect(await registry.digestOf('a/b', 'latest')).toBe(images.newer.index.digest);
    expect(lines.join('\n')).toContain(`(it was at ${images.older.index.digest})`);
  });

  it('never moves a default tag, uploads nothing then, and names the next that is free', async () => {
    const [first, second] = [
      await startSecureRegistry(scratch(), { kind }),
      await startSecureRegistry(scratch(), { kind }),
    ];
    await push('older', [target(second.host, ['1.0', '1.0.2'])]);
    await push('older', [target(first.host, ['1.0.3'])]);
    await using proxy = await proxyBefore(second);
    const targets = [target(first.host, ['1.0'], false), target(proxy.host, ['1.0'], false)];
    const error = await failure(push('newer', [...targets, target(first.host, ['latest'])]));
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).input).toBe('tags');
    expect(error.message).toContain(`${proxy.host}/a/b:1.0 exists`);
    expect(error.message).toContain(images.older.index.digest);
    expect(error.message).toContain(images.newer.index.digest);
    expect(error.message).toContain('The next free one is 1.0.4.');
    expect(new Set(proxy.seen)).toEqual(new Set(['ping', 'tag-read']));
    expect(await first.tags('a/b')).toEqual(['1.0.3']);
    const { digest } = images.newer.index;
    expect((await first.ask(`/v2/a/b/manifests/${digest}`, ACCEPT)).status).toBe(404);
  });

  it('leaves a default tag that is at this image already, and pushes the rest', async () => {
    const registry = await startSecureRegistry(scratch(), { kind });
    await push('newer', [target(registry.host, ['1.0'], false)]);
    const pushed = await push('newer', [target(registry.host, ['1.0'], false), target(registry.host, ['latest'])]);
    expect(pushed.map(({ outcome }) => outcome)).toEqual(['unchanged', 'pushed']);
  });

  it('refuses a default tag that somebody took during the upload', async () => {
    const registry = await startSecureRegistry(scratch(), { kind });
    await push('older', [target(registry.host, ['taken'])]);
    // The first look is refused, as that at a package which is not there yet.
    await using proxy = await proxyBefore(registry, { on: 'tag-read', times: 1, fault: status(403) });
    const error = await failure(push('newer', [target(proxy.host, ['latest']), target(proxy.host, ['taken'], false)]));
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain(`${proxy.host}/a/b:taken exists`);
    expect(error.message).toContain('No tag points to the new image.');
    expect(error.message).toContain(`The image lies without a new tag, as @${images.newer.index.digest}`);
    expect(await registry.tags('a/b')).toEqual(['taken']);
    expect(await registry.digestOf('a/b', 'taken')).toBe(images.older.index.digest);
  });

  it('sets no tag anywhere where one registry is down', async () => {
    const registry = await startSecureRegistry(scratch(), { kind });
    const down = `127.0.0.1:${await freePort()}`;
    const targets = [target(registry.host, ['x']), target(down, ['x'])];
    const error = await failure(push('newer', targets, { retries: 2 }));
    expect(error).toBeInstanceOf(RunError);
    expect(error.message).toMatch(/^Could not push 127\.0\.0\.1:\d+\/a\/b@sha256:.*: the connection to .* failed/);
    expect(error.message).toContain(`Not set: ${registry.host}/a/b:x, ${down}/a/b:x.`);
    expect(error.message).toContain(`in: ${registry.host}/a/b.`);
    expect(error.message).toContain('what is there already is not uploaded again');
    expect(await registry.tags('a/b')).toEqual([]);
    const { digest } = images.newer.index;
    expect((await registry.ask(`/v2/a/b/manifests/${digest}`, ACCEPT)).status).toBe(200);
  });

  it('says which tags landed where setting one fails', async () => {
    const registry = await startSecureRegistry(scratch(), { kind });
    await using proxy = await proxyBefore(registry, { on: 'tag-write', skip: 1, fault: status(403) });
    const error = await failure(push('newer', [target(proxy.host, ['x', 'y', 'z'])], { retries: 3 }));
    expect(error.message).toContain(`These tags point to ${images.newer.index.digest}: ${proxy.host}/a/b:x.`);
    expect(error.message).toContain(`Not set: ${proxy.host}/a/b:y, ${proxy.host}/a/b:z.`);
    expect(proxy.seen.filter((kind) => kind === 'tag-write!')).toHaveLength(1);
    expect(await registry.tags('a/b')).toEqual(['x']);
  });

  it('logs in with names and passwords of any letters over TLS with a CA of its own', async () => {
    const registry = await startSecureRegistry(scratch(), { kind, tls: true, users: USERS });
    for (const [username, password] of Object.entries(USERS)) {
      const folder = scratch();
      const { log, lines } = listen();
      const env = { SSL_CERT_FILE: registry.ca ?? '' };
      const access = await accessFor(scratch(), { tlsVerify: true, log }, env);
      const before = process.umask(0);
      const file = await logIn(access, registry.host, username, new Secret(password), folder).finally(() =>
        process.umask(before),
      );
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const authFiles = new Map([[registry.host, file]]);
      const tag = `by-${username.length}`;
      const [pushed] = await push('newer', [target(registry.host, [tag])], { tlsVerify: true, authFiles, log }, env);
      expect(pushed?.outcome).toBe('pushed');
      expect(await registry.digestOf('a/b', tag)).toBe(images.newer.index.digest);
      expect(lines.join('\n')).not.toContain(password);
    }
  });

  it('says who is refused where the password is wrong', async () => {
    const registry = await startSecureRegistry(scratch(), { kind, tls: true, users: USERS });
    const { log, lines } = listen();
    const env = { SSL_CERT_FILE: registry.ca ?? '' };
    const access = await accessFor(scratch(), { tlsVerify: true, retries: 3, log }, env);
    const error = await failure(logIn(access, registry.host, 'robot', new Secret('canary-wrong'), scratch()));
    expect(error).toBeInstanceOf(RunError);
    expect(error.message).toContain(`${registry.host} refuses the login of robot`);
    expect(error.message).toContain('registry-password');
    expect(`${error.message}${lines.join('\n')}`).not.toContain('canary-wrong');
    expect(lines.filter((line) => line.includes('retry'))).toEqual([]);
  });

  it('says how to log in where nobody did', async () => {
    const registry = await startSecureRegistry(scratch(), { kind, tls: true, users: USERS });
    const env = { SSL_CERT_FILE: registry.ca ?? '' };
    for (const mayMove of [true, false]) {
      const error = await failure(
        push('newer', [target(registry.host, ['x'], mayMove)], { tlsVerify: true, retries: 3 }, env),
      );
      expect(error).toBeInstanceOf(RunError);
      expect(error.message).toContain(`${registry.host} wants a login for ${registry.host}/a/b`);
      expect(error.message).toContain('registry-username');
      expect(error.message).toContain(`podman login ${registry.host}`);
    }
    expect(await registry.tags('a/b')).toEqual([]);
  });

  it('uses the login that podman left', async () => {
    const registry = await startSecureRegistry(scratch(), { kind, users: USERS });
    const folder = scratch();
    const file = await logIn(await accessFor(scratch()), registry.host, 'robot', new Secret('right'), folder);
    const left = join(folder, 'containers');
    mkdirSync(left);
    copyFileSync(file, join(left, 'auth.json'));
    await push('newer', [target(registry.host, ['x'])], {}, { XDG_RUNTIME_DIR: folder });
    expect(await registry.tags('a/b')).toEqual(['x']);
  });

  it('refuses a certificate that nobody vouches for, and says how to trust it', async () => {
    const registry = await startSecureRegistry(scratch(), { kind, tls: true });
    const access = await accessFor(scratch(), { tlsVerify: true, retries: 3 });
    for (const refused of [
      () => push('newer', [target(registry.host, ['x'])], access),
      () => logIn(access, registry.host, 'robot', new Secret('right'), scratch()),
    ]) {
      const { message } = await failure(refused());
      for (const words of [`certificate of ${registry.host} is not trusted`, 'SSL_CERT_FILE', 'tls-verify: false'])
        expect(message).toContain(words);
    }
    expect(await registry.tags('a/b')).toEqual([]);
    const [pushed] = await push('newer', [target(registry.host, ['x'])], { tlsVerify: false });
    expect(pushed?.outcome).toBe('pushed');
  });

  it('speaks plain http only where tls-verify is false', async () => {
    const registry = await startSecureRegistry(scratch(), { kind });
    const { message } = await failure(push('newer', [target(registry.host, ['x'])], { tlsVerify: true, retries: 3 }));
    expect(message).toContain(`${registry.host} speaks plain http`);
    expect(message).toContain('tls-verify: false');
    await push('newer', [target(registry.host, ['x'])], { tlsVerify: false });
    expect(await registry.tags('a/b')).toEqual(['x']);
  });

  it('is cancelled in the middle of an upload within five seconds, without a tag', async () => {
    const registry = await startSecureRegistry(scratch(), { kind });
    await using proxy = await proxyBefore(registry, { on: 'upload-data', fault: silence });
    const cancel = new AbortController();
    const { log, lines } = listen();
    const ended = failure(push('newer', [target(proxy.host, ['x'])], { signal: cancel.signal, log }));
    await until(() => proxy.seen.includes('upload-data!'));
    const begun = performance.now();
    cancel.abort();
    expect(await ended).toBeInstanceOf(CancelledError);
    expect(performance.now() - begun).toBeLessThan(LIMIT);
    expect(await registry.tags('a/b')).toEqual([]);
    expect(lines.join('\n')).toContain('The push was cancelled. No tag points to the new image.');
  });
});

const ACCEPT = { headers: { accept: 'application/vnd.oci.image.index.v1+json' } };

describe('push', () => {
  it('refuses a default tag that was taken after the last look at all of them', async () => {
    const registry = await startSecureRegistry(scratch());
    await push('older', [target(registry.host, ['taken'])]);
    const unknown = status(404, ['MANIFEST_UNKNOWN', 'manifest unknown']);
    await using proxy = await proxyBefore(registry, { on: 'tag-read', times: 2, fault: unknown });
    const error = await failure(push('newer', [target(proxy.host, ['taken'], false)]));
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain('The next free one is taken.2.');
    expect(proxy.seen).not.toContain('tag-write');
    expect(await registry.digestOf('a/b', 'taken')).toBe(images.older.index.digest);
  });

  it('sets no tag where the registry gives other bytes back', async () => {
    const registry = await startSecureRegistry(scratch());
    await using proxy = await proxyBefore(registry, { on: 'manifest-read', skip: 1, fault: changedAnswer });
    const { message } = await failure(push('newer', [target(proxy.host, ['x'])], { retries: 2 }));
    expect(message).toContain(`Could not read ${proxy.host}/a/b@sha256:`);
    expect(message).toContain('the registry gave bytes with the digest sha256:');
    expect(proxy.seen.filter((kind) => kind === 'manifest-read!')).toHaveLength(3);
    expect(await registry.tags('a/b')).toEqual([]);
  });

  it('names the permission where the login may only read', async () => {
    const registry = await startSecureRegistry(scratch());
    await using proxy = await proxyBefore(registry, { on: 'upload-start', fault: status(403) });
    const error = await failure(push('newer', [target(proxy.host, ['x'])], { retries: 3 }));
    expect(error.message).toContain(`${proxy.host} refuses to let this login write ${proxy.host}/a/b (403)`);
    expect(error.message).toContain('permission to push');
    expect(proxy.seen.filter((kind) => kind === 'upload-start!')).toHaveLength(1);
  });

  it('ends a call to a registry that never answers, and tries again', async () => {
    const registry = await startSecureRegistry(scratch());
    await using proxy = await proxyBefore(registry, { on: 'upload-data', times: 1, fault: silence });
    const { log, lines } = listen();
    const [pushed] = await push('newer', [target(proxy.host, ['x'])], { retries: 1, timeoutMs: 10_000, log });
    expect(pushed?.outcome).toBe('pushed');
    expect(lines.join('\n')).toMatch(/no end within \d+ s; retry 1 of 1/);
  });

  it('counts a tag as set where only the answer was an error', async () => {
    const registry = await startSecureRegistry(scratch());
    const lost: Rule['fault'] = async (exchange) => {
      (await exchange.forward()).resume();
      exchange.response.writeHead(502).end();
    };
    await using proxy = await proxyBefore(registry, { on: 'tag-write', fault: lost });
    const [pushed] = await push('newer', [target(proxy.host, ['x'])], { retries: 1 });
    expect(pushed?.outcome).toBe('pushed');
    expect(await registry.digestOf('a/b', 'x')).toBe(images.newer.index.digest);
  });

  it('tells when it cannot be told whether a tag was set', async () => {
    const registry = await startSecureRegistry(scratch());
    await using proxy = await proxyBefore(
      registry,
      { on: 'tag-write', fault: bare(502) },
      { on: 'tag-read', skip: 1, fault: bare(503) },
    );
    const { message } = await failure(push('newer', [target(proxy.host, ['x', 'y'])]));
    expect(message).toContain(`Whether it was set is not known: ${proxy.host}/a/b:x.`);
    expect(message).toContain(`Not set: ${proxy.host}/a/b:y.`);
  });

  it('works where the machine has no policy.json, and obeys one that the user has', async () => {
    const registry = await startSecureRegistry(scratch());
    // What skopeo says on such a machine, by a wrapper: the machine's own /etc stays as it is.
    const access = await accessFor(scratch());
    const wrapper = join(scratch(), 'skopeo');
    const missing =
      'level=fatal msg="Error loading trust policy: open /etc/containers/policy.json: no such file or directory"';
    writeFileSync(
      wrapper,
      `#!/bin/sh\ncase "$1" in --policy) ;; copy) echo 'time="" ${missing}' >&2; exit 1;; esac\nexec ${access.skopeo.path} "$@"\n`,
      { mode: 0o755 },
    );
    await push('newer', [target(registry.host, ['x'])], { skopeo: { ...access.skopeo, path: wrapper } });
    expect(await registry.tags('a/b')).toEqual(['x']);

    const config = scratch();
    mkdirSync(join(config, '.config/containers'), { recursive: true });
    writeFileSync(join(config, '.config/containers/policy.json'), '{"default":[{"type":"reject"}]}');
    const home = { HOME: config, XDG_CONFIG_HOME: join(config, '.config') };
    const { message } = await failure(push('newer', [target(registry.host, ['y'])], {}, home));
    expect(message).toContain('rejected by policy');
    expect(await registry.tags('a/b')).toEqual(['x']);
  });

  it('keeps the login in its own file although the user has a credential helper', async () => {
    const registry = await startSecureRegistry(scratch(), { users: USERS });
    const folder = scratch();
    const config = join(folder, '.config/containers');
    mkdirSync(config, { recursive: true });
    writeFileSync(join(config, 'registries.conf'), 'credential-helpers = ["recorder"]\n');
    const kept = join(folder, 'kept');
    writeFileSync(join(folder, 'docker-credential-recorder'), `#!/bin/sh\necho "$1" >> '${kept}'\ncat >> '${kept}'\n`, {
      mode: 0o755,
    });
    const env = { HOME: folder, XDG_CONFIG_HOME: join(folder, '.config'), PATH: `${folder}:${process.env.PATH}` };
    const access = await accessFor(scratch(), {}, env);
    const file = await logIn(access, registry.host, 'robot', new Secret('right'), scratch());
    const auth = Buffer.from('robot:right').toString('base64');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ auths: { [registry.host]: { auth } } });
    await push('newer', [target(registry.host, ['x'])], { authFiles: new Map([[registry.host, file]]) }, env);
    expect(await registry.tags('a/b')).toEqual(['x']);
    expect(() => statSync(kept)).toThrow('ENOENT');
  });

  it.each([
    ['', 'right', 'registry-username'],
    ['a:b', 'right', 'registry-username'],
    ['robot', '', 'registry-password'],
    ['robot', 'two\nlines', 'registry-password'],
  ])('refuses the login %j with %j before anything is asked', async (username, password, input) => {
    const error = await failure(logIn(await accessFor(scratch()), '127.0.0.1:1', username, new Secret(password), '/'));
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).input).toBe(input);
  });

  it('tells what is not there from what cannot be read', async () => {
    const registry = await startSecureRegistry(scratch(), { users: USERS });
    const repository = { registry: registry.host, path: 'a/b' };
    const access = await accessFor(scratch());
    expect(await failure(rawManifest(access, { repository, tag: 'x' }))).not.toBeInstanceOf(NotFoundError);
    const file = await logIn(access, registry.host, 'robot', new Secret('right'), scratch());
    const known = { ...access, authFiles: new Map([[registry.host, file]]) };
    expect(await failure(rawManifest(known, { repository, tag: 'x' }))).toBeInstanceOf(NotFoundError);
  });
});
