import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, createDeflateRaw, gzipSync } from 'node:zlib';
import { digestOf, sha256Hex } from '../../src/base/hash.js';
import type { CauseId, Difference } from '../../src/verify/difference.js';
import type { Verdict } from '../../src/verify/verdict.js';
import { blobOf, type ImageParts, type Json, rootOf, type TakenApart } from '../support/taken-apart.js';
import { pax, type RawEntry, raw } from '../verify/archives.js';

/** What was done to a good image, and what must be said of it. */
export interface Tampering {
  readonly title: string;
  /** So that all fits together again, but for what the change says otherwise. */
  readonly change?: (image: TakenApart) => void;
  /** What is done to the files of the layout then. */
  readonly after?: (layout: string) => void | Promise<void>;
  readonly verdict: Exclude<Verdict, 'reproducible' | 'not-performed'>;
  readonly cause: CauseId | undefined;
  /** Where the report must say that it is. */
  readonly where: RegExp;
  /** What it must say of that place, of either side. */
  readonly says?: RegExp;
  readonly level: Difference['level'];
}

const BINARY = 'usr/local/bin/pushgateway';
const GIB = 1024 ** 3;

/** The image for linux/amd64, the first of the index. */
function first({ images }: TakenApart): ImageParts {
  const [image] = images;
  if (!image) throw new Error('there is no image');
  return image;
}

function layerOf(image: TakenApart, position = 0) {
  const layer = first(image).layers[position];
  if (!layer) throw new Error(`there is no layer ${position}`);
  return layer;
}

/** Changes the archive of the layer that has the binary. */
const inLayer = (change: (archive: Buffer) => Buffer) => (image: TakenApart) => {
  const layer = layerOf(image);
  layer.archive = change(Buffer.from(layer.archive));
};

/** Puts entries before the first one. */
const withEntries = (...entries: (RawEntry | Buffer)[]) =>
  inLayer((archive) =>
    Buffer.concat([...entries.map((entry) => (Buffer.isBuffer(entry) ? entry : raw(entry))), archive]),
  );

/** Where the header of an entry begins. */
function headerAt(archive: Buffer, name: string): number {
  for (let at = 0; at < archive.length; ) {
    const found = archive.toString('latin1', at, archive.indexOf(0, at));
    if (found === name) return at;
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 135), 8);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`there is no ${name}`);
}

/** Writes into the header of an entry, and its checksum anew. */
const inHeader = (name: string, at: number, text: string) =>
  inLayer((archive) => {
    const start = headerAt(archive, name);
    const header = archive.subarray(start, start + 512);
    header.write(text, at, 'latin1');
    header.fill(' ', 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    return archive;
  });

const inConfig = (change: (config: Json) => void) => (image: TakenApart) => change(first(image).config.json);
const lyingManifest = (lie: (manifest: Json) => void) => (image: TakenApart) => {
  first(image).manifest.finish = lie;
};
const lyingIndex = (lie: (index: Json) => void) => (image: TakenApart) => {
  image.index.finish = lie;
};

/** Changes bytes of a text in a document, where JSON itself would not allow it. */
const inBytes = (of: 'config' | 'manifest', from: string, to: Buffer | string) => (image: TakenApart) => {
  first(image)[of].bytes = (bytes) => {
    const at = bytes.indexOf(from);
    if (at < 0) throw new Error(`there is no ${from}`);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(to as string), bytes.subarray(at + from.length)]);
  };
};

/** Path of a layer of the first image. */
function layerPath(layout: string, position = 0): string {
  return blobOf(layout, manifestOf(layout).layers[position].digest);
}

function manifestOf(layout: string): Json {
  const index = JSON.parse(readFileSync(blobOf(layout, rootOf(layout)), 'utf8'));
  return JSON.parse(readFileSync(blobOf(layout, index.manifests[0].digest), 'utf8'));
}

const content = (
  title: string,
  cause: CauseId | undefined,
  level: Difference['level'],
  where: RegExp,
  how: Pick<Tampering, 'change' | 'after' | 'says'>,
): Tampering => ({ title, verdict: 'content-differs', cause, level, where, ...how });

const metadata = (
  title: string,
  cause: CauseId | undefined,
  level: Difference['level'],
  where: RegExp,
  how: Pick<Tampering, 'change' | 'after' | 'says'>,
): Tampering => ({ title, verdict: 'metadata-differs', cause, level, where, ...how });

const BINARIES: readonly Tampering[] = [
  content('a bit of a text in the binary', 'files', 'binary', /^usr\/local\/bin\/pushgateway: \.rodata/, {
    change: inLayer((archive) => {
      const at = archive.indexOf('the program greets');
      archive[at] = (archive[at] ?? 0) ^ 1;
      return archive;
    }),
  }),
  content('a bit of the code of the binary', 'files', 'binary', /^usr\/local\/bin\/pushgateway: \.text.*function/, {
    change: inLayer((archive) => {
      const at = headerAt(archive, BINARY) + 512 + 0x1000 + 3000; // of the segment with the code
      archive[at] = (archive[at] ?? 0) ^ 1;
      return archive;
    }),
  }),
  content('the setuid bit', 'files', 'file', /usr\/local\/bin\/pushgateway/, {
    change: inHeader(BINARY, 100, '0004755'),
    says: /4755/,
  }),
  content('a file that all may write', 'files', 'file', /usr\/local\/bin\/pushgateway/, {
    change: inHeader(BINARY, 100, '0000777'),
    says: /0?777/,
  }),
  content('another owner', 'files', 'file', /usr\/local\/bin\/pushgateway/, {
    change: inHeader(BINARY, 108, '0001750'),
    says: /1000/,
  }),
  content('capabilities of the binary', 'files', 'file', /usr\/local\/bin\/pushgateway/, {
    change: inLayer((archive) => {
      const at = headerAt(archive, BINARY);
      const records = pax({ 'SCHILY.xattr.security.capability': '\x01\x00\x00\x02\x00\x20\x00\x00' });
      return Buffer.concat([archive.subarray(0, at), records, archive.subarray(at)]);
    }),
    says: /security\.capability/,
  }),
  content('the binary a second time, which wins', 'hostile', 'tar', /usr\/local\/bin\/pushgateway/, {
    change: withEntries({ name: BINARY, mode: 0o755, content: '#!/bin/evil\n' }),
    says: /once more/,
  }),
];

const ENTRIES: readonly Tampering[] = [
  content('another file in the layer', 'files', 'file', /^etc\/ld\.so\.preload$/, {
    change: withEntries({ name: 'etc/ld.so.preload', content: '/tmp/evil.so\n' }),
  }),
  content('a link to the host', 'files', 'file', /var\/run\/x/, {
    change: withEntries({ name: 'var/run/x', type: '2', link: '/../../etc/passwd' }),
  }),
  content('a device', 'files', 'file', /dev\/sda/, {
    change: withEntries({ name: 'dev/sda', type: '4', dev: '0000010\x000000000\0' }),
  }),
  content('a file removed from the layers below', 'files', 'file', /etc/, {
    change: withEntries({ name: 'etc/.wh.passwd' }),
  }),
  content('a name that leaves the folder', 'hostile', 'tar', /\.\.\/\.\.\/etc\/cron\.d\/x/, {
    change: withEntries({ name: '../../etc/cron.d/x', content: '* * * * * root evil\n' }),
  }),
  content('an absolute name', 'hostile', 'tar', /etc\/cron\.d\/x/, {
    change: withEntries({ name: '/etc/cron.d/x', content: '* * * * * root evil\n' }),
  }),
  content('a sparse file of 10 GB, as GNU tar writes them', 'hostile', 'tar', /huge/, {
    change: withEntries({
      name: 'huge',
      type: 'S',
      magic: 'ustar  \0',
      content: 'x'.repeat(512),
      patch: [
        [386, '00000000000\x0000000001000\x00'],
        [483, '120000000000'],
      ],
    }),
    says: /10737418240/,
  }),
  content('a sparse file of 10 GB, as PAX has them', 'hostile', 'tar', /huge/, {
    change: withEntries(
      pax({
        'GNU.sparse.major': '1',
        'GNU.sparse.minor': '0',
        'GNU.sparse.name': 'huge',
        'GNU.sparse.realsize': String(10 * GIB),
      }),
      { name: 'GNUSparseFile.0/huge', content: `1\n0\n1\n${'\0'.repeat(506)}x` },
    ),
    says: /10737418240/,
  }),
  content('a file that says it has 10 GB', 'hostile', 'tar', /layer 1/, {
    change: withEntries({ name: 'huge', size: '120000000000' }),
    says: /10737418240|8589934592/,
  }),
  content('a file that says it has more than there is', 'damaged', 'tar', /layer 1/, {
    change: withEntries({ name: 'huge', size: 1_000_000_000 }),
    says: /huge/,
  }),
  content('a number in a header that is none', 'damaged', 'tar', /layer 1/, {
    change: withEntries({ name: 'x', size: '99999999999' }),
  }),
  content('bytes behind the end of the archive', 'hostile', 'tar', /layer 1/, {
    change: inLayer((archive) => Buffer.concat([archive, raw({ name: 'etc/x', content: 'x' })])),
  }),
  metadata('another time of a file', 'epoch', 'tar', /mtime/, {
    change: inHeader(BINARY, 136, '14524770000'),
  }),
  metadata('names of owners', 'tar-format', 'tar', /owner/, {
    change: inHeader(BINARY, 265, 'evil'),
    says: /evil/,
  }),
];

const LAYERS: readonly Tampering[] = [
  metadata('layers in another order', 'layers', 'layer', /layer/, {
    change: (image) => void first(image).layers.reverse(),
  }),
  content('another layer', 'files', 'file', /etc\/x/, {
    change: (image) => {
      const archive = Buffer.concat([raw({ name: 'etc/x', content: 'x' }), Buffer.alloc(1024)]);
      first(image).layers.push({ archive, mediaType: layerOf(image).mediaType });
    },
  }),
  content('another layer with nothing in it but a whiteout', 'files', 'file', /pushgateway/, {
    change: (image) => {
      const archive = Buffer.concat([raw({ name: 'usr/local/bin/.wh.pushgateway' }), Buffer.alloc(1024)]);
      first(image).layers.push({ archive, mediaType: layerOf(image).mediaType });
    },
  }),
  {
    ...metadata('a layer that was compressed again', 'compressor', 'layer', /layer 1/, {
      change: (image) => {
        layerOf(image).packed = gzipSync(layerOf(image).archive, { level: 1 });
      },
    }),
    verdict: 'compression-differs',
  },
  content('a layer that was cut short', 'damaged', 'layer', /layer 1/, {
    after: (layout) => truncateSync(layerPath(layout), 1000),
    says: /1000 bytes/,
  }),
  content('a layer of other bytes under its name', 'damaged', 'layer', /layer 2/, {
    after: (layout) => {
      const bytes = readFileSync(layerPath(layout, 1));
      bytes[20] = (bytes[20] ?? 0) ^ 1;
      writeFileSync(layerPath(layout, 1), bytes);
    },
  }),
  content('a layer that is no archive', 'damaged', 'tar', /layer 1/, {
    change: (image) => {
      layerOf(image).packed = gzipSync('evil'.repeat(1000));
    },
  }),
  content('a layer whose stream is broken', 'damaged', 'layer', /layer 1/, {
    change: (image) => {
      const packed = gzipSync(layerOf(image).archive);
      packed.fill(0xff, packed.length >> 1, (packed.length >> 1) + 64);
      layerOf(image).packed = packed;
    },
  }),
  content('bytes behind the compressed stream', 'damaged', 'layer', /layer 1/, {
    change: (image) => {
      layerOf(image).packed = Buffer.concat([gzipSync(layerOf(image).archive), Buffer.from('evil')]);
    },
  }),
  content('a zip bomb of 10 GB', 'hostile', 'layer', /layer 1/, {
    change: (image) => {
      layerOf(image).packed = bombOf(100);
    },
    says: /over 200 times what went in/,
  }),
  content('310,000 files', 'hostile', 'tar', /^layer 1$/, {
    change: (image) => {
      layerOf(image).packed = manyFiles('a', 310);
    },
    says: /more than 300000 entries/,
  }),
  content('a diffID that is not that of the layer', 'damaged', 'layer', /diffID/, {
    change: (image) => {
      first(image).config.finish = (config) => {
        config.rootfs.diff_ids[0] = `sha256:${'0'.repeat(64)}`;
      };
    },
  }),
  content('a diffID too few', 'damaged', 'layer', /diffID/, {
    change: (image) => {
      first(image).config.finish = (config) => config.rootfs.diff_ids.pop();
    },
  }),
  content('200 layers', 'hostile', 'manifest', /manifest/, {
    change: (image) => {
      const layer = layerOf(image, 1);
      first(image).layers.push(...Array.from({ length: 200 }, () => ({ ...layer })));
    },
    says: /202 layers/,
  }),
  metadata('another media type of a layer', 'media-types', 'manifest', /layer/, {
    change: (image) => {
      layerOf(image).mediaType = 'application/vnd.docker.image.rootfs.diff.tar.gzip';
    },
  }),
  metadata('a media type that lies about the compression', 'media-types', 'layer', /layer 1/, {
    change: (image) => {
      layerOf(image).mediaType = 'application/vnd.oci.image.layer.v1.tar';
      layerOf(image).packed = gzipSync(layerOf(image).archive);
    },
  }),
  content('a layer that is fetched from elsewhere', 'hostile', 'manifest', /manifest/, {
    change: lyingManifest((manifest) => {
      manifest.layers[0].urls = ['http://169.254.169.254/latest/meta-data'];
    }),
    says: /169\.254\.169\.254/,
  }),
  content('a layer of 9 GB', 'hostile', 'layer', /layer 1/, {
    change: lyingManifest((manifest) => {
      manifest.layers[0].size = 9 * GIB;
    }),
    after: (layout) => truncateSync(layerPath(layout), 9 * GIB), // a hole
    says: /9663676416/,
  }),
];

const behaviour = (title: string, where: RegExp, change: (config: Json) => void) =>
  content(title, 'behaviour', 'config', where, { change: inConfig(({ config }) => change(config)) });

const CONFIGS: readonly Tampering[] = [
  behaviour('another entrypoint', /config\.Entrypoint/, (config) => {
    config.Entrypoint = ['/bin/sh'];
  }),
  behaviour('another command', /config\.Cmd/, (config) => {
    config.Cmd = ['--web.enable-admin-api'];
  }),
  behaviour('another user', /config\.User/, (config) => {
    config.User = '0';
  }),
  behaviour('another environment', /config\.Env/, (config) => {
    config.Env = ['LD_PRELOAD=/tmp/evil.so'];
  }),
  behaviour('another port', /config\.ExposedPorts/, (config) => {
    config.ExposedPorts = { '22/tcp': {} };
  }),
  behaviour('a volume', /config\.Volumes/, (config) => {
    config.Volumes = { '/etc': {} };
  }),
  behaviour('another working folder', /config\.WorkingDir/, (config) => {
    config.WorkingDir = '/tmp';
  }),
  behaviour('a trigger of later builds', /config\.OnBuild/, (config) => {
    config.OnBuild = ['RUN evil'];
  }),
  behaviour('a health check', /config\.Healthcheck/, (config) => {
    config.Healthcheck = { Test: ['CMD', '/bin/evil'] };
  }),
  metadata('another label', 'labels', 'config', /config\.Labels\["com\.example\.a"\]/, {
    change: inConfig(({ config }) => {
      config.Labels['com.example.a'] = 'evil';
    }),
    says: /evil/,
  }),
  metadata('one more label', 'labels', 'config', /config\.Labels\.maintainer/, {
    change: inConfig(({ config }) => {
      config.Labels.maintainer = 'evil';
    }),
  }),
  metadata('another time', 'epoch', 'config', /created/, {
    change: inConfig((config) => {
      config.created = '2000-01-01T00:00:00Z';
    }),
    says: /2000-01-01/,
  }),
  metadata('another history', 'history', 'config', /history/, {
    change: inConfig((config) => {
      config.history = [{ created_by: 'evil' }, { created_by: 'evil' }];
    }),
  }),
  metadata('an author', 'config-keys', 'config', /author/, {
    change: inConfig((config) => {
      config.author = 'evil';
    }),
    says: /evil/,
  }),
  content('another architecture in the config', 'behaviour', 'config', /architecture/, {
    change: inConfig((config) => {
      config.architecture = 'ppc64le';
    }),
  }),
  content('a config that is not UTF-8', 'damaged', 'config', /config/, {
    change: inBytes('config', '"com.example.a":"b"', Buffer.from('"com.example.a":"\xff\xfe"', 'latin1')),
    says: /UTF-8/,
  }),
  content('a key twice in the config', 'hostile', 'config', /config/, {
    change: inBytes('config', '"User":', '"User":"0","User":'),
    says: /User/,
  }),
  content('a key in other letters', 'hostile', 'config', /config/, {
    change: inBytes('config', '"User":', '"user":"0","User":'),
    says: /user/,
  }),
  content('a config that is nested without end', 'hostile', 'config', /config/, {
    change: inBytes('config', '"config":{', `"x":${'['.repeat(100_000)}${']'.repeat(100_000)},"config":{`),
  }),
  content('a config that is cut short', 'damaged', 'config', /config/, {
    after: (layout) => truncateSync(blobOf(layout, manifestOf(layout).config.digest), 10),
  }),
  content('a label of 1 GB', 'hostile', 'config', /config/, {
    change: lyingManifest((manifest) => {
      manifest.config.size = GIB;
    }),
    after: (layout) => truncateSync(blobOf(layout, manifestOf(layout).config.digest), GIB), // a hole behind it
    says: /1073741824/,
  }),
  content('a label of 1 GB that is not told', 'damaged', 'config', /config/, {
    after: (layout) => truncateSync(blobOf(layout, manifestOf(layout).config.digest), GIB),
    says: /1073741824/,
  }),
];

const DOCUMENTS: readonly Tampering[] = [
  content('a key twice in the manifest', 'hostile', 'manifest', /manifest/, {
    change: inBytes('manifest', '"layers":', '"layers":[],"layers":'),
    says: /layers/,
  }),
  content('a manifest that is an index, too', 'hostile', 'manifest', /manifest/, {
    change: lyingManifest((manifest) => {
      manifest.manifests = [];
    }),
  }),
  metadata('an annotation of the manifest', 'annotations', 'manifest', /annotations/, {
    change: ({ images: [image] }) => {
      if (image) image.manifest.json.annotations = { evil: 'yes' };
    },
  }),
  metadata('the same manifest, written otherwise', 'key-order', 'manifest', /manifest/, {
    change: (image) => {
      first(image).manifest.bytes = (bytes) => Buffer.from(JSON.stringify(JSON.parse(bytes.toString()), undefined, 2));
    },
  }),
  content('a manifest that is not there', 'damaged', 'manifest', /manifest/, {
    change: lyingIndex((index) => {
      index.manifests[0].digest = `sha256:${'1'.repeat(64)}`;
    }),
  }),
  content('a size of the manifest that lies', 'damaged', 'manifest', /^manifest$/, {
    change: lyingIndex((index) => {
      index.manifests[0].size++;
    }),
  }),
  metadata('an annotation of the index', 'annotations', 'index', /annotations/, {
    change: ({ index }) => {
      index.json.annotations = { evil: 'yes' };
    },
  }),
  content('a child that is missing', 'platforms', 'index', /the image/, {
    change: ({ images }) => void images.pop(),
  }),
  content('a platform twice', 'platforms', 'index', /manifests\[2\]/, {
    change: lyingIndex((index) => {
      index.manifests.push({ ...index.manifests[1], platform: index.manifests[0].platform });
    }),
    says: /linux\/amd64/,
  }),
  content('children that have changed their platforms', 'behaviour', 'config', /architecture/, {
    change: lyingIndex(({ manifests }) => {
      [manifests[0].platform, manifests[1].platform] = [manifests[1].platform, manifests[0].platform];
    }),
  }),
  content('a child without a platform', 'platforms', 'index', /manifests\[0\]/, {
    change: lyingIndex((index) => {
      delete index.manifests[0].platform;
    }),
  }),
  content('one more child', 'platforms', 'index', /the image/, {
    change: lyingIndex((index) => {
      index.manifests.push({ ...index.manifests[1], platform: { os: 'linux', architecture: 's390x' } });
    }),
  }),
  metadata('an attestation beside the images', undefined, 'index', /manifests\[2\]/, {
    change: lyingIndex((index) => {
      const platform = { os: 'unknown', architecture: 'unknown' };
      const annotations = { 'vnd.docker.reference.type': 'attestation-manifest' };
      index.manifests.push({ ...index.manifests[1], platform, annotations });
    }),
    says: /attestation/,
  }),
  content('an index in the index', 'hostile', 'index', /manifests\[2\]/, {
    change: lyingIndex((index) => {
      const mediaType = 'application/vnd.oci.image.index.v1+json';
      index.manifests.push({ mediaType, digest: `sha256:${'1'.repeat(64)}`, size: 100 });
    }),
  }),
  content('an image of 5000 children', 'hostile', 'index', /index/, {
    change: lyingIndex((index) => {
      index.manifests.push(...Array.from({ length: 5000 }, () => index.manifests[1]));
    }),
    says: /5002/,
  }),
  content('an index in 100 indexes', 'hostile', 'index', /index|manifests/, {
    after: (layout) => {
      for (let depth = 0; depth < 100; depth++) wrapInIndex(layout);
    },
  }),
  content('an index that names itself', 'damaged', 'index', /index/, {
    after: (layout) => {
      const mediaType = 'application/vnd.oci.image.index.v1+json';
      const own = rootOf(layout);
      // No digest can be that of a document with it inside, so the document lies under a wrong name.
      const bytes = JSON.stringify({ schemaVersion: 2, mediaType, manifests: [{ mediaType, digest: own, size: 1 }] });
      writeFileSync(blobOf(layout, own), bytes);
    },
  }),
  content('an index of other bytes under its name', 'damaged', 'index', /index/, {
    after: (layout) => {
      const path = blobOf(layout, rootOf(layout));
      writeFileSync(path, readFileSync(path, 'utf8').replace('amd64', 'arm64'));
    },
  }),
  content('an index that is not there', 'damaged', 'index', /index/, {
    after: (layout) => {
      const outer = JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8'));
      outer.manifests[0].digest = `sha256:${'1'.repeat(64)}`;
      writeFileSync(join(layout, 'index.json'), JSON.stringify(outer));
    },
  }),
];

export const TAMPERINGS: readonly Tampering[] = [...BINARIES, ...ENTRIES, ...LAYERS, ...CONFIGS, ...DOCUMENTS];

function wrapInIndex(layout: string): void {
  const outer = JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8'));
  const [{ mediaType, digest, size }] = outer.manifests;
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests: [{ mediaType, digest, size }] }));
  writeFileSync(blobOf(layout, digestOf(bytes)), bytes);
  outer.manifests[0] = { mediaType, digest: digestOf(bytes), size: bytes.length };
  writeFileSync(join(layout, 'index.json'), JSON.stringify(outer));
}

/** One piece of a deflate stream that ends on a byte can stand in it any number of times; this one is of 100 MB of zeros. */
const PIECE = await new Promise<Buffer>((resolve, reject) => {
  const deflate = createDeflateRaw({ level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const chunks: Buffer[] = [];
  deflate.on('data', (chunk: Buffer) => chunks.push(chunk));
  deflate.on('error', reject);
  deflate.on('end', () => resolve(Buffer.concat(chunks)));
  deflate.end(Buffer.alloc(100 * 1024 ** 2));
});

/** A gzip stream of so many times 100 kB, each of which unpacks to 100 MB of zeros. */
export function bombOf(pieces: number): Buffer {
  const header = Buffer.from('1f8b0800000000000003', 'hex');
  return Buffer.concat([header, ...Array.from({ length: pieces }, () => PIECE), Buffer.alloc(10)]);
}

/** A layer of empty files whose names nobody can guess. @param thousands how many */
export function manyFiles(seed: string, thousands: number): Buffer {
  const header = raw({ name: `usr/share/${'0123456789abcdef'.repeat(4)}` });
  const chunks: Buffer[] = [];
  for (let piece = 0; piece < thousands; piece++) {
    const entries = Array.from({ length: 1000 }, (_, i) => {
      // Letters in another order have the same checksum.
      const order = sha256Hex(`${seed} ${piece} ${i}`);
      const digits = Array.from('0123456789abcdef', (digit, at) => [order.slice(at * 4, at * 4 + 4), digit] as const);
      const name = digits.sort().map(([, digit]) => digit);
      const entry = Buffer.from(header);
      entry.write(name.join('').repeat(4), 10, 'latin1');
      return entry;
    });
    chunks.push(gzipSync(Buffer.concat(entries), { level: 1 }));
  }
  return Buffer.concat([...chunks, gzipSync(Buffer.alloc(1024))]);
}
