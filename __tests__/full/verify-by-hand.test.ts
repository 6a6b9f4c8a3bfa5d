import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeFolder, scratch } from '../support/files.js';
import { build, type Ended, exec, freshFolder, mustExec, PROJECT } from '../support/program.js';
import { startSecureRegistry } from '../support/registry.js';
import { type Tampering, tamperedLayout } from '../support/tampered-layout.js';
import { goTool } from '../support/tools.js';

const PAGE = readFileSync(join(PROJECT, 'docs', 'verify-by-hand.md'), 'utf8');

interface Block {
  /** `sh` is run by everybody, `bash` in place of the block before or beside it. */
  readonly language: string;
  readonly commands: string;
  /** The heading above. */
  readonly step: string;
}

const BLOCKS: readonly Block[] = [...PAGE.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map((found) => {
  const [, language = '', commands = ''] = found;
  const step = PAGE.slice(0, found.index).split(/^## /m).at(-1)?.split('\n')[0];
  return { language, commands, step: step ?? '' };
});
const EVERY_SH = BLOCKS.filter(({ language }) => language === 'sh');

const PLACE = freshFolder('by-hand');
/** A repository with this project as it lies here, for `git clone`. */
const REPOSITORY = join(PLACE, 'project');

/** Runs blocks of the page, in order, in one session; what is printed names the step that was reached. */
function session(folder: string, blocks: readonly Block[], env: Record<string, string>): Promise<Ended> {
  mkdirSync(join(folder, 'home'), { recursive: true });
  const script = blocks.map(({ step, commands }) => `echo "## ${step}"\n${commands}`).join('\n');
  const own = { HOME: join(folder, 'home'), PROJECT: REPOSITORY, GITHUB_ACTIONS: undefined };
  return exec('bash', ['-c', script], { cwd: folder, env: { ...process.env, ...own, ...env } });
}

function lastStep({ stdout }: Ended): string | undefined {
  return [...stdout.matchAll(/^## (.*)$/gm)].at(-1)?.[1];
}

/** A folder for a session that finds the modules and compiled packages of an earlier one. */
function warmed(name: string, earlier: string): string {
  const folder = join(PLACE, name);
  mkdirSync(folder);
  for (const cache of ['go-build', 'modules']) symlinkSync(join(earlier, cache), join(folder, cache));
  return folder;
}

async function image(args: readonly string[]): Promise<{ layout: string; digest: string }> {
  const { layout, digest } = await build([...args, '--output-dir', join(freshFolder('by-hand-image'), 'out')]);
  return { layout, digest };
}

function of({ layout, digest }: { layout: string; digest: string }): Record<string, string> {
  return { IMAGE: `oci:${layout}`, DIGEST: digest };
}

beforeAll(async () => {
  await mustExec('git', ['clone', '-q', '--no-hardlinks', PROJECT, REPOSITORY]);
  await mustExec('cp', ['-aT', join(PROJECT, 'patches'), join(REPOSITORY, 'patches')]);
  const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  await mustExec('git', ['-C', REPOSITORY, 'add', '-A']);
  await mustExec('git', ['-C', REPOSITORY, ...who, 'commit', '-q', '--allow-empty', '-m', 'as it lies here']);
});

afterAll(() => removeFolder(PLACE));

describe('docs/verify-by-hand.md', () => {
  const whole = join(PLACE, 'whole');
  let ttl: { layout: string; digest: string };
  let amd64: { layout: string; digest: string };

  beforeAll(async () => {
    ttl = await image(['--platforms', 'linux/amd64,linux/arm/v7']);
    amd64 = await image(['--platforms', 'linux/amd64']);
  }, 600_000);

  it('leads from the reference to the digest, with ttl for amd64 and arm, from empty caches', async () => {
    const ended = await session(whole, EVERY_SH, of(ttl));
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout).toContain(`${ttl.digest} was made from this spec, for amd64 arm/v7\n`);
  }, 600_000);

  it('with raised modules and labels, for arm64, and the compression as well', async () => {
    const modules = ['--module-overrides', 'golang.org/x/crypto@v0.53.0'];
    const labels = [
      '10=ten',
      '9=nine <&> “quoted” \\ "',
      'org.opencontainers.image.source=https://github.com/k0sproject/k0s',
    ];
    const args = [...modules, ...labels.flatMap((label) => ['--labels', label]), '--platforms', 'linux/arm64'];
    const made = await image(args);
    const blocks = BLOCKS.filter(({ language, commands }) => language === 'sh' || commands.includes('python3'));
    expect(blocks).toHaveLength(EVERY_SH.length + 1);
    const ended = await session(join(PLACE, 'raised'), blocks, of(made));
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout).toContain(`${made.digest} was made from this spec, for arm64\n`);
  }, 600_000);

  it('without patches', async () => {
    const made = await image(['--patches', 'none', '--platforms', 'linux/amd64']);
    const ended = await session(warmed('unpatched', whole), EVERY_SH, of(made));
    expect(ended.code, ended.stderr).toBe(0);
    expect(ended.stdout).toContain(`${made.digest} was made`);
  }, 600_000);

  /** Changes a byte that many bytes stand behind a text. */
  const flip = (text: string, distance: number) => (archive: Buffer) => {
    const at = archive.indexOf(text) + distance;
    archive[at] = (archive[at] ?? 0) ^ 1;
    return archive;
  };
  const setuid = (archive: Buffer) => {
    const header = archive.subarray(archive.indexOf('usr/local/bin/pushgateway\0')).subarray(0, 512);
    header.write('0004755', 100, 'latin1');
    header.fill(' ', 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    return archive;
  };
  /** What was done, and the step that finds it. */
  const TAMPERINGS: [string, Tampering, string][] = [
    ['a byte of the binary', { layer: flip('usr/local/bin/pushgateway\0', 5_000_000) }, '6. Compile'],
    ['a byte of a licence', { layer: flip('pushgateway/LICENSE\0', 1000) }, '7. Make the layer'],
    ['a setuid bit', { layer: setuid }, '7. Make the layer'],
    ['root as the user', { config: (text) => text.replace('"65534"', '"0"') }, '8. Write config, manifest and index'],
    [
      'an annotation',
      { manifest: (text) => text.replace(/}$/, ',"annotations":{"a":"b"}}') },
      '8. Write config, manifest and index',
    ],
    [
      'an annotation of the index',
      { index: (text) => text.replace(/}$/, ',"annotations":{"a":"b"}}') },
      '8. Write config, manifest and index',
    ],
    [
      'a spec that names another version',
      { config: (text) => text.replaceAll('1.11.3+ttl.1', '1.11.4+ttl.1') },
      '6. Compile',
    ],
    [
      'a spec with flags in its version',
      { config: (text) => text.replaceAll('1.11.3+ttl.1', '1 -o=x') },
      '3. Read the spec',
    ],
    ['a spec with another sum', { config: (text) => text.replace('h1:aQ', 'h1:bQ') }, '5. Have the source'],
    ['a spec with other patches', { config: (text) => text.replace('7a0bfb', '7a0bfc') }, '5. Have the source'],
  ];

  it.each(TAMPERINGS)(
    'finds %s',
    async (name, tampering, step) => {
      const layout = join(scratch(), 'layout');
      const digest = tamperedLayout(amd64.layout, layout, tampering);
      expect(digest).not.toBe(amd64.digest);
      const ended = await session(warmed(name, whole), EVERY_SH, of({ layout, digest }));
      expect(ended.code).not.toBe(0);
      expect(lastStep(ended), ended.stderr).toBe(step);
      expect(ended.stdout).not.toContain('was made from this spec');
      if (name === 'a byte of the binary') expect(ended.stdout).toMatch(/pushgateway differ: (byte|char) \d+/);
    },
    600_000,
  );

  it('finds another image behind the reference', async () => {
    const ended = await session(join(PLACE, 'other'), EVERY_SH, { ...of(amd64), DIGEST: ttl.digest });
    expect(ended.code).not.toBe(0);
    expect(lastStep(ended)).toBe('2. Fetch it');
  });

  it.each(['skopeo', 'crane', 'curl'])('fetches the same with %s', async (tool) => {
    const { host, url } = await startSecureRegistry(join(scratch(), 'registry'));
    const name = `${host}/k0sproject/pushgateway-ttl`;
    const to = [`docker://${name}:latest`, '--dest-tls-verify=false'];
    await mustExec('skopeo', ['copy', '-q', '--all', '--preserve-digests', `oci:${ttl.layout}`, ...to]);
    const ways = BLOCKS.filter(({ step, commands }) => step === '2. Fetch it' && commands.includes(`${tool} `));
    expect(ways).toHaveLength(1);
    const rest = EVERY_SH.filter(({ step, commands }) => step === '2. Fetch it' && !commands.includes('skopeo '));
    const first = EVERY_SH.filter(({ step }) => step.startsWith('1. '));
    const folder = scratch();
    const plain = ways.map((way) => ({
      ...way,
      commands: way.commands.replace('-q --all', '-q --all --src-tls-verify=false'),
    }));
    const PATH = `${dirname(goTool('crane'))}${delimiter}${process.env.PATH}`;
    const env = { IMAGE: `docker://${name}@${ttl.digest}`, REGISTRY: url, PATH };
    const ended = await session(folder, [...first, ...plain, ...rest], env);
    expect(ended.code, ended.stderr).toBe(0);
    const blobs = (layout: string) => readdirSync(join(layout, 'blobs', 'sha256')).sort();
    expect(blobs(join(folder, 'image'))).toEqual(blobs(ttl.layout));
    expect(ended.stdout).toMatch(/^amd64 sha256:.*\narm\/v7 sha256:/m);
  });

  it('names the digest that the tests hold, and every setting and flag of build-spec.md', () => {
    const golden = JSON.parse(readFileSync(join(PROJECT, '__tests__', 'integration', 'golden-digests.json'), 'utf8'));
    const { digest } = golden.find((one: { name: string }) => one.name.endsWith('the default'));
    expect(PAGE).toContain(`docker://ghcr.io/k0sproject/pushgateway-ttl@${digest}`);
    const definition = readFileSync(join(PROJECT, 'docs', 'build-spec.md'), 'utf8').replaceAll('\n', ' ');
    const words = (text: string) => text.match(/\b(?:CGO_ENABLED|GO[A-Z0-9]+)=\S*|-[a-z]+=\S+|-trimpath/g) ?? [];
    const environment = /`(CGO_ENABLED=[^`]*)`/.exec(definition)?.[1] ?? '';
    const command = / {4}go build .*? -ldflags/.exec(definition)?.[0] ?? '';
    const all = [...words(environment), ...words(command)].filter((word) => word !== 'GOTOOLCHAIN=local');
    expect(all.length).toBeGreaterThan(20);
    for (const word of all) expect(` ${PAGE.replaceAll('\n', ' ')}`).toContain(` ${word} `);
  });
});
