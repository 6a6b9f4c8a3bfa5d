import type { EntryKind, EntryProblem, TarFormat } from './tar-entry.js';
import { fieldNumber, fieldText } from './tar-numbers.js';

/** What a header's 512 bytes say by themselves. */
export interface HeaderFields {
  readonly name: string;
  readonly mode: number;
  readonly modeField: string;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly mtime: number;
  readonly typeFlag: string;
  readonly linkname: string;
  readonly uname: string;
  readonly gname: string;
  readonly devmajor: number;
  readonly devminor: number;
  readonly format: Exclude<TarFormat, 'pax'>;
}

/** @returns the name of the field that holds no number, where one does not */
export function headerFields(header: Buffer): HeaderFields | string {
  const format = formatOf(header);
  let wrong: string | undefined;
  const number = (name: string, at: number, width: number, isSigned = false): number => {
    const value = fieldNumber(header, at, width);
    if (value === undefined || (value < 0 && !isSigned)) wrong ??= name;
    return value ?? 0;
  };
  const hasRest = format !== 'v7';
  const prefix = format === 'ustar' ? fieldText(header, 345, 155) : '';
  const name = fieldText(header, 0, 100);
  const fields: HeaderFields = {
    name: prefix === '' ? name : `${prefix}/${name}`,
    mode: number('mode', 100, 8),
    modeField: header.toString('latin1', 100, 108),
    uid: number('uid', 108, 8),
    gid: number('gid', 116, 8),
    size: number('size', 124, 12),
    mtime: number('mtime', 136, 12, true),
    typeFlag: String.fromCharCode(header[156] as number),
    linkname: fieldText(header, 157, 100),
    uname: hasRest ? fieldText(header, 265, 32) : '',
    gname: hasRest ? fieldText(header, 297, 32) : '',
    devmajor: hasRest ? number('devmajor', 329, 8) : 0,
    devminor: hasRest ? number('devminor', 337, 8) : 0,
    format,
  };
  return wrong ?? fields;
}

function formatOf(header: Buffer): HeaderFields['format'] {
  const magic = header.toString('latin1', 257, 263);
  if (magic === 'ustar\0') return 'ustar';
  return magic === 'ustar ' ? 'gnu' : 'v7';
}

const KINDS: Readonly<Record<string, EntryKind>> = {
  '\0': 'file',
  '0': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'character device',
  '4': 'block device',
  '5': 'directory',
  '6': 'fifo',
  '7': 'file',
  S: 'sparse file',
};

/** Before POSIX, a folder was a file whose name ended with a slash. */
export function kindOf(typeFlag: string, name: string): EntryKind {
  if (typeFlag === '\0' && name.endsWith('/')) return 'directory';
  return KINDS[typeFlag] ?? 'other';
}

/** Whether content follows the header, as long as it says. */
export function hasContent(kind: EntryKind): boolean {
  return kind === 'file' || kind === 'sparse file' || kind === 'other';
}

/** A name without what says the same. `..` stays, since it says something. */
export function plainPath(name: string): string {
  const isPlain = !name.startsWith('/') && !name.endsWith('/') && !/(?:^|\/)\.(?:\/|$)|\/\//.test(name);
  return isPlain
    ? name
    : name
        .split('/')
        .filter((part) => part !== '' && part !== '.')
        .join('/');
}

/** What makes a name dangerous, or a hard link's target. */
export function nameProblems(name: string, kind: EntryKind, linkname: string): EntryProblem[] {
  const problems: string[] = [];
  if (name.startsWith('/')) problems.push('its name is absolute');
  if (leaves(name)) problems.push('its name has a ".." in it, and can leave the image');
  if (`${name}${linkname}`.includes('\0')) problems.push('there is a NUL in its name or its target');
  if (kind === 'hardlink' && leaves(linkname)) problems.push('its target has a ".." in it, and can leave the image');
  if (kind !== 'directory' && plainPath(name) === '') problems.push('it has no name, and is no folder');
  return problems.map((text) => ({ cause: 'hostile', text }));
}

function leaves(name: string): boolean {
  return name.includes('..') && name.split('/').includes('..');
}
