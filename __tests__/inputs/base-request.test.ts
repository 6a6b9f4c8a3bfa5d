import { describe, expect, test } from 'vitest';
import type { BaseReference, BaseRequest, ExtraFileRequest } from '../../src/inputs/requests.js';
import { parseReference } from '../../src/spec/reference.js';
import { type Given, parse, refusal } from './helpers.js';

const DIGEST = `sha256:${'a'.repeat(64)}`;

const inRegistry = (text: string): BaseReference => ({ type: 'registry', reference: parseReference(text) });
const inFolder = (path: string, tag?: string): BaseReference => ({ type: 'layout', path, tag });
const AMD64 = { os: 'linux', architecture: 'amd64' };
const ARM = { os: 'linux', architecture: 'arm', variant: 'v7' };

describe('base-image', () => {
  const cases: [string | string[], BaseRequest][] = [
    ...['', '  ', 'scratch', ' scratch\n'].map((given): [string, BaseRequest] => [given, { type: 'scratch' }]),
    ...(
      [
        ['debian', 'docker.io/library/debian:latest'],
        ['debian:12', 'docker.io/library/debian:12'],
        ['gcr.io/distroless/static:nonroot', 'gcr.io/distroless/static:nonroot'],
        ['gcr.io/distroless/static', 'gcr.io/distroless/static:latest'],
        [`gcr.io/distroless/static@${DIGEST}`, `gcr.io/distroless/static@${DIGEST}`],
        [`gcr.io/distroless/static:nonroot@${DIGEST}`, `gcr.io/distroless/static:nonroot@${DIGEST}`],
        ['localhost:5000/x', 'localhost:5000/x:latest'],
        ['[::1]:5000/x:y', '[::1]:5000/x:y'],
        ['docker:27-dind', 'docker.io/library/docker:27-dind'],
        ['GCR.io/distroless/static', 'gcr.io/distroless/static:latest'],
        ['scratch:1', 'docker.io/library/scratch:1'],
      ] as const
    ).map(([given, meant]): [string, BaseRequest] => [given, { type: 'image', from: inRegistry(meant) }]),
    ...(
      [
        ['oci:base', ['base']],
        ['oci:./base', ['./base']],
        ['oci:../base:nonroot', ['../base', 'nonroot']],
        ['oci:/srv/base', ['/srv/base']],
        ['oci:/srv/base:1.0-a_b', ['/srv/base', '1.0-a_b']],
        ['oci:/srv/a:b/c', ['/srv/a:b/c']],
        ['oci:/srv/a:b/c:d', ['/srv/a:b/c', 'd']],
        ['oci:C:/base', ['C:/base']],
        ['oci:a:b:c', ['a:b', 'c']],
        ['oci:my base:x', ['my base', 'x']],
        ['oci:a=b', ['a=b']],
        ['oci:linux/amd64=b:c', ['linux/amd64=b', 'c']],
        ['oci:oci:x', ['oci', 'x']],
        ['oci:scratch', ['scratch']],
      ] as const
    ).map(([given, [path, tag]]): [string, BaseRequest] => [given, { type: 'image', from: inFolder(path, tag) }]),
    [
      'linux/amd64=debian:12',
      { type: 'images', images: [{ platform: AMD64, from: inRegistry('docker.io/library/debian:12') }] },
    ],
    ...['linux/arm=a.b/c\nlinux/amd64=oci:../x:y', ' linux/arm/v7 = a.b/c , linux/amd64= oci:../x:y\n'].map(
      (given): [string, BaseRequest] => [
        given,
        {
          type: 'images',
          images: [
            { platform: ARM, from: inRegistry('a.b/c:latest') },
            { platform: AMD64, from: inFolder('../x', 'y') },
          ],
        },
      ],
    ),
    [
      ['linux/amd64=oci:/a=b', `windows/amd64=a.b/c@${DIGEST}`],
      {
        type: 'images',
        images: [
          { platform: AMD64, from: inFolder('/a=b') },
          { platform: { os: 'windows', architecture: 'amd64' }, from: inRegistry(`a.b/c@${DIGEST}`) },
        ],
      },
    ],
  ];
  test.each(cases)('%j', (given, expected) => {
    expect(parse({ 'base-image': given }).base).toEqual(expected);
  });

  test('the name of a tag is filled in only where there is neither tag nor digest', () => {
    const { base } = parse({ 'base-image': `a.b/c@${DIGEST}` });
    expect(base.type === 'image' && base.from.type === 'registry' && Object.keys(base.from.reference)).toEqual([
      'repository',
      'digest',
    ]);
  });

  const refused: [string, string, RegExp][] = [
    [',\n,', '', /empty list.*leave it out for scratch/],
    ['debian,alpine', 'debian, alpine', /scratch, a reference .*, oci:FOLDER, or lines PLATFORM=REFERENCE/],
    ['scratch\nscratch', 'scratch, scratch', /lines PLATFORM=REFERENCE/],
    ['linux/amd64=debian\nalpine', 'linux/amd64=debian, alpine', /lines PLATFORM=REFERENCE/],
    ['scratch\nlinux/amd64=debian', 'scratch, linux/amd64=debian', /lines PLATFORM=REFERENCE/],
    ['linux/amd64=scratch', 'linux/amd64=scratch', /a reference or oci:FOLDER for each platform/],
    ['linux/amd64=debian\nlinux/arm=scratch', 'linux/arm=scratch', /for each platform/],
    ['linux/amd64=', 'linux/amd64=', /for each platform/],
    ['linux/amd64=a,linux/amd64=b', 'linux/amd64 twice', /once is accepted/],
    ['linux/arm=a,linux/arm/v7=b', 'linux/arm/v7 twice', /once is accepted/],
    ['linux/amd65=debian', 'linux/amd65', /linux\/amd64/],
    ['amd64=debian', 'amd64', /os\/architecture/],
    ['=debian', '""', /os\/architecture/],
    ['linux/amd64=Debian', 'Debian', /lower-case/],
    ['linux/amd64=dir:/x', 'dir:/x', /the transport dir: is not/],
    ['oci:', 'oci:', /oci:FOLDER or oci:FOLDER:TAG/],
    ['oci::tag', 'oci::tag', /oci:FOLDER or oci:FOLDER:TAG/],
    ['oci:a:', 'oci:a:', /oci:FOLDER:TAG/],
    ['oci:a:.b', 'oci:a:.b', /oci:FOLDER:TAG/],
    ['oci:a:@0', 'oci:a:@0', /oci:FOLDER:TAG/],
    ['oci:a\0b', 'oci:a', /oci:FOLDER/],
    ['docker://debian', 'docker://debian', /the transport docker: is not/],
    ['docker-daemon:debian:12', 'docker-daemon:debian:12', /the transport docker-daemon: is not/],
    ['docker-archive:a.tar', 'docker-archive:a.tar', /the transport docker-archive: is not/],
    ['oci-archive:a.tar', 'oci-archive:a.tar', /the transport oci-archive: is not/],
    ['containers-storage:a', 'containers-storage:a', /the transport containers-storage: is not/],
    ['dir:a', 'dir:a', /the transport dir: is not/],
    ['./base', './base', /REGISTRY\/NAME/],
    ['/srv/base', '/srv/base', /REGISTRY\/NAME/],
    ['--authfile=/x', '--authfile', /os\/architecture/],
    ['-v', '-v', /REGISTRY\/NAME/],
    ['debian 12', 'debian 12', /REGISTRY\/NAME/],
    ['debian@sha256:12', 'debian@sha256:12', /64 hex digits/],
    ['ghcr.io/Me/base', 'ghcr.io/Me/base', /as in ghcr\.io\/me\/base/],
  ];
  test.each(refused)('%j is refused', (given, shown, accepted) => {
    const { message, input } = refusal({ 'base-image': given });
    expect(input).toBe('base-image');
    expect(message).toContain(shown);
    expect(message).toMatch(accepted);
  });

  test.each(['docker://me:s3cret@a.b/c', 'me:s3cret@a.b/c:d', 'linux/amd64=me:s3cret@a.b/c', 'me:s3cret@a.b/c,x'])(
    'a password is not repeated: %s',
    (given) => {
      expect(refusal({ 'base-image': given })).toMatchObject({ input: 'base-image' });
      expect(refusal({ 'base-image': given }).message).not.toContain('s3cret');
    },
  );
});

describe('extra-files', () => {
  const copy = (source: string, target: string, mode?: number): ExtraFileRequest => ({
    type: 'copy',
    source,
    target,
    mode,
  });
  const link = (target: string, to: string): ExtraFileRequest => ({ type: 'link', target, to });
  const cases: [Given['extra-files'], ExtraFileRequest[]][] = [
    ['', []],
    ['ca.pem:/etc/ssl/ca.pem', [copy('ca.pem', '/etc/ssl/ca.pem')]],
    ['ca.pem:/etc/ssl/ca.pem:0644', [copy('ca.pem', '/etc/ssl/ca.pem', 0o644)]],
    ['ca.pem:/etc/ssl/ca.pem:755', [copy('ca.pem', '/etc/ssl/ca.pem', 0o755)]],
    ['./conf.d:/etc/conf.d', [copy('./conf.d', '/etc/conf.d')]],
    ['/srv/a:/srv/b:4755', [copy('/srv/a', '/srv/b', 0o4755)]],
    ['C:/a:/b', [copy('C:/a', '/b')]],
    ['a:b:/c:600', [copy('a:b', '/c', 0o600)]],
    ['my file:/my file', [copy('my file', '/my file')]],
    ['-x:/-x', [copy('-x', '/-x')]],
    ['/bin/pushgateway -> /usr/local/bin/pushgateway', [link('/bin/pushgateway', '/usr/local/bin/pushgateway')]],
    ['/a->b:/c', [copy('/a->b', '/c')]],
    ['/a   ->\t../b', [link('/a', '../b')]],
    ['/my file -> other file', [link('/my file', 'other file')]],
    ['/a -> b -> c', [link('/a', 'b -> c')]],
    ['/a:b -> c', [link('/a:b', 'c')]],
    ['a:/b\n\n/c -> d\ne:/f:644', [copy('a', '/b'), link('/c', 'd'), copy('e', '/f', 0o644)]],
    ['a,b:/c,d', [copy('a,b', '/c,d')]],
    [
      ['a:/b', 'c:/d'],
      [copy('a', '/b'), copy('c', '/d')],
    ],
  ];
  test.each(cases)('%j', (given, expected) => {
    expect(parse({ 'extra-files': given ?? '' }).extraFiles).toEqual(expected);
  });

  test.each([
    ...['ca.pem', 'ca.pem:', ':/etc/ca.pem', 'ca.pem:etc/ca.pem', 'ca.pem:./x', 'ca.pem:/a:b', 'ca.pem:/a:888'],
    ...['ca.pem:/a:64', 'ca.pem:/a:00644', 'ca.pem:/a:u+x', 'ca.pem:/a:', 'a -> /b', './a -> b', '/a ->', '-> b', '->'],
    ...['a\0:/b', 'a:/b\0', '/a -> b\0', '/a\0 -> b'],
  ])('%j is refused', (given) => {
    const { message, input } = refusal({ 'extra-files': `x:/y\n${given}` });
    expect(input).toBe('extra-files');
    expect(message).toContain(JSON.stringify(given));
    expect(message).toMatch(/SOURCE:TARGET\[:MODE\].*TARGET -> LINK/);
  });
});
