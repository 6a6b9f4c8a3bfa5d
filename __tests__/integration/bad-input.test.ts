import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Loopback, serveHttp, serveHttps } from '../support/loopback.js';
import { type Ended, type ExecOptions, exec, freePort, PROJECT, program, SHARED_STORE } from '../support/program.js';
import { contentOf, emptyFolder, folderForTests, halfMade, wholeResult } from './folders.js';

const HERE = folderForTests('bad-input');
/** Upstream's tree, for what is refused before Go is asked. */
const TREE = join(HERE, 'tree');
const STORE = join(HERE, 'store');
const OUT = join(HERE, 'out');
const TEMPORARY = join(HERE, 'temporary');
const PATCHES = join(HERE, 'patches');
const NO_SHA = '0'.repeat(64);

/** A site that has nothing. */
let nothing: Loopback;
let site: Loopback & { ca: string };

beforeAll(async () => {
  const made = await program(['patch', '--patches', 'none', '--to', TREE]);
  expect(made.stderr).toContain(TREE);
  mkdirSync(PATCHES);
  nothing = await serveHttp((_request, response) => response.writeHead(404).end('not found\n'));
  site = await serveHttps(HERE, (request, response) => {
    if (request.url === '/fix.patch') response.end('--- a/main.go\n+++ b/main.go\n');
    else if (request.url === '/large.patch') response.end(Buffer.alloc(11 * 1024 * 1024, '\n'));
    else response.writeHead(404).end();
  });
});

afterAll(async () => {
  await nothing?.close();
  await site?.close();
});

beforeEach(() => {
  emptyFolder(HERE, 'temporary');
});

/** Runs the program in a world of its own. */
function run(args: readonly string[], options: ExecOptions = {}): Promise<Ended> {
  const env = { TMPDIR: TEMPORARY, PUSHGATEWAY_TTL_CACHE: STORE, ...options.env };
  return program(args, { ...options, env });
}

/** What every refusal has in common: the exit code, a message without a stack trace, and nothing left behind. */
function expectRefusal(ended: Ended, code: 1 | 2, says: readonly (string | RegExp)[]): void {
  expect(ended).toMatchObject({ code, stdout: '' });
  const message = ended.stderr.slice(ended.stderr.indexOf('error: '));
  for (const part of says) expect(message).toMatch(part);
  expect(message).not.toMatch(/^ +at |defect|undefined|\[object/m);
  expect(readdirSync(TEMPORARY)).toEqual([]);
  expect(halfMade(STORE)).toEqual([]);
}

/** A patch file of that content. */
function patchFile(name: string, lines: readonly string[]): string {
  const path = join(PATCHES, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const ONTO_TREE = ['--source', TREE, '--source-date-epoch', '0', '--platforms', 'linux/amd64'];

interface Case {
  what: string;
  args: readonly string[];
  /** Parts of the message: which input, what was given, what is accepted. */
  says: readonly (string | RegExp)[];
}

const FLAGS: Case[] = [
  {
    what: 'a release of two numbers',
    args: ['--pushgateway-version', '1.11'],
    says: ['pushgateway-version: "1.11"', '1.11.3'],
  },
  {
    what: 'a release by a moving name',
    args: ['--pushgateway-version', 'latest'],
    says: ['pushgateway-version: "latest"', 'exact release', '1.11.3'],
  },
  {
    what: 'a release of another series',
    args: ['--pushgateway-version', '2.0.0'],
    says: ['pushgateway-version: "2.0.0"', '1.x'],
  },
  {
    what: 'a release with a flag in it',
    args: ['--pushgateway-version', '1.11.3 -extldflags=-static'],
    says: ['pushgateway-version: "1.11.3 -extldflags=-static"', '1.11.3'],
  },
  {
    what: 'a suffix with a blank',
    args: ['--version-suffix', '+a -X main.x=y'],
    says: ['version-suffix: "+a -X main.x=y"', 'letters, digits'].map(literally),
  },
  {
    what: 'a suffix that is too long',
    args: ['--version-suffix', `+${'x'.repeat(64)}`],
    says: ['version-suffix: "\\+xxx', 'at most'],
  },
  {
    what: 'a Go version with a flag in it',
    args: ['--go-version', '1.26.8 -x'],
    says: ['go-version: "1.26.8 -x"', 'exact version, as in 1.26.8'],
  },
  {
    what: 'a Go version that is none',
    args: ['--go-version=-toolexec'],
    says: ['go-version: "-toolexec"', 'exact version, as in 1.26.8'],
  },
  {
    what: 'an unknown platform',
    args: ['--platforms', 'linux/sparc'],
    says: ['platforms: "linux/sparc"', 'Accepted: .*linux/amd64'],
  },
  {
    what: 'a platform of one word',
    args: ['--platforms', 'amd64'],
    says: ['platforms: "amd64"', 'os/architecture'],
  },
  {
    what: 'a platform twice',
    args: ['--platforms', 'linux/amd64', '--platforms', 'linux/arm64,linux/amd64'],
    says: ['platforms names linux/amd64 twice', 'once is accepted'],
  },
  {
    what: 'a platform twice by two names',
    args: ['--platforms', 'linux/arm', '--platforms', 'linux/arm/v7'],
    says: ['platforms names linux/arm/v7 twice', 'once is accepted'],
  },
  {
    what: 'an empty list of platforms',
    args: ['--platforms', ''],
    says: ['platforms is an empty list', 'linux/amd64'],
  },
  { what: 'an empty list of patches', args: ['--patches=,'], says: ['patches is an empty list', 'ttl'] },
  {
    what: 'a patch set that is not there',
    args: ['--patches', 'tll'],
    says: ['patches: .*"tll"', 'Accepted: dinumathai, ttl, none, a path'],
  },
  {
    what: 'a revision that is not there',
    args: ['--patches', 'ttl@99'],
    says: ['patches: .*revision 99', 'Accepted: ttl, ttl@1'],
  },
  {
    what: 'a revision of a set that has none',
    args: ['--patches', 'dinumathai@1', '--pushgateway-version', '1.9.0'],
    says: ['patches: .*revision 1 .*dinumathai', 'Accepted: dinumathai\\n'],
  },
  {
    what: 'two sets that do the same',
    args: ['--patches', 'ttl,dinumathai', '--pushgateway-version', '1.9.0'],
    says: ['patches: "ttl, dinumathai"', 'at most one of dinumathai, ttl'],
  },
  {
    what: 'two revisions of a set',
    args: ['--patches', 'ttl@1', '--patches', 'ttl'],
    says: ['patches: "ttl@1, ttl"', 'at most one of dinumathai, ttl'],
  },
  {
    what: 'the published set for a release that it cannot apply to',
    args: ['--patches', 'dinumathai'],
    says: [
      'patches: Pushgateway 1.11.3 was asked for',
      'dinumathai applies to 1.3.1–1.10.0 and cannot apply to 1.11 and newer',
      'there is ttl',
    ],
  },
  {
    what: 'the published set for a release that is too old for it',
    args: ['--patches', 'dinumathai', '--pushgateway-version', '1.3.0'],
    says: ['patches: Pushgateway 1.3.0 was asked for', 'applies to 1.3.1–1.10.0', 'there is ttl'],
  },
  {
    what: 'none beside another set',
    args: ['--patches', 'none', '--patches', 'ttl'],
    says: ['patches: "none, ttl"', 'none alone'],
  },
  {
    what: 'a patch by http',
    args: ['--patches', `http://127.0.0.1/a.patch#sha256=${NO_SHA}`],
    says: ['patches: "http://127.0.0.1/a.patch"', 'https://'],
  },
  {
    what: 'a patch without its sha256',
    args: ['--patches', 'https://127.0.0.1/a.patch'],
    says: ['patches: "https://127.0.0.1/a.patch"', '#sha256='],
  },
  {
    what: 'a password in the address of a patch',
    args: ['--patches', `https://user:secret@127.0.0.1/a.patch#sha256=${NO_SHA}`],
    says: [/^error: patches: "https:\/\/127.0.0.1\/a.patch" (?!.*secret)/, 'without a user name'],
  },
  {
    what: 'an override without a version',
    args: ['--module-overrides', 'golang.org/x/crypto'],
    says: ['module-overrides: "golang.org/x/crypto"', 'PATH@VERSION', 'golang.org/x/crypto@v0.53.0'],
  },
  {
    what: 'an override with a moving version',
    args: ['--module-overrides', 'golang.org/x/crypto@latest'],
    says: ['module-overrides: "golang.org/x/crypto@latest"', 'exact version'],
  },
  {
    what: 'an override with a flag in it',
    args: ['--module-overrides', 'golang.org/x/crypto@v0.53.0 -x'],
    says: ['module-overrides: "golang.org/x/crypto@v0.53.0 -x"', 'exact version'],
  },
  {
    what: 'an override that is a flag',
    args: ['--module-overrides', '-modfile=x@v1.0.0'],
    says: ['module-overrides: "-modfile=x@v1.0.0"', 'PATH@VERSION'],
  },
  {
    what: 'a module twice',
    args: ['--module-overrides', 'golang.org/x/crypto@v0.53.0,golang.org/x/crypto@v0.54.0'],
    says: ['module-overrides names golang.org/x/crypto twice', 'once is accepted'],
  },
  {
    what: 'a negative epoch',
    args: ['--source-date-epoch', '-1'],
    says: ['source-date-epoch: "-1"', 'whole seconds since 1970 from 0 to 8589934591'],
  },
  {
    what: 'a fractional epoch',
    args: ['--source-date-epoch', '1.5'],
    says: ['source-date-epoch: "1.5"', 'whole seconds'],
  },
  {
    what: 'an epoch past what a tar header holds',
    args: ['--source-date-epoch', String(2 ** 33)],
    says: ['source-date-epoch: "8589934592"', 'from 0 to 8589934591'],
  },
  { what: 'a label without =', args: ['--labels', 'just-a-word'], says: ['labels: "just-a-word"', 'key=value'] },
  { what: 'a label without a key', args: ['--labels', '=value'], says: ['labels: "=value"', 'key=value'] },
  {
    what: 'a label with the key of the spec',
    args: ['--labels', 'io.k0sproject.pushgateway-ttl.spec={}'],
    says: ['labels: .*io.k0sproject.pushgateway-ttl.spec', 'cannot be set'],
  },
  {
    what: 'a label with the time',
    args: ['--labels', 'org.opencontainers.image.created=2020-01-01T00:00:00Z'],
    says: ['labels: .*org.opencontainers.image.created', 'cannot be set'],
  },
  { what: 'a label twice', args: ['--labels', 'a=1', '--labels', 'a=2'], says: ['labels sets a twice', 'once'] },
  { what: 'a boolean that is none', args: ['--sbom=maybe'], says: ['sbom: "maybe"', 'true or false'] },
  {
    what: 'an unknown flag',
    args: ['--platfroms', 'linux/amd64'],
    says: ['unknown flag --platfroms', 'did you mean --platforms\\?'],
  },
  { what: 'a flag like no other', args: ['--zzzzzzzzz'], says: ['unknown flag --zzzzzzzzz', '--help'] },
  {
    what: 'a password as a flag',
    args: ['--registry-password', 'secret'],
    says: ['a password is never a flag', 'REGISTRY_PASSWORD', '--registry-password-stdin'],
  },
  { what: 'a push to nowhere', args: ['--push'], says: ['push: .*repository', 'image'] },
  {
    what: 'a user without a password',
    args: ['--image', 'ghcr.io/me/x', '--registry-username', 'me'],
    says: ['registry-username: ', 'without a password', 'REGISTRY_PASSWORD'],
  },
  {
    what: 'a tag in image',
    args: ['--image', 'ghcr.io/me/x:1'],
    says: ['image: .*ghcr.io/me/x:1', 'tags have an input of their own'],
  },
  {
    what: 'upper case in another registry',
    args: ['--image', 'quay.io/Me/x'],
    says: ['image: .*quay.io/Me/x', 'quay.io/me/x'],
  },
  { what: 'a tag that is none', args: ['--tags', '-x'], says: ['tags: "-x"', 'letters, digits'] },
  {
    what: 'a base folder that is not there',
    args: ['--base-image', 'oci:/no/such/folder'],
    says: ['base-image: .*/no/such/folder'],
  },
  {
    what: 'an extra file that is not there',
    args: ['--extra-files', '/no/such/file:/etc/x'],
    says: ['extra-files: .*/no/such/file'],
  },
  {
    what: 'an extra file in the place of the binary',
    args: ['--extra-files', 'README.md:/usr/local/bin/pushgateway'],
    says: ['extra-files: .*/usr/local/bin/pushgateway'],
  },
  {
    what: 'Windows on nothing',
    args: ['--platforms', 'windows/amd64'],
    says: ['platforms: .*windows/amd64', 'base-image'],
  },
  { what: 'too many retries', args: ['--retries', '99'], says: ['retries: "99"', '0 to 20'] },
  { what: 'a flag without its value', args: ['--go-version'], says: ['--go-version <value>', 'missing'] },
  {
    what: 'a flag twice',
    args: ['--go-version', '1.26.8', '--go-version', '1.26.7'],
    says: ['go-version was given 2 times', 'one value is accepted'],
  },
  { what: 'a word that belongs to no flag', args: ['fast'], says: ['"fast" belongs to no flag', '--help'] },
  {
    what: 'a source with a short commit',
    args: ['--source', 'https://127.0.0.1/x#abc123'],
    says: ['source: "https://127.0.0.1/x#abc123"', 'whole commit of 40 or 64 hex digits'],
  },
  {
    what: 'a source with a password',
    args: ['--source', `https://user:secret@127.0.0.1/x#${'a'.repeat(40)}`],
    says: [/^error: source: (?!.*secret)/, 'user name or password', 'Accepted'],
  },
  {
    what: 'a source that is not there',
    args: ['--source', './no-such-folder'],
    says: ['source: "./no-such-folder" is no folder', 'Accepted: "module", "git", URL#COMMIT'],
  },
];

function literally(text: string): string {
  return text.replaceAll(/[+.?]/g, '\\$&');
}

describe('a flag that is refused', () => {
  it.each(FLAGS)('$what', async ({ args, says }) => {
    const ended = await run(['build', '--output-dir', OUT, ...args]);
    expectRefusal(
      ended,
      2,
      says.map((part) => (typeof part === 'string' ? new RegExp(part) : part)),
    );
    expect(contentOf(OUT)).toBeUndefined();
  });

  it('an unknown command', async () => {
    expectRefusal(await run(['biuld']), 2, ['biuld', 'Did you mean build?']);
  });

  it('no command', async () => {
    const ended = await run([]);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/Usage:.* build .* patch /s);
  });

  it('v1.11.3 and go1.26.8 are accepted, and mean the same as without the letters', async () => {
    const plan = async (...args: string[]) => JSON.parse((await run(['build', '--dry-run', '--json', ...args])).stdout);
    const prefixed = await plan('--pushgateway-version', ' v1.11.3 ', '--go-version', 'go1.26.8');
    expect(prefixed).toEqual(await plan('--pushgateway-version', '1.11.3'));
    expect(prefixed['spec-digest']).toMatch(/^sha256:/);
  });

  it('the last second is accepted', async () => {
    const ended = await run(['build', '--dry-run', '--json', '--source-date-epoch', String(2 ** 33 - 1)]);
    expect(JSON.parse(ended.stdout).spec.sourceDateEpoch).toBe(2 ** 33 - 1);
  });
});

const MAIN = ['--- a/main.go', '+++ b/main.go'];
const MISFIT = ['@@ -77,3 +77,4 @@', ' \tnothing like this', ' \tis in main.go', '+\t// new', ' \tanywhere'];
const LINK = [
  'new file mode 120000',
  '--- /dev/null',
  '+++ b/way-out',
  '@@ -0,0 +1 @@',
  '+/etc',
  '\\ No newline at end of file',
];

describe('a patch that is refused', () => {
  it.each([
    {
      what: 'that does not apply',
      lines: [...MAIN, ...MISFIT],
      says: [
        'does not apply',
        'main.go, hunk @@ -77,3 +77,4 @@',
        'expected:',
        '| \tnothing like this',
        'found at line 77:',
      ],
    },
    {
      what: 'of which a part applies',
      lines: [...MAIN, '@@ -1,2 +1,3 @@', ...firstLines(), ...MISFIT],
      says: ['does not apply; nothing of it was applied', 'main.go, hunk @@ -77,3 +77,4 @@'],
    },
    {
      what: 'that changes nothing',
      lines: [
        ...MAIN,
        '@@ -1,2 +1,2 @@',
        ...['-', '+'].map((sign) => `${sign}// Copyright 2014 The Prometheus Authors`),
        ' // Licensed under the Apache License, Version 2.0 (the "License");',
      ],
      says: ['applied only in part', 'main.go did not change'],
    },
    {
      what: 'for a file that is not there',
      lines: ['--- a/nowhere.go', '+++ b/nowhere.go', ...MISFIT],
      says: ['does not apply', 'nowhere.go'],
    },
    {
      what: 'that leaves the tree by ..',
      lines: ['--- /dev/null', '+++ b/../escaped.go', '@@ -0,0 +1 @@', '+package x'],
      says: ['leaves the tree', '../escaped.go'],
    },
    {
      what: 'that leaves the tree further down',
      lines: ['--- /dev/null', '+++ b/storage/../../escaped.go', '@@ -0,0 +1 @@', '+package x'],
      says: ['leaves the tree', 'storage/../../escaped.go'],
    },
    {
      what: 'with an absolute path',
      lines: ['--- /dev/null', `+++ b/${HERE}/escaped.go`, '@@ -0,0 +1 @@', '+package x'],
      says: ['leaves the tree', `${HERE}/escaped.go`],
    },
    {
      what: 'that renames a file out of the tree',
      lines: [
        'diff --git a/main.go b/../escaped.go',
        'similarity index 100%',
        'rename from main.go',
        'rename to ../escaped.go',
      ],
      says: ['patches: ', 'leaves the tree', '../escaped.go'],
    },
    {
      what: 'that makes a symbolic link',
      lines: ['diff --git a/way-out b/way-out', ...LINK],
      says: ['symbolic link', 'only regular files are accepted'],
    },
    {
      what: 'that writes through a symbolic link of its own',
      lines: [
        ...['diff --git a/way-out b/way-out', ...LINK],
        ...['diff --git a/way-out/x b/way-out/x', 'new file mode 100644', '--- /dev/null', '+++ b/way-out/x'],
        ...['@@ -0,0 +1 @@', '+x'],
      ],
      says: [/leaves the tree|symbolic link/],
    },
    {
      what: 'without context',
      lines: [...MAIN, '@@ -9,0 +10 @@', '+// git would put it at the end'],
      says: ['hunk without a line of context, main.go @@ -9,0 +10 @@', 'git diff -U1'],
    },
    { what: 'that is none', lines: ['not a diff'], says: ['no patch that git can read', 'Accepted: a unified diff'] },
  ])('$what', async ({ what, lines, says }) => {
    const name = `${what.replaceAll(/\W+/g, '-')}.patch`;
    const file = patchFile(name, lines);
    const ended = await run(['build', '--output-dir', OUT, ...ONTO_TREE, '--patches', file]);
    expectRefusal(ended, 2, ['error: patches: ', name.replace('.patch', ''), ...says]);
    expect(contentOf(OUT)).toBeUndefined();
    expect(existsSync(join(HERE, 'escaped.go'))).toBe(false);
    expect(existsSync(join(TEMPORARY, 'escaped.go'))).toBe(false);
  });

  it('a folder without patches', async () => {
    const ended = await run(['build', '--output-dir', OUT, ...ONTO_TREE, '--patches', emptyFolder(PATCHES, 'none')]);
    expectRefusal(ended, 2, ['error: patches: ', 'patches/none', 'holds no patch', '.patch or .diff']);
  });

  it('a folder with a link to a file outside', async () => {
    const set = emptyFolder(PATCHES, 'linked');
    symlinkSync('/etc/hostname', join(set, 'secret.go'));
    const ended = await run(['build', '--output-dir', OUT, ...ONTO_TREE, '--patches', set]);
    expectRefusal(ended, 2, ['error: patches: secret.go', 'link', 'only regular files are accepted']);
  });

  it('a folder with a file that upstream has already', async () => {
    const set = emptyFolder(PATCHES, 'double');
    writeFileSync(join(set, 'main.go'), 'package main\n');
    const ended = await run(['build', '--output-dir', OUT, ...ONTO_TREE, '--patches', set]);
    expectRefusal(ended, 2, ['error: patches: ', 'double brings main.go', 'already in the tree']);
  });

  it('by the patch command, which leaves no folder, either', async () => {
    const file = patchFile('misfit.patch', [...MAIN, ...MISFIT]);
    const ended = await run(['patch', '--source', TREE, '--patches', file, '--to', join(HERE, 'new', 'deep', 'tree')]);
    expectRefusal(ended, 2, ['error: patches: ', 'misfit', 'main.go, hunk @@ -77,3 +77,4 @@']);
    expect(existsSync(join(HERE, 'new'))).toBe(false);
  });
});

/** A change of the first two lines of main.go that fits. */
function firstLines(): string[] {
  const [first, second] = [
    '// Copyright 2014 The Prometheus Authors',
    '// Licensed under the Apache License, Version 2.0 (the "License");',
  ];
  return [` ${first}`, '+// A new line', ` ${second}`];
}

describe('a patch from an address', () => {
  const fetching = async (address: string, env: Record<string, string> = { NODE_EXTRA_CA_CERTS: site.ca }) => {
    const ended = await run(['build', '--output-dir', OUT, ...ONTO_TREE, '--patches', address], { env });
    expect(contentOf(OUT)).toBeUndefined();
    return ended;
  };

  it('with another sha256', async () => {
    const ended = await fetching(`${site.url}/fix.patch#sha256=${NO_SHA}`);
    expectRefusal(ended, 2, ['error: patches: ', `${site.url}/fix.patch has the SHA-256`, `${NO_SHA} was asked for`]);
  });

  it('that is not there', async () => {
    const ended = await fetching(`${site.url}/gone.patch#sha256=${NO_SHA}`);
    expectRefusal(ended, 2, ['error: patches: ', `${site.url}/gone.patch answers 404`]);
  });

  it('that is too large', async () => {
    const ended = await fetching(`${site.url}/large.patch#sha256=${NO_SHA}`);
    expectRefusal(ended, 2, ['error: patches: ', `${site.url}/large.patch is larger than`, '10485760 bytes']);
  });

  it('of a server that nobody vouches for', async () => {
    const ended = await fetching(`${site.url}/fix.patch#sha256=${NO_SHA}`, {});
    expectRefusal(ended, 1, [`${site.url}/fix.patch`, /certificate/]);
  });

  it('of a server that is not there', async () => {
    const address = `https://127.0.0.1:${await freePort()}/fix.patch`;
    const ended = await fetching(`${address}#sha256=${NO_SHA}`);
    expectRefusal(ended, 1, [`Could not download ${address}`, 'ECONNREFUSED', '3 tries']);
  });
});

describe('what the world does not have', () => {
  const asking = async (args: string[], env: Record<string, string>) => {
    const ended = await run(['build', '--output-dir', OUT, '--platforms', 'linux/amd64', ...args], { env });
    expect(contentOf(OUT)).toBeUndefined();
    return ended;
  };

  it('an unknown version', async () => {
    const ended = await asking(['--pushgateway-version', '1.99.0'], { GOPROXY: nothing.url });
    expectRefusal(ended, 2, ['error: pushgateway-version: 1.99.0', '404', 'Accepted: ', 'known here: 1.11.3, 1.11.1']);
  });

  it.each(['1.26.99', '1.99'])('an unknown Go %s', async (version) => {
    const env = { GOPROXY: nothing.url, GO_DOWNLOAD_BASE_URL: nothing.url };
    const ended = await asking(['--go-version', version], env);
    expectRefusal(ended, 2, [`error: go-version: There is no Go ${version}`, '404', 'Accepted is the exact version']);
  });

  it.each([
    {
      what: 'a module that is no dependency',
      overrides: ['rsc.io/quote@v1.5.2'],
      says: ['rsc.io/quote is no dependency'],
    },
    {
      what: 'an override that lowers',
      overrides: ['golang.org/x/crypto@v0.1.0'],
      says: ['golang.org/x/crypto@v0.1.0 would lower', 'has v0.52.0 already', 'Accepted: v0.52.0 or newer'],
    },
    {
      what: 'an override that another one pushes past',
      overrides: ['golang.org/x/crypto@v0.52.0', 'golang.org/x/net@v0.56.0'],
      says: ['golang.org/x/crypto@v0.52.0 does not stand', 'the other overrides need v0.53.0', 'Accepted: golang'],
    },
  ])('$what', async ({ overrides, says }) => {
    const ended = await asking(['--module-overrides', overrides.join(',')], {});
    expectRefusal(ended, 2, ['error: module-overrides: ', ...says]);
  });

  it('a network', async () => {
    const env = { GOPROXY: `http://127.0.0.1:${await freePort()}`, GOMODCACHE: emptyFolder(HERE, 'no-modules') };
    const ended = await asking([], env);
    expectRefusal(ended, 1, [
      'Could not get pushgateway v1.11.3',
      `Tried GOPROXY=${env.GOPROXY}`,
      'connection refused',
    ]);
  });

  it('a network, where Go has to be fetched', async () => {
    const closed = `http://127.0.0.1:${await freePort()}`;
    const ended = await asking(['--go-version', '1.26.99'], { GOPROXY: closed, GO_DOWNLOAD_BASE_URL: closed });
    expectRefusal(ended, 1, [
      'No way to the official Go 1.26.99',
      'the tool cache: ',
      'PATH: ',
      `${closed}/`,
      'GOPROXY',
    ]);
  });

  it('a go.mod in a folder', async () => {
    const folder = emptyFolder(HERE, 'no-go-mod');
    writeFileSync(join(folder, 'main.go'), 'package main\n');
    const ended = await asking(['--source', folder, '--source-date-epoch', '0'], {});
    expectRefusal(ended, 2, [
      `error: source: The folder ${folder} has no go.mod`,
      'Accepted: a folder with the source',
    ]);
  });

  it('a time of a folder', async () => {
    const ended = await asking(['--source', TREE], {});
    expectRefusal(ended, 2, ['error: source-date-epoch: A folder has no release time', 'Accepted with a folder']);
  });

  it('a commit in a repository', async () => {
    const repository = emptyFolder(HERE, 'repository.git');
    await exec('git', ['init', '--bare', '--quiet', repository]);
    const ended = await asking(['--source', `${repository}#${'a'.repeat(40)}`], {});
    expectRefusal(ended, 2, ['error: source: ', repository, `has no commit ${'a'.repeat(40)}`]);
  });
});

describe('an output folder that is refused', () => {
  const writing = (folder: string) => run(['build', '--platforms', 'linux/amd64', '--output-dir', folder]);
  const expectUnchanged = async (folder: string, says: string[]) => {
    const before = contentOf(HERE);
    expectRefusal(await writing(folder), 2, ['error: output-dir: ', folder, 'Accepted: ', ...says]);
    const withoutStore = (lines: string[] | undefined) => lines?.filter((line) => !line.startsWith('store'));
    expect(withoutStore(contentOf(HERE))).toEqual(withoutStore(before));
  };

  it('is a file', async () => {
    writeFileSync(join(HERE, 'a-file'), 'mine\n');
    await expectUnchanged(join(HERE, 'a-file'), ['is a file']);
  });

  it('lies below a file', async () => {
    writeFileSync(join(HERE, 'b-file'), 'mine\n');
    await expectUnchanged(join(HERE, 'b-file', 'out'), ['lies below one']);
  });

  it('holds something else at the name of a result', async () => {
    const folder = emptyFolder(HERE, 'other-things');
    writeFileSync(join(folder, 'spec.json'), '{}\n');
    await expectUnchanged(folder, ['was not made by a build']);
  });

  it('may not be written to', async () => {
    const folder = emptyFolder(HERE, 'not-writable');
    const args = [PROJECT, 'build', '--platforms', 'linux/amd64', '--output-dir', join(folder, 'out')];
    // Root is asked for no permission unless it gives that up.
    const asMortal = ['--bounding-set=-dac_override,-dac_read_search', process.execPath, ...args];
    const [command, all] = process.getuid?.() === 0 ? ['setpriv', asMortal] : [process.execPath, args];
    await exec('chmod', ['a-w', folder]);
    const env = { ...process.env, TMPDIR: TEMPORARY, PUSHGATEWAY_TTL_CACHE: STORE };
    expectRefusal(await exec(command, all, { env }), 2, [
      ...['error: output-dir: ', join(folder, 'out'), 'cannot be written to (EACCES)'],
      'Accepted: a folder that this user may write to',
    ]);
    expect(contentOf(folder)).toEqual([]);
  });
});

describe('a disk that is full', () => {
  const PLACE = join(HERE, 'small-disk');
  const LISTING = join(HERE, 'listing');
  /** Runs a build with a disk of that size, in kB, mounted for it alone; what is on it afterwards. */
  const onSmallDisk = async (size: number, args: string[], env: Record<string, string>) => {
    emptyFolder(HERE, 'small-disk');
    const script = `mount -t tmpfs -o size=${size}k none "$PLACE" || exit 99
"$@"; code=$?; find "$PLACE" -mindepth 1 > "$LISTING"; exit $code`;
    const all = [
      '-r',
      '--mount',
      'sh',
      '-c',
      script,
      'sh',
      process.execPath,
      PROJECT,
      'build',
      '--smoke-test=false',
      ...args,
    ];
    const world = { PUSHGATEWAY_TTL_CACHE: STORE, TMPDIR: TEMPORARY, PLACE, LISTING };
    const ended = await exec('unshare', [...all, '--platforms', 'linux/amd64'], {
      env: { ...process.env, ...world, ...env },
      cwd: PROJECT,
    });
    return { ended, left: readFileSync(LISTING, 'utf8').split('\n').filter(Boolean) };
  };

  it('under the output folder', async () => {
    const args = ['--output-dir', join(PLACE, 'out')];
    const { ended, left } = await onSmallDisk(1000, args, { PUSHGATEWAY_TTL_CACHE: SHARED_STORE });
    expectRefusal(ended, 1, ['Could not write the image layout: no space is left on the disk', 'Free some space']);
    expect(left).toEqual([]);
  });

  it('under the output folder, near the end', async () => {
    const args = ['--output-dir', join(PLACE, 'out')];
    const { ended, left } = await onSmallDisk(8000, args, { PUSHGATEWAY_TTL_CACHE: SHARED_STORE });
    expectRefusal(ended, 1, ['Could not write', 'no space is left on the disk', 'Free some space']);
    expect(left).toEqual([]);
  });

  it('under the temporary files', async () => {
    const { ended, left } = await onSmallDisk(200, ['--output-dir', OUT], { TMPDIR: PLACE });
    expectRefusal(ended, 1, ['no space is left on the disk', 'Free some space']);
    expect(left).toEqual([]);
    expect(contentOf(OUT)).toBeUndefined();
  });

  it('under the store', async () => {
    const store = join(PLACE, 'store');
    const { ended, left } = await onSmallDisk(400, ['--output-dir', OUT], { PUSHGATEWAY_TTL_CACHE: store });
    expectRefusal(ended, 1, [/no space (is )?left on/]);
    expect(left.filter((path) => /\/(binaries|layers|facts)\//.test(path))).toEqual([]);
    expect(contentOf(OUT)).toBeUndefined();
  });
});

describe('after a refusal', () => {
  it('an earlier result stands, byte for byte', async () => {
    const folder = join(HERE, 'earlier');
    const env = { PUSHGATEWAY_TTL_CACHE: SHARED_STORE };
    const first = await run(['build', '--platforms', 'linux/amd64', '--output-dir', folder], { env });
    expect(first.code).toBe(0);
    const before = contentOf(folder);
    const file = patchFile('misfit.patch', [...MAIN, ...MISFIT]);
    for (const args of [
      ['--labels', 'x'],
      ['--source', 'nowhere'],
      [...ONTO_TREE, '--patches', file],
    ]) {
      expectRefusal(await run(['build', '--output-dir', folder, ...args], { env }), 2, []);
      expect(contentOf(folder)).toEqual(before);
    }
    expect(await wholeResult(folder)).toBe(first.stdout.trim());
  });
});

describe('a folder for the patched tree that is refused', () => {
  it.each([
    { what: 'is not empty', to: () => TREE, says: ['is not empty', 'new or empty'] },
    { what: 'is a file', to: () => join(TREE, 'go.mod'), says: ['is a file', 'new or empty'] },
    { what: 'lies below a file', to: () => join(TREE, 'go.mod', 'x'), says: ['is a file', 'new or empty'] },
    { what: 'is empty text', to: () => '', says: ['empty text', 'new or empty'] },
  ])('$what', async ({ to, says }) => {
    const before = contentOf(TREE);
    expectRefusal(await run(['patch', '--source', TREE, '--to', to()]), 2, ['error: to: ', to(), ...says]);
    expect(contentOf(TREE)).toEqual(before);
  });

  it('is not given', async () => {
    expectRefusal(await run(['patch']), 2, ['--to <folder>', 'not specified']);
  });

  it('a flag that only build has', async () => {
    const ended = await run(['patch', '--to', join(HERE, 'x'), '--platforms', 'linux/amd64']);
    expectRefusal(ended, 2, ['unknown flag --platforms']);
  });
});
