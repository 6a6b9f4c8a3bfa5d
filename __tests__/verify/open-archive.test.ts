import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { CancelledError, InputError } from '../../src/base/errors.js';
import { silentLog } from '../../src/base/log.js';
import { openImage } from '../../src/verify/open/open-image.js';
import { scratch } from '../support/files.js';
import { smallImages } from '../support/small-images.js';
import {
  archiveOf,
  damageOf,
  failure,
  imageOf,
  indexOf,
  layoutFiles,
  openArchive,
  openHere,
  type TarFile,
  tarOf,
} from './images.js';

const IMAGE = indexOf([imageOf({})]);
const FILES = layoutFiles(IMAGE);

/** Opens an archive, and reads all that is in it. */
async function readAll(opening: ReturnType<typeof openArchive>) {
  const image = await opening;
  const files: string[] = [];
  for (const entry of image.entries) {
    const { layers } = await image.read(entry);
    files.push(...(await image.layerFiles(entry, layers)).values());
  }
  return { image, files };
}

async function refusal(bytes: Buffer): Promise<string> {
  const error = await failure(openArchive(bytes));
  expect(error).toBeInstanceOf(InputError);
  expect(error).toMatchObject({ input: 'image' });
  return (error as InputError).message;
}

describe('an image in an archive', () => {
  test('is the image of the layout in it, whichever tar wrote it', async () => {
    const folder = scratch();
    const { index } = await smallImages(folder, 3);
    const layout = join(folder, 'layout');
    for (const args of [['.'], ['oci-layout', 'index.json', 'blobs'], ['--format=pax', '--sort=name', '.']]) {
      const path = join(folder, 'image.tar');
      execFileSync('tar', ['-C', layout, '-cf', path, ...args]);
      const { image, files } = await readAll(openHere({ type: 'archive', path, tag: undefined }));
      expect(image.digest).toBe(index.digest);
      expect(image.name).toBe(`oci-archive:${path}`);
      expect(files).toHaveLength(2);
    }
  });

  test('has one of several images by its tag', async () => {
    const tagged = FILES.map((file) => {
      if (file.path !== 'index.json') return file;
      const index = JSON.parse(String(file.content));
      index.manifests[0].annotations = { 'org.opencontainers.image.ref.name': '1.0' };
      return { ...file, content: JSON.stringify(index) };
    });
    const path = archiveOf(tarOf(tagged));
    expect((await openHere({ type: 'archive', path, tag: '1.0' })).digest).toBe(IMAGE.digest);
    const error = await failure(openHere({ type: 'archive', path, tag: '2.0' }));
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toContain('oci-archive:FILE:TAG');
  });

  test('gives only what belongs to a layout, and writes nowhere else', async () => {
    const folder = scratch();
    const [outside, tempDir] = [join(folder, 'outside'), join(folder, 'temp')];
    mkdirSync(tempDir);
    const hostile: TarFile[] = [
      { path: '../../outside', content: 'x' },
      { path: outside, content: 'x' },
      { path: `blobs/sha256/../../../../outside`, content: 'x' },
      { path: 'blobs', type: 'SymbolicLink', linkpath: folder },
      { path: 'blobs/sha256', type: 'SymbolicLink', linkpath: folder },
      { path: 'oci-layout', type: 'SymbolicLink', linkpath: '/etc/passwd' },
      { path: `blobs/sha256/${'0'.repeat(64)}`, type: 'Link', linkpath: '/etc/passwd' },
      { path: `blobs/sha256/${'1'.repeat(64)}`, type: 'FIFO' },
      { path: `blobs/sha256/${'A'.repeat(64)}`, content: 'x' },
      { path: 'blobs/sha512/00', content: 'x' },
      { path: 'device', type: 'FIFO' },
      { path: 'manifest.json', content: '[]' },
    ];
    const path = archiveOf(tarOf([...hostile, ...FILES]));
    const access = () => Promise.reject(new Error('a registry was asked'));
    const image = await openImage({ type: 'archive', path, tag: undefined }, { access, tempDir, log: silentLog });
    expect(image.digest).toBe(IMAGE.digest);
    expect(readdirSync(folder)).toEqual(['temp']);
    const [unpacked = ''] = readdirSync(tempDir);
    const found = readdirSync(join(tempDir, unpacked), { recursive: true, withFileTypes: true });
    const files = found.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
    const wanted = FILES.map((file) => join(tempDir, unpacked, file.path));
    expect(files.sort()).toEqual(wanted.sort());
    expect(found.every((entry) => entry.isDirectory() || entry.isFile())).toBe(true);
    expect(existsSync(outside)).toBe(false);
  });

  test('with a file twice is hostile: programs differ in which of them they take', async () => {
    for (const path of ['index.json', 'oci-layout', FILES.at(-1)?.path ?? '']) {
      for (const twin of [path, `./${path}`]) {
        const bytes = tarOf([...FILES, { path: twin, content: '{}' }]);
        expect(await damageOf(openArchive(bytes))).toBe(`index archive: its archive has ${path} twice (hostile)`);
      }
    }
  });

  test('that breaks off is damaged, wherever it does', async () => {
    const whole = tarOf(FILES);
    let cuts = 0;
    for (let end = 700; end < whole.length - 1024; end += 301) {
      const error = await failure(readAll(openArchive(whole.subarray(0, end))));
      expect(error, `${end}`).toSatisfy((reason) => reason instanceof InputError || 'difference' in (reason as object));
      cuts++;
    }
    expect(cuts).toBeGreaterThan(10);
    expect(await damageOf(openArchive(whole.subarray(0, 1600)))).toMatch(
      /^index archive: .*cannot be read \(Truncated/,
    );
  });

  test('with a broken header is damaged', async () => {
    const whole = tarOf(FILES);
    whole[1024 + 150] = 0x39; // the checksum of the second entry
    expect(await damageOf(openArchive(whole))).toMatch(/^index archive: .*checksum failure.*\(damaged\)$/);
  });

  test('whose layout is broken is found so as one in a folder', async () => {
    const missing = tarOf(FILES.slice(0, -1));
    expect(await damageOf(readAll(openArchive(missing)))).toMatch(/^layer layer 1: the blob sha256:\w+ is missing/);
    const wrong = tarOf([...FILES.slice(0, -1), { path: FILES.at(-1)?.path ?? '', content: 'Layer' }]);
    expect(await damageOf(readAll(openArchive(wrong)))).toMatch(/^layer layer 1: what was given for the blob/);
  });
});

describe('what is no such archive is refused, with a way out', () => {
  test.each([
    ['gzip', gzipSync(tarOf(FILES))],
    ['zstd', Buffer.from('28b52ffd2400010000', 'hex')],
    ['xz', Buffer.from('fd377a585a000000', 'hex')],
    ['bzip2', Buffer.from('425a683931415926', 'hex')],
  ])('compressed with %s', async (name, bytes) => {
    expect(await refusal(bytes)).toContain(`is compressed with ${name}; unpack it first (${name} -d)`);
  });

  test("docker's own archives", async () => {
    const docker = tarOf([
      { path: 'abc.json', content: '{}' },
      { path: 'manifest.json', content: '[]' },
    ]);
    expect(await refusal(docker)).toMatch(/docker's own form.*skopeo copy docker-archive:\S+ oci:FOLDER/);
  });

  test('archives of something else, and files that are none', async () => {
    expect(await refusal(tarOf([{ path: 'a', content: 'x' }]))).toContain('holds no OCI image layout');
    expect(await refusal(tarOf(FILES.filter(({ path }) => path !== 'oci-layout')))).toContain(
      'holds no OCI image layout',
    );
    expect(await refusal(tarOf([]))).toContain('is no tar archive');
    expect(await refusal(Buffer.alloc(0))).toMatch(/no tar archive|no OCI image layout/);
    expect(await refusal(Buffer.alloc(5000, 'x'))).toContain('is no tar archive');
    expect(await refusal(readFileSync(process.execPath).subarray(0, 100_000))).toContain('is no tar archive');
  });

  test('no file, a folder, and a pipe, which nobody may ever write to', async () => {
    const folder = scratch();
    const none = await failure(openHere({ type: 'archive', path: join(folder, 'x.tar'), tag: undefined }));
    expect(String(none)).toContain('there is no file');
    const there = await failure(openHere({ type: 'archive', path: folder, tag: undefined }));
    expect(String(there)).toContain(`write oci:${folder}`);
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const pipe = await failure(openHere({ type: 'archive', path: join(folder, 'pipe'), tag: undefined }));
    expect(String(pipe)).toContain('is no regular file');
  });

  test('cancelling ends it', async () => {
    const path = join(scratch(), 'x.tar');
    writeFileSync(path, tarOf(FILES));
    const opening = openHere({ type: 'archive', path, tag: undefined }, AbortSignal.abort());
    expect(await failure(opening)).toBeInstanceOf(CancelledError);
  });
});
