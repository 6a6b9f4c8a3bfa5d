import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exec, freshFolder, PROJECT, SHARED_STORE } from '../support/program.js';

/** What not every command needs, and the function or class by which it is known in the bundle, where names are kept. */
const PARTS = {
  'the S3 client': 'CreateMultipartUploadCommand',
  'the HTTP client': 'HttpClient',
  'the cache service': 'restoreCacheV2',
  'the comparison of images': 'compareLayerLists',
  'the push': 'withoutSetTags',
  'the SBOM': 'JsonSerializer',
} as const;
type Part = keyof typeof PARTS;

/** Whether the function or class is defined there, and not only called. */
const isIn = (name: string, texts: readonly string[]) => texts.some((text) => text.includes(`,"${name}")`));

/** Which parts of the bundle a run loads, and how many bytes of it, by what Node.js itself has noted down. */
async function loadedBy(args: readonly string[], env: Record<string, string> = {}) {
  const notes = freshFolder('loaded');
  const { code, stderr } = await exec(process.execPath, [join(PROJECT, 'dist', 'index.js'), ...args], {
    cwd: PROJECT,
    env: {
      ...process.env,
      GITHUB_ACTIONS: undefined,
      PUSHGATEWAY_TTL_CACHE: SHARED_STORE,
      NODE_V8_COVERAGE: notes,
      ...env,
    },
  });
  const files = new Set<string>();
  for (const note of readdirSync(notes)) {
    const { result } = JSON.parse(readFileSync(join(notes, note), 'utf8')) as { result: { url: string }[] };
    for (const { url } of result) if (url.includes('/dist/')) files.add(basename(url));
  }
  const texts = [...files].map((file) => readFileSync(join(PROJECT, 'dist', file), 'utf8'));
  const parts = (Object.keys(PARTS) as Part[]).filter((part) => isIn(PARTS[part], texts));
  return { code, stderr, parts, bytes: texts.reduce((sum, text) => sum + text.length, 0) };
}

describe('what a command loads', () => {
  it('is the command line alone for --help', async () => {
    const { code, parts, bytes } = await loadedBy(['--help']);
    expect([code, parts]).toEqual([0, []]);
    expect(bytes).toBeGreaterThan(1000);
    expect(bytes).toBeLessThan(100_000);
  });

  it('is no library for registries, buckets, caches or SBOMs for build --dry-run', async () => {
    const { code, stderr, parts, bytes } = await loadedBy(['build', '--dry-run']);
    expect([code, parts], stderr).toEqual([0, []]);
    expect(bytes).toBeLessThan(600_000);
  });

  it('is no more for a build without push, from what is in the store, but for the SBOM', async () => {
    const args = [
      'build',
      '--platforms',
      'linux/amd64',
      '--smoke-test=false',
      '--output-dir',
      join(freshFolder('loaded'), 'out'),
    ];
    const first = await exec(process.execPath, [join(PROJECT, 'dist', 'index.js'), ...args], {
      env: { ...process.env, GITHUB_ACTIONS: undefined, PUSHGATEWAY_TTL_CACHE: SHARED_STORE },
    });
    expect(first.code, first.stderr).toBe(0);
    const { code, stderr, parts, bytes } = await loadedBy(args);
    expect([code, parts], stderr).toEqual([0, ['the SBOM']]);
    expect(bytes).toBeLessThan(800_000);
  });

  it('is neither cache service nor comparison for the action without cache', async () => {
    const env = {
      GITHUB_ACTIONS: 'true',
      RUNNER_TEMP: freshFolder('loaded'),
      INPUT_CACHE: 'false',
      INPUT_PLATFORMS: 'linux/none',
    };
    const { code, parts } = await loadedBy([], env);
    expect(code).toBe(2);
    // @actions/core brings the HTTP client along, for tokens that nobody asks for here.
    expect(parts).toEqual(['the HTTP client']);
  });

  it('is the S3 client for a push to a bucket: the words above are those of the bundle', async () => {
    const env = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
    const call = ['container', 'ls', 's3://bucket?endpoint=http://127.0.0.1:1', '--retries', '0'];
    expect((await loadedBy(call, env)).parts).toContain('the S3 client');
    const compared = await loadedBy(['diff', 'oci:/nowhere', 'oci:/nowhere']);
    expect(compared.parts).toContain('the comparison of images');
    const bundled = readdirSync(join(PROJECT, 'dist')).filter((name) => name.endsWith('.js'));
    const texts = bundled.map((name) => readFileSync(join(PROJECT, 'dist', name), 'utf8'));
    for (const word of Object.values(PARTS)) expect(isIn(word, texts), word).toBe(true);
  });
});
