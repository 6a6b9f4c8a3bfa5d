import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError, RunError } from '../../src/base/errors.js';
import { mergeOutputs } from '../../src/commands/merge/merge.js';
import { writeArchive } from '../../src/image/archive.js';
import { extraLayerDiffId, planExtraFiles } from '../../src/image/extra-layer.js';
import { MERGE_OUTPUTS } from '../../src/inputs/merge-inputs.js';
import type { BuildSpec } from '../../src/spec/build-spec.js';
import { imageLabels } from '../../src/spec/image-labels.js';
import { type Platform, platformFileName } from '../../src/spec/platform.js';
import { makeBase, onDisk } from '../image/base.js';
import { contentOf, readLayout } from '../integration/folders.js';
import { scratch } from '../support/files.js';
import { type Tampering, tamperedLayout } from '../support/tampered-layout.js';
import { AMD64, ARM, ARM64, editTar, made, merged, type RawEntry, SPEC } from './merging.js';

/** Digest of a layout's index. */
function digestIn(folder: string): string {
  return readLayout(join(folder, 'oci')).digest;
}

/** A copy of what a build left, with its first image changed. */
async function tampered(tampering: Tampering, platforms = [AMD64]): Promise<string> {
  const [from, to] = [await made(platforms), scratch()];
  tamperedLayout(join(from, 'oci'), join(to, 'oci'), tampering);
  return to;
}

/** How it fails, leaving nothing. */
async function failure(layouts: readonly string[], given: Parameters<typeof merged>[1] = {}): Promise<Error> {
  const out = join(scratch(), 'out');
  const error = await merged(layouts, given, out).then(
    () => new Error('it was merged'),
    (thrown: Error) => thrown,
  );
  expect(existsSync(out)).toBe(false);
  return error;
}

describe('layouts of one platform each', () => {
  it('become what one build of all platforms leaves, in whatever order they are given', async () => {
    const [amd64, arm64, arm] = [await made([AMD64]), await made([ARM64]), await made([ARM])];
    const once = await made([AMD64, ARM64, ARM]);
    const result = await merged([arm, amd64, arm64]);
    expect(result.digest).toBe(digestIn(once));
    expect(contentOf(result.outputs.layout)).toEqual(contentOf(join(once, 'oci')));
    const other = await merged([arm64, join(arm, 'oci'), amd64]);
    const files = (folder: string) => readFileSync(join(folder, 'SHA256SUMS'), 'utf8');
    expect(files(other.outputDir)).toBe(files(result.outputDir));
    expect(files(result.outputDir).match(/bin\/linux\/|sbom\/linux-|pushgateway\.oci\.tar|spec\.json/g)).toHaveLength(
      8,
    );
  });

  it('may hold several platforms each, and one may be all there is', async () => {
    const [two, one] = [await made([AMD64, ARM]), await made([ARM64])];
    expect((await merged([two, one])).digest).toBe(digestIn(await made([AMD64, ARM64, ARM])));
    expect((await merged([one])).digest).toBe(digestIn(one));
  });

  it('are found in folders, archives and downloads, and by their transports', async () => {
    const [amd64, arm64, arm] = [await made([AMD64]), await made([ARM64]), await made([ARM])];
    const digest = digestIn(await made([AMD64, ARM64, ARM]));
    const download = scratch();
    for (const name of ['one', 'two']) mkdirSync(join(download, name));
    const archive = (from: string, to: string) => writeArchive(join(from, 'oci'), to, 0);
    await archive(amd64, join(download, 'one', 'pushgateway.oci.tar'));
    await archive(arm64, join(download, 'three.tar'));
    renameSync(join(arm, 'oci'), join(download, 'two', 'oci'));
    writeFileSync(join(download, 'README'), '');
    writeFileSync(join(download, '.hidden'), '');
    expect((await merged([download])).digest).toBe(digest);
    const named = [`oci-archive:${join(download, 'three.tar')}`, `oci:${join(download, 'two', 'oci')}`];
    expect((await merged([...named, join(download, 'one', 'pushgateway.oci.tar')])).digest).toBe(digest);
    const linked = scratch();
    symlinkSync(join(download, 'two', 'oci'), join(linked, 'oci'));
    expect((await merged([linked, join(download, 'one'), join(download, 'three.tar')])).digest).toBe(digest);
  });

  it('may be single manifests, without an index', async () => {
    const from = await made([AMD64]);
    const { index } = readLayout(join(from, 'oci'));
    const [{ platform: _, ...descriptor }] = index.manifests;
    writeFileSync(join(from, 'oci', 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [descriptor] }));
    expect((await merged([from, await made([ARM64])])).digest).toBe(digestIn(await made([AMD64, ARM64])));
  });

  it('give the outputs of merge/action.yml, with what the spec says', async () => {
    const result = await merged([await made([AMD64]), await made([ARM])], { image: 'ghcr.io/me/app', sbom: 'false' });
    const outputs = mergeOutputs(result);
    expect(Object.keys(outputs)).toEqual(MERGE_OUTPUTS);
    expect(outputs).toMatchObject({
      image: 'ghcr.io/me/app',
      digest: digestIn(await made([AMD64, ARM])),
      'digest-arm64': '',
      tags: '1.11.3-ttl.1',
      sbom: '',
      changed: '',
      'pushgateway-version': '1.11.3',
      'go-version': '1.26.8',
    });
    expect(JSON.parse(outputs['image-digests'])).toEqual({
      'linux/amd64': outputs['digest-amd64'],
      'linux/arm/v7': outputs['digest-arm'],
    });
    expect(existsSync(join(result.outputDir, 'sbom'))).toBe(false);
  });
});

describe('images on a base, with extra files', () => {
  const windows = (version: string): Platform => ({ os: 'windows', architecture: 'amd64', osVersion: version });

  it('are joined with what their base says, also where os.version alone tells them apart', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'ca.pem'), 'a certificate');
    writeFileSync(join(folder, 'empty'), '');
    const requests = [
      { type: 'copy', source: 'ca.pem', target: '/etc/ssl/own/ca.pem', mode: 0o600 },
      { type: 'copy', source: 'empty', target: '/tmp/empty', mode: undefined },
    ] as const;
    const extra = await planExtraFiles(requests, folder);
    const files = await extraLayerDiffId(extra, SPEC.sourceDateEpoch);
    const base = { repository: 'example.com/base', digest: `sha256:${'1'.repeat(64)}` } as const;
    const spec: BuildSpec = { ...SPEC, base, files };
    const platforms = [AMD64, windows('10.0.20348.2700'), windows('10.0.26100.1')];
    const run =
      '{"User":"65532","Env":["PATH=\\/bin","A=\\u00e9<&>"],"ExposedPorts":{"80/tcp":{},"9091/tcp":{}},"Labels":{"b":"2","a\\u0031":"1"},' +
      '"WorkingDir":"/x","Volumes":{"/v":{}},"StopSignal":"SIGINT"}';
    const history = '[{"created_by":"one","comment":"c\\/d"},{"created_by":"two","empty_layer":true}]';
    const bases = Object.fromEntries(
      platforms.map((platform) => {
        const { os, architecture, osVersion } = platform;
        const stated = { os, architecture, ...(osVersion && { 'os.version': osVersion }) };
        const text = os === 'linux' ? { run, history } : {};
        return [platformFileName(platform), onDisk(makeBase({ platform: stated, ...text }), scratch())];
      }),
    );
    const once = await made(platforms, { spec, bases, extra });
    const apart = [];
    for (const platform of platforms) apart.push(await made([platform], { spec, bases, extra }));
    const result = await merged(apart.reverse());
    expect(result.digest).toBe(digestIn(once));
    expect(contentOf(result.outputs.layout)).toEqual(contentOf(join(once, 'oci')));
    expect(result.platforms.map(({ platform }) => platform)).toEqual([
      'linux/amd64',
      'windows/amd64:10.0.20348.2700',
      'windows/amd64:10.0.26100.1',
    ]);
    expect(readdirSync(join(result.outputs.binaries, 'windows'))).toEqual(['amd64']);
  });

  it('are refused where a layer of the base is not what the config says', async () => {
    const base = { digest: `sha256:${'1'.repeat(64)}` } as const;
    const bases = { 'linux-amd64': onDisk(makeBase(), scratch()) };
    const [from, to] = [await made([AMD64], { spec: { ...SPEC, base }, bases }), scratch()];
    expect((await merged([from])).digest).toBe(digestIn(from));
    const config = (text: string) => text.replace(/"diff_ids":\["sha256:.{8}/, '"diff_ids":["sha256:00000000');
    tamperedLayout(join(from, 'oci'), join(to, 'oci'), { config });
    const error = await failure([to]);
    expect(error).toBeInstanceOf(RunError);
    expect(error.message).toMatch(/layer 1: diffID: the config says sha256:00000000/);
  });

  it('are refused where the extra files are others than those of the spec', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'x'), 'x');
    const extra = await planExtraFiles([{ type: 'copy', source: 'x', target: '/x', mode: undefined }], folder);
    // The build itself checks them, so the label is what lies here.
    const files = await extraLayerDiffId(extra, SPEC.sourceDateEpoch);
    const labels = [...imageLabels({ ...SPEC, files: `sha256:${'2'.repeat(64)}` })];
    const error = await failure([await made([AMD64], { spec: { ...SPEC, files }, extra, labels })]);
    expect(error).toBeInstanceOf(RunError);
    expect(error.message).toContain(`its extra files are not those of its spec, sha256:${'2'.repeat(64)}`);
  });
});

describe('layouts that do not belong together', () => {
  it.each<[string, Partial<BuildSpec>, string, string]>([
    ['go', { go: '1.26.7' }, '"1.26.8"', '"1.26.7"'],
    ['version', { version: '1.11.3+ttl.2' }, '"1.11.3+ttl.1"', '"1.11.3+ttl.2"'],
    ['sourceDateEpoch', { sourceDateEpoch: 7 }, '1779894590', '7'],
    ['patches', { patches: [] }, '', ''],
    ['modules', { modules: null }, '', 'null'],
    ['labels', { labels: { 'com.example.team': 'others' } }, '"metrics"', '"others"'],
    ['source.version', { source: { ...SPEC.source, version: 'v1.11.2' } as BuildSpec['source'] }, 'v1.11.3', 'v1.11.2'],
  ])('are refused by the field of the spec that differs, with both values: %s', async (field, change, a, b) => {
    const spec = { ...SPEC, ...change };
    const [one, other] = [await made([AMD64]), await made([ARM64], { spec, program: { goVersion: `go${spec.go}` } })];
    const error = await failure([one, other]);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).input).toBe('layouts');
    expect(error.message).toMatch(new RegExp(`^the images are not of one build spec: ${field.replace('.', '\\.')}`));
    const [ofOne = '', ofOther = ''] = error.message.split(`linux/amd64 (${one}), and `);
    expect(ofOne).toContain(a);
    expect(ofOther).toContain(b);
    expect(ofOther).toContain(`for linux/arm64 (${other})`);
  });

  it('are refused where a platform is there twice, also as the same image', async () => {
    const [one, other] = [await made([AMD64, ARM]), await made([AMD64], { program: { seed: 2 } })];
    const error = await failure([await made([ARM64]), one, other]);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toContain(`linux/amd64 is there twice: in ${one} (sha256:`);
    expect(error.message).toContain(`and in ${other} (sha256:`);
    expect((await failure([one, join(one, 'oci')])).message).toContain('linux/amd64 is there twice');
  });

  it('are refused where one carries no spec, or one that cannot be read', async () => {
    const none = await failure([await made([AMD64], { labels: [] })]);
    expect(none).toBeInstanceOf(InputError);
    expect(none.message).toMatch(/^the image for linux\/amd64 \(.*\) has no label io\.k0sproject/);
    const odd = await failure([await made([AMD64], { labels: [['io.k0sproject.pushgateway-ttl.spec', '{}']] })]);
    expect(odd).toBeInstanceOf(InputError);
    expect(odd.message).toMatch(/^the spec of the image for linux\/amd64 \(.*\) cannot be read: /);
  });
});

describe('places without layouts', () => {
  const empty = () => scratch();
  it.each<[string, () => string | Promise<string>, RegExp]>([
    ['an empty folder', empty, /holds no OCI image layout and no archive of one\. Accepted: /],
    ['nothing', () => join(scratch(), 'none'), /^there is no .*none\. Accepted: /],
    ['a path below a file', async () => join(await made([AMD64]), 'oci', 'index.json', 'x'), /^there is no /],
    [
      'an empty folder beside a layout',
      async () => {
        const [folder, one] = [scratch(), await made([AMD64])];
        cpSync(one, join(folder, 'one'), { recursive: true });
        mkdirSync(join(folder, 'two'));
        return folder;
      },
      /two holds no OCI image layout/,
    ],
    [
      'a file that is no archive',
      () => {
        const file = join(scratch(), 'x.tar');
        writeFileSync(file, 'no archive');
        return file;
      },
      /x\.tar/,
    ],
    [
      'a layout without image',
      async () => {
        const one = await made([AMD64]);
        writeFileSync(join(one, 'oci', 'index.json'), '{"schemaVersion":2,"manifests":[]}');
        return one;
      },
      /it holds no image/,
    ],
  ])('are refused: %s', async (_what, make, message) => {
    const error = await failure([await made([ARM64]), await make()]);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).input).toBe('layouts');
    expect(error.message).toMatch(message);
  });
});

describe('layouts that are damaged', () => {
  it('are refused by the digest of the blob, whichever it is, and whatever is wrong with it', async () => {
    const whole = await made([AMD64]);
    const good = await made([ARM64]);
    const blobs = readdirSync(join(whole, 'oci', 'blobs', 'sha256'));
    expect(blobs).toHaveLength(4);
    const damages: readonly ((file: string) => void)[] = [
      (file) => rmSync(file),
      (file) => truncateSync(file, 10),
      (file) => {
        const bytes = readFileSync(file);
        bytes[bytes.length - 5] = (bytes.at(-5) ?? 0) ^ 1;
        writeFileSync(file, bytes);
      },
    ];
    for (const name of blobs) {
      for (const damage of damages) {
        const copy = scratch();
        cpSync(join(whole, 'oci'), join(copy, 'oci'), { recursive: true });
        damage(join(copy, 'oci', 'blobs', 'sha256', name));
        const error = await failure([good, copy]);
        expect(error, name).toBeInstanceOf(RunError);
        expect(error.message).toContain(copy);
        expect(error.message).toContain(name);
      }
    }
  });
});

const PROGRAM = 'usr/local/bin/pushgateway';

function changed(path: string, change: (header: Buffer) => void): (archive: Buffer) => Buffer {
  return (archive) =>
    editTar(archive, (name, entry) => {
      if (name === path) change(entry.header);
      return [entry];
    });
}

/** The licence once more, under another name. */
function twice(name: string, entry: RawEntry): RawEntry[] {
  if (!name.endsWith('/LICENSE')) return [entry];
  const header = Buffer.from(entry.header);
  header.fill(0, 0, 100).write('etc/more');
  return [{ header, content: entry.content }, entry];
}

/** A symbolic link in the place of the program. */
function toLink(name: string, { header, content }: RawEntry): RawEntry[] {
  if (name !== PROGRAM) return [{ header, content }];
  header.write('00000000000', 124);
  header.write('2/bin/sh', 156);
  return [{ header, content: Buffer.alloc(0) }];
}

/** Lists the one layer, or its diff ID, a second time. */
function twiceListed(text: string): string {
  return text.replace(/"(layers|diff_ids)":\[(.*?)\]/, '"$1":[$2,$2]');
}

describe('images that no build leaves so', () => {
  const replaced = (before: string, after: string) => (text: string) => {
    if (!text.includes(before)) throw new Error(`no ${before} in ${text}`);
    return text.replace(before, after);
  };
  it.each<[string, Tampering, RegExp]>([
    [
      'another user',
      { config: replaced('"User":"65534"', '"User":"0"') },
      /config\.User is "0" in the image, "65534" in what a build makes/,
    ],
    ['another label', { config: replaced('"com.example.team":"metrics"', '"com.example.team":"mine"') }, /Labels/],
    ['a key more', { config: (text) => `${text.slice(0, -1)},"author":"me"}` }, /author/],
    ['other words for the same', { config: replaced('"created":', '"\\u0063reated":') }, /./],
    ['one layer too many', { config: twiceListed, manifest: twiceListed }, /has 2 layers; its spec makes 1$/],
    ['an annotation', { manifest: (text) => `${text.slice(0, -1)},"annotations":{"a":"b"}}` }, /annotations/],
    ['a blank in the manifest', { manifest: (text) => `${text} ` }, /./],
    ['an annotation of the index', { index: (text) => `${text.slice(0, -1)},"annotations":{"a":"b"}}` }, /its index/],
    ['a layer that was compressed again', { layer: (archive) => archive }, /compress/],
    ['another mode', { layer: changed(PROGRAM, (header) => header.write('0000700', 100)) }, /mode|0700/],
    ['another owner', { layer: changed(PROGRAM, (header) => header.write('0000001', 108)) }, /owner|uid/],
    ['another time', { layer: changed(PROGRAM, (header) => header.write('00000000001', 136)) }, /time/],
    ['one more file', { layer: (archive) => editTar(archive, twice) }, /has etc\/more beside its program/],
    [
      'a link in the place of the program',
      { layer: (archive) => editTar(archive, toLink) },
      /has usr\/local\/bin\/pushgateway beside/,
    ],
    [
      'no program',
      { layer: (archive) => editTar(archive, (name, entry) => (name === PROGRAM ? [] : [entry])) },
      /has no usr\/local\/bin\/pushgateway/,
    ],
  ])('are refused: %s', async (_what, tampering, message) => {
    const one = await tampered(tampering);
    const error = await failure([await made([ARM64]), one]);
    expect(error, String(error.stack)).toBeInstanceOf(RunError);
    expect(error.message).toContain(`${one} is not as a build leaves it, so that platform has to be built again: `);
    expect(error.message).toMatch(message);
  });

  it.each([
    ['by another Go', { goVersion: 'go1.26.7' }, 'by go1.26.7; the spec says go1.26.8'],
    ['for another system', { settings: { GOOS: 'freebsd' } }, 'with GOOS=freebsd; a build sets GOOS=linux'],
    ['with cgo', { settings: { CGO_ENABLED: '1' } }, 'with CGO_ENABLED=1; a build sets CGO_ENABLED=0'],
  ])('are refused where their program was made %s', async (_how, program, message) => {
    const error = await failure([await made([AMD64], { program })]);
    expect(error).toBeInstanceOf(RunError);
    expect(error.message).toContain(`the program for linux/amd64 was made ${message}`);
  });

  it('are refused where their program is none of Go’s', async () => {
    const error = await failure([await made([AMD64], { binary: Buffer.from('#!/bin/sh\n') })]);
    expect(error.message).toContain('the program for linux/amd64 is none that Go made');
  });

  it('are refused where a binary or an SBOM beside the layout is not theirs', async () => {
    const files = await merged([await made([AMD64])]);
    for (const name of ['bin/linux/amd64/pushgateway', 'sbom/linux-amd64.cdx.json']) {
      const copy = scratch();
      cpSync(join(files.outputDir, '.current', '/'), copy, { recursive: true, dereference: true });
      expect((await merged([copy])).digest).toBe(files.digest);
      writeFileSync(join(copy, name), 'another');
      const error = await failure([copy]);
      expect(error).toBeInstanceOf(RunError);
      expect(error.message).toContain(`${join(copy, name)} does not belong to the image`);
    }
  });
});
