import { encodeSpec } from '../../src/spec/build-spec.js';
import { canonicalJson, type Json } from '../../src/spec/canonical.js';
import { TRUSTED_SPEC } from './trusted.js';

const UPSTREAM = 'https://github.com/prometheus/pushgateway';
const COMMIT = 'a'.repeat(40);
const SHA256 = 'b'.repeat(64);
const DIGEST = `sha256:${SHA256}`;
const SUM = `h1:${'A'.repeat(43)}=`;

/** A spec that a stranger put into the label of an image, and the field that gives it away. */
export interface HostileSpec {
  readonly title: string;
  /** What stands in the label. */
  readonly text: string;
  readonly field: string;
  readonly kind: 'bad-spec' | 'untrusted-spec';
}

/** The trusted spec as canonical JSON with some fields replaced, `source.url` and the like; undefined removes one. */
export function withFields(fields: Readonly<Record<string, Json | undefined>>): string {
  const copy = JSON.parse(encodeSpec(TRUSTED_SPEC));
  for (const [path, value] of Object.entries(fields)) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const parent = keys.reduce((at, key) => at[key], copy);
    if (value === undefined) delete parent[last];
    else Object.defineProperty(parent, last, { value, enumerable: true, configurable: true, writable: true });
  }
  return canonicalJson(copy);
}

const git = (url: string, commit = COMMIT) => withFields({ source: { type: 'git', url, commit } });
const patch = (fields: Json) => withFields({ patches: [fields] });
const modules = (override: string) => withFields({ modules: { overrides: [override], goMod: SHA256 } });

const hostile = (kind: HostileSpec['kind'], field: string, title: string, text: string): HostileSpec => {
  return { title, text, field, kind };
};
const bad = (field: string, title: string, text: string) => hostile('bad-spec', field, title, text);
const untrusted = (field: string, title: string, text: string) => hostile('untrusted-spec', field, title, text);

/** What git could be talked into. */
const ADDRESSES = [
  bad('source.url', 'a git helper that is a command', git('ext::sh -c touch% /tmp/x')),
  bad('source.url', 'a file: URL', git('file:///etc')),
  bad('source.url', 'an ssh: URL', git('ssh://git@example.com/a/b')),
  bad('source.url', 'an address of scp', git('git@example.com:a/b')),
  bad('source.url', 'a path', git('/etc/passwd')),
  bad('source.url', 'a git: URL', git('git://example.com/a/b')),
  bad('source.url', 'a flag for a URL', git('--upload-pack=touch /tmp/x')),
  bad('source.url', 'a URL with a user', git('https://user@github.com/prometheus/pushgateway')),
  bad('source.url', 'a URL with a password', git('https://a:b@github.com/prometheus/pushgateway')),
  bad('source.url', 'a URL with a query', git(`${UPSTREAM}?x=y`)),
  bad('source.url', 'a URL that climbs', git('https://github.com/prometheus/../evil/pushgateway')),
  bad('source.url', 'an IPv6 loopback address', git('https://[::1]/a/b')),
  untrusted('source.url', 'an http: URL', git('http://github.com/prometheus/pushgateway')),
  untrusted('source.url', 'a fork', git('https://github.com/evil/pushgateway')),
  untrusted('source.url', "upstream's URL in other letters", git('https://github.com/Prometheus/pushgateway')),
  untrusted('source.url', "upstream's URL with .git", git(`${UPSTREAM}.git`)),
  untrusted(
    'source.url',
    "upstream's name on another host",
    git('https://github.com.evil.example/prometheus/pushgateway'),
  ),
  untrusted('source.url', 'a link-local address', git('http://169.254.169.254/latest/meta-data')),
  untrusted('source.url', 'a loopback address', git('https://127.0.0.1:8443/a/b')),
  untrusted('source.url', 'localhost', git('https://localhost/a/b')),
  bad('source.commit', 'a commit that is a flag', git(UPSTREAM, '--upload-pack=sh')),
  bad('source.commit', 'a branch for a commit', git(UPSTREAM, 'main')),
  bad('source.commit', 'a commit with a line break', git(UPSTREAM, `${COMMIT}\n`)),
  untrusted('source.commit', 'a commit without repository', withFields({ source: { type: 'git', commit: COMMIT } })),
];

const SOURCES = [
  bad('source.type', 'a source of another type', withFields({ source: { type: 'url', url: 'https://example.com/x' } })),
  bad('source.path', 'the path of a folder', withFields({ source: { type: 'folder', path: '/etc', hash: SUM } })),
  untrusted('source.hash', 'a folder', withFields({ source: { type: 'folder', hash: SUM } })),
  untrusted('source.path', 'another module', withFields({ 'source.path': 'github.com/evil/pushgateway' })),
  bad('source.path', 'a module path that is a flag', withFields({ 'source.path': '-modfile=/etc/passwd' })),
  bad('source.path', 'a module path with a line break', withFields({ 'source.path': 'example.com/a\nreplace' })),
  bad('source.version', 'a version with a flag', withFields({ 'source.version': 'v1.11.3 -toolexec=sh' })),
  bad('source.version', 'a version that is a query', withFields({ 'source.version': 'latest' })),
  bad('source.version', 'a version with a line break', withFields({ 'source.version': 'v1.11.3\n' })),
  untrusted(
    'source.version',
    'a commit for a version',
    withFields({ 'source.version': 'v1.11.4-0.20260101000000-abcdefabcdef' }),
  ),
  untrusted('source.version', 'a pre-release', withFields({ 'source.version': 'v1.11.3-rc.1' })),
  untrusted(
    'source.version',
    'a release of another series',
    withFields({ 'source.version': 'v0.11.3', version: '0.11.3' }),
  ),
  untrusted('source.sum', 'another sum of a known release', withFields({ 'source.sum': SUM })),
];

const PATCHES = [
  untrusted('patches[0].name', 'an unknown patch set', patch({ name: 'evil', sha256: SHA256 })),
  untrusted('patches[0].sha256', 'another content under our name', patch({ name: 'ttl', revision: 1, sha256: SHA256 })),
  untrusted(
    'patches[0].revision',
    'a revision that is not kept',
    patch({ name: 'ttl', revision: 999, sha256: SHA256 }),
  ),
  untrusted('patches[0].revision', 'our name without revision', patch({ name: 'ttl', sha256: SHA256 })),
  untrusted(
    'patches[0].sha256',
    'another content under the name of the fork',
    patch({ name: 'dinumathai', sha256: SHA256 }),
  ),
  bad('patches[0].name', 'a patch URL', patch({ name: 'https://evil.example/x.patch', sha256: SHA256 })),
  bad(
    'patches[0].url',
    'the URL of a patch beside it',
    patch({ name: 'x', sha256: SHA256, url: 'https://evil.example/x' }),
  ),
  bad('patches[0].name', 'a patch that is a path', patch({ name: '../../etc/passwd', sha256: SHA256 })),
  bad('patches[0].revision', 'a revision that is no number', patch({ name: 'ttl', revision: '1', sha256: SHA256 })),
];

const MODULES = [
  bad('modules.overrides[0]', 'an override with a flag', modules('golang.org/x/crypto@v0.53.0 -insecure')),
  bad('modules.overrides[0]', 'an override that is a flag', modules('-modfile=x@v0.53.0')),
  bad(
    'modules.overrides[0]',
    'an override with a line break',
    modules('golang.org/x/crypto@v0.53.0\nexample.com/a@v1.0.0'),
  ),
  bad('modules.overrides[0]', 'an override that is a query', modules('golang.org/x/crypto@latest')),
  bad('modules.overrides[0]', 'an override that is a path', modules('../crypto@v0.53.0')),
  bad(
    'modules.overrides',
    'overrides without end',
    withFields({
      modules: { overrides: Array.from({ length: 65 }, (_, i) => `example.com/a${i}@v1.0.0`), goMod: SHA256 },
    }),
  ),
];

const TEXTS = [
  bad('go', 'a Go that is a path', withFields({ go: '/tmp/evil/go' })),
  bad('go', 'a Go that climbs', withFields({ go: '1.26.8/../../evil' })),
  bad('go', 'a Go with a flag', withFields({ go: '1.26.8 -toolexec=sh' })),
  bad('go', 'a Go with a suffix', withFields({ go: '1.26.8-evil' })),
  bad('version', 'a version that is a flag of the linker', withFields({ version: '1.11.3 -extldflags=x' })),
  bad('version', 'a version that begins with a dash', withFields({ version: '-1.11.3' })),
  bad('version', 'a version with a quote', withFields({ version: "1.11.3'" })),
  bad('version', 'a version with a line break', withFields({ version: '1.11.3\n' })),
  untrusted('version', 'the version of another release', withFields({ version: '1.11.4+ttl.1' })),
  untrusted('version', 'a version whose number goes on', withFields({ version: '1.11.35+ttl.1' })),
  untrusted('version', 'a version that is no release', withFields({ version: 'latest' })),
  untrusted(
    'labels["org.opencontainers.image.created"]',
    'a label that follows from the spec',
    withFields({ labels: { 'org.opencontainers.image.created': '2000-01-01T00:00:00Z' } }),
  ),
];

const BASES = [
  untrusted('base.repository', 'a base', withFields({ base: { repository: 'docker.io/evil/base', digest: DIGEST } })),
  untrusted(
    'base.repository',
    'a base on loopback',
    withFields({ base: { repository: 'localhost:5000/x', digest: DIGEST } }),
  ),
  untrusted(
    'base.repository',
    'a base at a link-local address',
    withFields({ base: { repository: '169.254.169.254/x', digest: DIGEST } }),
  ),
  untrusted('base.digest', 'a base of a folder', withFields({ base: { digest: DIGEST } })),
  untrusted(
    'base[0].repository',
    'a base for one platform',
    withFields({ base: [{ platform: 'linux/amd64', repository: 'docker.io/evil/base', digest: DIGEST }] }),
  ),
  bad(
    'base.repository',
    'a base of another transport',
    withFields({ base: { repository: 'dir:/etc', digest: DIGEST } }),
  ),
  bad(
    'base.digest',
    'a base by its tag',
    withFields({ base: { repository: 'docker.io/evil/base', digest: 'latest' } }),
  ),
  untrusted('files', 'extra files, which could shadow the binary', withFields({ files: DIGEST })),
  bad('files', 'extra files by their path', withFields({ files: '/etc/passwd' })),
];

const WHOLE = [
  bad('entrypoint', 'an entrypoint', withFields({ entrypoint: ['/bin/sh'] })),
  bad('user', 'a user', withFields({ user: '0' })),
  bad('__proto__', 'a prototype', withFields({ ['__proto__']: { isAdmin: true } })),
  bad('sourceDateEpoch', 'an epoch before time', withFields({ sourceDateEpoch: -1 })),
  bad('sourceDateEpoch', 'an epoch that no tar header holds', withFields({ sourceDateEpoch: 2 ** 33 })),
  bad('sourceDateEpoch', 'an epoch that is a text', withFields({ sourceDateEpoch: '0' })),
  bad('profile', 'a profile from the future', withFields({ profile: 2 })),
  bad('go', 'a field that is missing', withFields({ go: undefined })),
  bad('spec', 'a label of 10 MB', withFields({ labels: { a: 'x'.repeat(10_000_000) } })),
  bad('spec', 'a nest without end', `${'['.repeat(30_000)}${']'.repeat(30_000)}`),
  bad('spec', 'no JSON', 'FROM scratch'),
  bad('spec', 'an empty label', ''),
  bad('spec', 'white space', ` ${encodeSpec(TRUSTED_SPEC)}`),
  bad('spec', 'a key twice', encodeSpec(TRUSTED_SPEC).replace('{', '{"base":{"digest":"x"},')),
  bad('spec', 'another number for the same', encodeSpec(TRUSTED_SPEC).replace('"profile":1', '"profile":1.0')),
  bad('spec', 'a lone surrogate', encodeSpec(TRUSTED_SPEC).replace('"labels":{}', '"labels":{"a":"\\ud800"}')),
];

export const HOSTILE_SPECS: readonly HostileSpec[] = [
  ...ADDRESSES,
  ...SOURCES,
  ...PATCHES,
  ...MODULES,
  ...TEXTS,
  ...BASES,
  ...WHOLE,
];
