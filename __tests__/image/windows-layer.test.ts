import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { Windows } from '../../src/image/profile1.js';
import { tarChunks } from '../../src/image/tar.js';
import { planTar, type TarEntry } from '../../src/image/tar-plan.js';
import { windowsEntries } from '../../src/image/windows-layer.js';
import { python } from './helpers.js';

const file = (path: string): TarEntry => ({ path, type: 'file', mode: 0o644, content: Buffer.from('x') });

async function archive(entries: TarEntry[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of tarChunks(planTar(windowsEntries(entries)), 5)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Well-known accounts and rights of the security descriptor definition language (MS-DTYP 2.5.1). */
const SIDS: Record<string, [authority: number, ...parts: number[]]> = {
  BA: [5, 32, 544],
  BU: [5, 32, 545],
  SY: [5, 18],
  CO: [3, 0],
};
const RIGHTS: Record<string, number> = { FA: 0x1f01ff, GA: 0x10000000, LC: 4, DC: 2, '0x1200a9': 0x1200a9 };
const FLAGS: Record<string, number> = { OI: 1, CI: 2, IO: 8 };

function sid(name: string): Buffer {
  const [authority = 0, ...parts] = SIDS[name] ?? [];
  const bytes = Buffer.alloc(8 + 4 * parts.length);
  bytes.writeUInt8(1, 0);
  bytes.writeUInt8(parts.length, 1);
  bytes.writeUIntBE(authority, 2, 6);
  for (const [i, part] of parts.entries()) bytes.writeUInt32LE(part, 8 + 4 * i);
  return bytes;
}

/** The self-relative form of `O:BAG:SYD:` and these entries (MS-DTYP 2.4.6). */
function descriptor(acl: string): string {
  const entries = [...acl.matchAll(/\(A;(\w*);(\w+);;;(\w\w)\)/g)].map(([, flags = '', rights = '', who = '']) => {
    const account = sid(who);
    const head = Buffer.alloc(8);
    head.writeUInt8(
      (flags.match(/../g) ?? []).reduce((sum, flag) => sum + (FLAGS[flag] ?? 0), 0),
      1,
    );
    head.writeUInt16LE(8 + account.length, 2);
    head.writeUInt32LE(RIGHTS[rights] ?? 0, 4);
    return Buffer.concat([head, account]);
  });
  const list = Buffer.alloc(8);
  list.writeUInt8(2, 0);
  list.writeUInt16LE(8 + Buffer.concat(entries).length, 2);
  list.writeUInt16LE(entries.length, 4);
  const [owner, group] = [sid('BA'), sid('SY')];
  const head = Buffer.alloc(20);
  head.writeUInt8(1, 0);
  head.writeUInt16LE(0x8004, 2); // self-relative, with an access list
  head.writeUInt32LE(20, 4);
  head.writeUInt32LE(20 + owner.length, 8);
  head.writeUInt32LE(20 + owner.length + group.length, 16);
  return Buffer.concat([head, owner, group, list, ...entries]).toString('base64');
}

describe('a layer for Windows', () => {
  it('has the security descriptors that their definition says', () => {
    expect(Windows.file.descriptor).toBe(descriptor('(A;;FA;;;BA)(A;;FA;;;SY)(A;;0x1200a9;;;BU)'));
    expect(Windows.directory.descriptor).toBe(
      descriptor(
        '(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;;FA;;;BA)(A;OICIIO;GA;;;CO)(A;OICI;0x1200a9;;;BU)(A;CI;LC;;;BU)(A;CI;DC;;;BU)',
      ),
    );
  });

  it('reads in Python as what containerd looks for: Files, Hives, attributes and descriptors', async () => {
    const long = `licenses/${'d'.repeat(80)}/${'e'.repeat(60)}`;
    const listed = python(
      `import sys,tarfile,io,json
t=tarfile.open(fileobj=io.BytesIO(sys.stdin.buffer.read()),mode='r:')
print(json.dumps([[m.name,m.type.decode(),oct(m.mode),m.mtime,m.pax_headers.get('MSWINDOWS.fileattr'),m.pax_headers.get('MSWINDOWS.rawsd')] for m in t.getmembers()]))`,
      await archive([file('usr/bin/x.exe'), file(long), { path: 'empty', type: 'directory', mode: 0o755 }]),
    );
    const { directory, file: regular } = Windows;
    const folder = (path: string) => [path, '5', '0o755', 5, directory.attributes, directory.descriptor];
    const plain = (path: string) => [path, '0', '0o644', 5, regular.attributes, regular.descriptor];
    expect(JSON.parse(listed.toString())).toEqual([
      ['Files', '5', '0o755', 5, '16', null],
      folder('Files/empty'),
      folder('Files/licenses'),
      folder(`Files/licenses/${'d'.repeat(80)}`),
      plain(`Files/${long}`),
      folder('Files/usr'),
      folder('Files/usr/bin'),
      plain('Files/usr/bin/x.exe'),
      ['Hives', '5', '0o755', 5, '16', null],
    ]);
  });

  it.each([
    'a:b',
    'a?',
    'a*b',
    'a\\b',
    'a|b',
    'a<b',
    'a>b',
    'a"b',
    'a.',
    'a ',
    'a./b',
    'NUL',
    'x/con.txt',
    'com1',
    'LPT9.d/x',
  ])('refuses the name %j, which Windows cannot have', (path) => {
    expect(() => windowsEntries([file(path)])).toThrow(InputError);
    expect(planTar([file(path)]).length).toBeGreaterThan(0);
  });

  it.each(['console', 'a.b', '.a', 'com10', 'nul-x', 'a b', 'licenses/golang.org/x/sys@v0.1.0/LICENSE'])(
    'takes the name %j',
    (path) => {
      expect(windowsEntries([file(path)]).at(-1)?.path).toBe(`Files/${path}`);
    },
  );

  it('refuses two paths that are one there, and links', () => {
    expect(() => windowsEntries([file('a/License'), file('a/LICENSE')])).toThrow(/upper and lower case alone/);
    expect(() => windowsEntries([file('a/x'), file('A/y')])).toThrow(/upper and lower case alone/);
    const link: TarEntry = { path: 'a', type: 'symlink', mode: 0o777, target: 'b' };
    expect(() => windowsEntries([link])).toThrow(/link "a" cannot be in a Windows image/);
  });
});
