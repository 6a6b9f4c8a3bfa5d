import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe } from 'vitest';
import { type Digest, digestOf, hexOf } from '../../src/base/hash.js';
import { readLayout } from '../integration/folders.js';
import { tamperedLayout } from '../support/tampered-layout.js';
import { type FaultCase, SECRETS, tryAll } from './case.js';
import { type Ground, prepareGround, type Site } from './site.js';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});

/** Makes a layout at `to` from a good one. */
type Make = (from: string, to: string) => unknown;

const blobAt = (layout: string, digest: string) => join(layout, 'blobs', 'sha256', hexOf(digest as Digest));
const layerOf = (layout: string) => blobAt(layout, readLayout(layout).children[0]?.manifest.layers[0]?.digest ?? '');

/** A copy in which one file is another. */
const changed =
  (change: (layout: string) => unknown): Make =>
  (from, to) => {
    cpSync(from, to, { recursive: true, dereference: true });
    change(to);
  };

/** A copy in which documents are others, and every digest fits. */
const tampered =
  (tampering: Parameters<typeof tamperedLayout>[2]): Make =>
  (from, to) =>
    tamperedLayout(from, to, tampering);

function wrapped(layout: string, times: number): void {
  const file = join(layout, 'index.json');
  for (let i = 0; i < times; i++) {
    const index = readFileSync(file);
    writeFileSync(join(layout, 'blobs', 'sha256', hexOf(digestOf(index))), index);
    const mediaType = 'application/vnd.oci.image.index.v1+json';
    const entry = { mediaType, digest: digestOf(index), size: index.length };
    writeFileSync(file, JSON.stringify({ schemaVersion: 2, mediaType, manifests: [entry] }));
  }
}

/** What is wrong with a layout, and where each command ends for it. */
interface Kind {
  readonly says: RegExp;
  /** Of diff, merge, verify and push. */
  readonly codes: readonly [Code, Code, Code, Code];
}

type Code = FaultCase['code'];

const NO_LAYOUT: Kind = { says: /holds no OCI image layout. Accepted: oci:FOLDER/, codes: [2, 2, 2, 2] };
/** An image can be opened, and what is in it is not fit to be read. */
const broken = (says: RegExp): Kind => ({ says, codes: [1, 1, 1, 1] });
/** Verify comes to the spec first, which is not of a source that it would rebuild from. */
const incomplete = (says: RegExp): Kind => ({ says, codes: [1, 1, 3, 1] });

const LAYOUTS: readonly (readonly [string, Make, Kind])[] = [
  ['that has no index.json', changed((layout) => rmSync(join(layout, 'index.json'))), NO_LAYOUT],
  [
    'whose index.json is a folder',
    changed((layout) => {
      rmSync(join(layout, 'index.json'));
      mkdirSync(join(layout, 'index.json'));
    }),
    NO_LAYOUT,
  ],
  [
    'whose index.json is a pipe',
    changed((layout) => {
      rmSync(join(layout, 'index.json'));
      execFileSync('mkfifo', [join(layout, 'index.json')]);
    }),
    NO_LAYOUT,
  ],
  [
    'whose index.json leads out of it',
    changed((layout) => {
      const text = readFileSync(join(layout, 'index.json'), 'utf8');
      writeFileSync(join(layout, 'index.json'), text.replace(/sha256:[0-9a-f]{64}/, 'sha256:../../../../etc/passwd'));
    }),
    { ...NO_LAYOUT, says: /an entry whose digest or size has no valid form/ },
  ],
  ['whose index is in an index in an index', changed((layout) => wrapped(layout, 20)), broken(/an index of its own/)],
  [
    'whose manifest has a key twice',
    tampered({ manifest: (text) => text.replace('{', '{"schemaVersion":2,') }),
    broken(/the key schemaVersion is there twice/),
  ],
  [
    'whose manifest says that a layer is of petabytes',
    tampered({ manifest: (text) => text.replace(/("layers":.*?"size":)\d+/, '$19007199254740993') }),
    broken(/layers\[0\]\.size is 9007199254740993, not a whole number/),
  ],
  [
    'whose manifest leads out of it',
    tampered({ manifest: (text) => text.replace(/("layers":.*?sha256:)[0-9a-f]{64}/, '$1../../../../../etc/passwd') }),
    broken(/is "sha256:\.\.\/\S+ not a sha256 digest/),
  ],
  [
    'whose config is a hundred thousand lists deep',
    tampered({ config: () => `${'['.repeat(100_000)}${']'.repeat(100_000)}` }),
    incomplete(/nested over 64 levels deep/),
  ],
  ['that has no layer', changed((layout) => rmSync(layerOf(layout))), incomplete(/the blob sha256:[0-9a-f]{64}/)],
  [
    'whose layer is cut',
    changed((layout) => {
      const path = layerOf(layout);
      writeFileSync(path, readFileSync(path).subarray(0, statSync(path).size >> 1));
    }),
    incomplete(/the blob sha256:[0-9a-f]{64}/),
  ],
  [
    'whose layer has another byte',
    changed((layout) => {
      const bytes = readFileSync(layerOf(layout));
      const middle = bytes.length >> 1;
      bytes[middle] = (bytes[middle] ?? 0) ^ 1;
      writeFileSync(layerOf(layout), bytes);
    }),
    incomplete(/the blob sha256:[0-9a-f]{64}/),
  ],
  [
    'whose layer is a link out of it',
    changed((layout) => {
      const path = layerOf(layout);
      rmSync(path);
      symlinkSync('/etc/passwd', path);
    }),
    incomplete(/the blob sha256:[0-9a-f]{64}/),
  ],
  [
    'whose layer is a pipe',
    changed((layout) => {
      const path = layerOf(layout);
      rmSync(path);
      execFileSync('mkfifo', [path]);
    }),
    incomplete(/the blob sha256:[0-9a-f]{64}/),
  ],
];

const BUCKET = 's3://downloads?endpoint=http://127.0.0.1:1&region=x&s3ForcePathStyle=true';

/** Commands that read a layout. */
const COMMANDS: readonly (readonly [string, (bad: string, site: Site) => string[]])[] = [
  ['diff', (bad, site) => ['diff', `oci:${site.layout}`, `oci:${bad}`]],
  ['merge', (bad, site) => ['merge', bad, '--smoke-test=false', `--output-dir=${site.out}`]],
  ['verify', (bad, site) => ['verify', `oci:${bad}`, '--report-dir', join(site.folder, 'report')]],
  ['container push', (bad) => ['container', 'push', '-t', 'app:1', bad, BUCKET, '--retries=0']],
];

const CASES: readonly FaultCase[] = COMMANDS.flatMap(([command, args], position) =>
  LAYOUTS.map(([name, make, { says, codes }]) => ({
    name: `${command} of a layout ${name}`,
    code: codes[position] ?? 1,
    says: command === 'verify' && codes[position] === 3 ? [/not-performed/] : [says],
    fault: (site: Site) => {
      const bad = join(site.folder, 'bad', 'oci');
      mkdirSync(join(site.folder, 'bad'));
      make(site.layout, bad);
      return { args: args(bad, site), env: { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: SECRETS[0] } };
    },
  })),
);

describe('hostile layouts', () => tryAll(CASES, () => ground));
