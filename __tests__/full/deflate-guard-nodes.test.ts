import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assembleImages } from '../../src/image/build-image.js';
import { DEFLATE_CORPUS } from '../../src/image/deflate-corpus.js';
import { compileWorkerEntry, output, python, sampleBytes } from '../image/helpers.js';
import { removeFolder } from '../support/files.js';

// What docs/image-format.md says of other implementations of deflate, measured. Needs npm and pip and the network;
// fails, naming the part, where one is missing.

let folder: string;
let digest: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'deflate-nodes-'));
  compileWorkerEntry(folder);
  const binaryPath = join(folder, 'binary');
  writeFileSync(binaryPath, sampleBytes(3_000_000));
  const platforms = ['amd64', 'arm64'].map((architecture) => {
    return { platform: { os: 'linux', architecture }, binaryPath, docs: [], labels: [] };
  });
  const layoutDir = join(folder, 'layout');
  ({
    index: { digest },
  } = await assembleImages({ platforms, epochSeconds: 5, layoutDir, engine: 'pako' }));
  writeFileSync(
    join(folder, 'assemble.mjs'),
    `import { assembleImages } from './lib/image/build-image.js';
import { setWorkerEntry } from './lib/image/compress.js';
import { chooseEngine } from './lib/image/deflate-guard.js';
setWorkerEntry(new URL('entry.js', import.meta.url));
const binaryPath = new URL('binary', import.meta.url).pathname;
const platforms = ['amd64', 'arm64'].map((architecture) => (
  { platform: { os: 'linux', architecture }, binaryPath, docs: [], labels: [] }));
const { index } = await assembleImages({ platforms, epochSeconds: 5, layoutDir: process.argv[2] });
console.log(JSON.stringify({ digest: index.digest, engine: chooseEngine() }));
`,
  );
  for (const { name, make } of DEFLATE_CORPUS) writeFileSync(join(folder, name), make());
  writeFileSync(
    join(folder, 'probe.mjs'),
    `import { deflateRawSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
console.log(JSON.stringify(process.argv.slice(2).map((name) => createHash('sha256').update(deflateRawSync(
  readFileSync(new URL(name, import.meta.url)), { level: 6, windowBits: 15, memLevel: 8, strategy: 0 })).digest('hex'))));
`,
  );
});

afterAll(() => removeFolder(folder));

/** The names of the samples that come out otherwise than from the reference zlib. */
function differing(answers: string[]): string[] {
  expect(answers).toHaveLength(DEFLATE_CORPUS.length);
  return DEFLATE_CORPUS.filter(({ answer }, i) => answers[i] !== answer).map(({ name }) => name);
}

/** A Node of npm: the samples that differ, the engine that our code takes there, and whether its digest is ours. */
function ofNode(version: string): { differs: string[]; engine: string; sameDigest: boolean } {
  const home = join(folder, `node-${version}`);
  output('npm', ['install', '--no-audit', '--no-fund', '--prefix', home, `node@${version}`]);
  const node = join(home, 'node_modules/node/bin/node');
  const names = DEFLATE_CORPUS.map(({ name }) => name);
  const differs = differing(JSON.parse(output(node, [join(folder, 'probe.mjs'), ...names]).toString()));
  const assembled = JSON.parse(output(node, [join(folder, 'assemble.mjs'), join(home, 'layout')]).toString());
  return { differs, engine: assembled.engine, sameDigest: assembled.digest === digest };
}

const CHROMIUM = ['short', 'runs', 'noise', 'code', 'words', 'far'];

describe('the corpus of the deflate guard', () => {
  it('agrees with Node 20.9.0, which has the reference hash', () => {
    expect(ofNode('20.9.0')).toEqual({ differs: [], engine: 'node', sameDigest: true });
  }, 300_000);

  it('tells Node 20.0.0, whose bytes depend on the processor', () => {
    const { differs, engine, sameDigest } = ofNode('20.0.0');
    // Which samples differ depends on the processor; that one does is what counts.
    expect(differs).not.toEqual([]);
    expect({ engine, sameDigest }).toEqual({ engine: 'pako', sameDigest: true });
  }, 300_000);

  it.each(['20', '22', '24', '26'])(
    "tells Chromium's fork in npm's newest Node %s",
    (version) => {
      expect(ofNode(version)).toEqual({ differs: CHROMIUM, engine: 'pako', sameDigest: true });
    },
    300_000,
  );

  it('tells zlib-ng', () => {
    const target = join(folder, 'zlib-ng');
    output('python3', ['-m', 'pip', 'install', '--quiet', '--target', target, 'zlib-ng']);
    const answers = python(
      `import sys,json,hashlib,os
sys.path.insert(0,sys.argv[1])
from zlib_ng import zlib_ng
def answer(name):
    c=zlib_ng.compressobj(6,zlib_ng.DEFLATED,-15,8,zlib_ng.Z_DEFAULT_STRATEGY)
    return hashlib.sha256(c.compress(open(os.path.join(sys.argv[2],name),'rb').read())+c.flush()).hexdigest()
print(json.dumps([answer(n) for n in sys.argv[3:]]))`,
      '',
      target,
      folder,
      ...DEFLATE_CORPUS.map(({ name }) => name),
    );
    expect(differing(JSON.parse(answers.toString()))).toEqual(CHROMIUM);
  }, 300_000);
});
