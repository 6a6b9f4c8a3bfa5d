import { chmodSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError, RunError } from '../../src/base/errors.js';
import { extraLayerDiffId, planExtraFiles } from '../../src/image/extra-layer.js';
import type { TarEntry } from '../../src/image/tar-plan.js';
import type { ExtraFileRequest } from '../../src/inputs/requests.js';
import { output, scratch } from './helpers.js';

const EPOCH = 1779894590;

const copy = (source: string, target: string, mode?: number): ExtraFileRequest => {
  return { type: 'copy', source, target, mode };
};
const link = (target: string, to: string): ExtraFileRequest => ({ type: 'link', target, to });

/** A folder with `file` and the folder `tree`. */
function sources(): string {
  const folder = scratch();
  writeFileSync(join(folder, 'file'), 'content');
  mkdirSync(join(folder, 'tree/sub/empty'), { recursive: true });
  writeFileSync(join(folder, 'tree/b'), 'b');
  writeFileSync(join(folder, 'tree/sub/a'), 'a', { mode: 0o755 });
  symlinkSync('../b', join(folder, 'tree/sub/link'));
  symlinkSync('/etc/shadow', join(folder, 'tree/shadow'));
  return folder;
}

/** Each entry on a line: mode, path, and where it is from or points to. */
function lines(entries: readonly TarEntry[], folder: string): string[] {
  return entries.map((entry) => {
    const start = `${entry.mode.toString(8)} ${entry.path}`;
    if (entry.type === 'directory') return `${start}/`;
    if (entry.type === 'symlink') return `${start} -> ${entry.target}`;
    return `${start} ${String((entry.content as { file: string }).file).replace(`${folder}/`, '')}`;
  });
}

async function refusal(requests: readonly ExtraFileRequest[], folder = sources()): Promise<string> {
  const error = await planExtraFiles(requests, folder).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).input).toBe('extra-files');
  return (error as InputError).message;
}

describe('extra files', () => {
  it('are put where COPY of a Dockerfile puts them, links as links, with the folders above', async () => {
    const folder = sources();
    const entries = await planExtraFiles(
      [
        copy('file', '/etc/x.conf', 0o600),
        copy('file', '/opt/'),
        copy(join(folder, 'file'), '/usr/local/bin/tool', 0o755),
        copy('tree', '/srv/data/'),
        link('/pushgateway', 'usr/local/bin/pushgateway'),
        link('/usr/share/doc/more', '/etc'),
      ],
      folder,
    );
    expect(lines(entries, folder)).toEqual([
      '755 etc/',
      '600 etc/x.conf file',
      '755 opt/',
      '644 opt/file file',
      '777 pushgateway -> usr/local/bin/pushgateway',
      '755 srv/',
      '755 srv/data/',
      '644 srv/data/b tree/b',
      '777 srv/data/shadow -> /etc/shadow',
      '755 srv/data/sub/',
      '644 srv/data/sub/a tree/sub/a',
      '755 srv/data/sub/empty/',
      '777 srv/data/sub/link -> ../b',
      '755 usr/',
      '755 usr/local/',
      '755 usr/local/bin/',
      '755 usr/local/bin/tool file',
      '755 usr/share/',
      '755 usr/share/doc/',
      '777 usr/share/doc/more -> /etc',
    ]);
  });

  it('leave folders that are no 0755 anywhere as they should be', async () => {
    const folder = sources();
    const entries = await planExtraFiles(
      [
        copy('file', '/tmp/x'),
        copy('tree/sub/empty', '/var/tmp'),
        copy('file', '/root/.profile'),
        copy('file', '/tmp/root/y'),
      ],
      folder,
    );
    expect(lines(entries, folder).filter((line) => line.endsWith('/'))).toEqual([
      '700 root/',
      '1777 tmp/',
      '755 tmp/root/',
      '755 var/',
      '1777 var/tmp/',
    ]);
  });

  it('may share folders, and nothing else', async () => {
    const folder = sources();
    const both = await planExtraFiles(
      [copy('tree', '/a'), copy('tree/sub/empty', '/a/sub'), copy('file', '/a/sub/new')],
      folder,
    );
    expect(both.filter(({ path }) => path === 'a/sub')).toHaveLength(1);
    expect(await refusal([copy('file', '/a/b'), copy('tree', '/a')])).toMatch(
      /\/a\/b is already there from "file:\/a\/b"/,
    );
    expect(await refusal([copy('file', '/a'), copy('file', '/a')])).toMatch(/already there/);
    expect(await refusal([link('/a', 'b'), copy('tree', '/a')])).toMatch(/already there/);
    expect(await refusal([copy('file', '/a'), copy('file', '/a/b')])).toMatch(/cannot lie below "a", which is a file/);
    expect(await refusal([link('/a', 'b'), copy('file', '/a/b')])).toMatch(/cannot lie below "a", which is a symlink/);
  });

  it.each([
    '/usr',
    '/usr/local/bin',
    '/usr/local/bin/',
    '/usr/local/bin/pushgateway',
    '/usr/local/bin/pushgateway/',
    '/usr/local/bin/pushgateway/x',
    '/usr/local/bin/pushgateway.exe',
    '/USR/Local/Bin/Pushgateway',
    '/usr/share/doc/pushgateway',
    '/usr/share/doc/pushgateway/LICENSE',
    '/usr/share',
  ])("are refused at, above and below the image's own paths: %s", async (target) => {
    expect(await refusal([copy('tree', target)])).toMatch(/which is the image's own/);
    if (!target.endsWith('/')) expect(await refusal([link(target, 'x')])).toMatch(/which is the image's own/);
  });

  it("may stand beside the image's own paths", async () => {
    const folder = sources();
    writeFileSync(join(folder, 'pushgateway'), '');
    const beside = [
      '/usr/local/bin/',
      '/usr/local/bin/pushgateway2',
      '/usr/share/doc/pushgateway-more/x',
      '/usr/local/sbin',
    ];
    expect(
      await planExtraFiles(
        beside.map((target) => copy('file', target)),
        folder,
      ),
    ).toHaveLength(10);
    expect(await refusal([copy('pushgateway', '/usr/local/bin/')], folder)).toMatch(/the image's own/);
  });

  it.each([
    ['/', /root folder/],
    ['//', /root folder/],
    ['relative', /does not begin with a slash/],
    ['/a/../b', /empty, "\." or "\.\." part/],
    ['/a/./b', /empty, "\." or "\.\." part/],
    ['/a//b', /empty, "\." or "\.\." part/],
    ['/..', /empty, "\." or "\.\." part/],
    ['/naïve', /not made of printable ASCII/],
    ['/new\nline', /not made of printable ASCII/],
    ['/etc/.wh.passwd', /names that begin with "\.wh\."/],
    [`/${'x'.repeat(101)}`, /too long/],
  ])('are refused at the target %j', async (target, why) => {
    expect(await refusal([copy('tree', target)])).toMatch(why);
  });

  it.each([
    [copy('missing', '/a'), /there is no .*\/missing/],
    [copy('tree/shadow', '/a'), /is a symbolic link, which is not followed/],
    [copy('pipe', '/a'), /is a pipe, neither/],
    [copy('.', '/a'), /pipe is a pipe, which an image cannot hold/],
    [copy('file/x', '/a'), /cannot be an extra file/],
    [copy('/dev/null', '/a'), /is a device/],
    [copy('file', '/a', 0o10000), /mode/],
    [link('/a/', 'b'), /does not end in a slash/],
    [link('/a', ''), /link target/],
    [link('/a', 'x'.repeat(101)), /link target/],
    [link('a', 'b'), /does not begin with a slash/],
  ])('are refused: %j', async (request, why) => {
    const folder = sources();
    output('mkfifo', [join(folder, 'pipe')]);
    expect(await refusal([request], folder)).toMatch(why);
  });

  it('have a diff ID that depends on names, contents, modes and time, and on nothing of this machine', async () => {
    const of = async (prepare: (folder: string) => void, mode?: number, epoch = EPOCH) => {
      const folder = sources();
      prepare(folder);
      return extraLayerDiffId(await planExtraFiles([copy('tree', '/srv', mode)], folder), epoch);
    };
    const first = await of(() => {});
    const same = await of((folder) => {
      chmodSync(join(folder, 'tree/b'), 0o4777);
      chmodSync(join(folder, 'tree/sub'), 0o700);
      utimesSync(join(folder, 'tree/b'), 1, 1);
    });
    expect(same).toBe(first);
    const others = [
      await of((folder) => writeFileSync(join(folder, 'tree/b'), 'c')),
      await of((folder) => writeFileSync(join(folder, 'tree/c'), '')),
      await of(() => {}, 0o600),
      await of(() => {}, undefined, EPOCH + 1),
    ];
    expect(new Set([first, ...others]).size).toBe(5);
  });

  it('are not read where one is a link or gone by then', async () => {
    const folder = sources();
    const entries = await planExtraFiles([copy('file', '/a')], folder);
    output('ln', ['-sf', '/etc/passwd', join(folder, 'file')]);
    await expect(extraLayerDiffId(entries, EPOCH)).rejects.toThrow(RunError);
    await expect(extraLayerDiffId(entries, EPOCH, AbortSignal.abort())).rejects.toThrow();
  });
});
