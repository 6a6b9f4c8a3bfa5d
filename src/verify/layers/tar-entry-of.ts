import { damaged, hostile, type Place } from '../damaged.js';
import { type ArchiveEntry, type EntryKind, type EntryProblem, shown, type TarFormat } from './tar-entry.js';
import type { ExtendedHeaders } from './tar-extended.js';
import { type HeaderFields, hasContent, kindOf, nameProblems, plainPath } from './tar-fields.js';
import { type Interned, KEPT_HEADERS, type TarLimits } from './tar-limits.js';
import { fieldNumber, paxNumber, paxTime, weakHash } from './tar-numbers.js';

/** One for all, since nearly every entry has none. */
const NONE: readonly EntryProblem[] = [];

interface Around {
  readonly place: Place;
  readonly limits: TarLimits;
  readonly extended: ExtendedHeaders;
  readonly interned: Interned;
}

/**
 * An entry of a header and what the extended ones before it said; those are used up. Its content is not read yet.
 * @returns with the length of the texts that it keeps to itself
 */
export function makeEntry(
  index: number,
  offset: number,
  header: Buffer,
  fields: HeaderFields,
  around: Around,
): { entry: ArchiveEntry; text: number } {
  const { extended, interned } = around;
  const { record, number } = recordsOf(around);
  const { name, linkname } = namesOf(fields, extended);
  const paxSize = number('size');
  const size = paxSize ?? fields.size;
  const isSparse = record('GNU.sparse.realsize') !== undefined || record('GNU.sparse.size') !== undefined;
  const kind = kindIn(fields, name, isSparse);
  checkLimits(name, linkname, hasContent(kind) ? size : 0, around);
  const realSize = realSizeOf(kind, header, number);
  const path = plainPath(name);
  const problems = [
    ...extended.problems,
    ...nameProblems(name, kind, linkname),
    ...sizeProblems(kind, fields.size, paxSize, realSize, around),
  ];
  const { records, isShared } = extended.own();
  const owners = (record('uname') ?? '').length + (record('gname') ?? '').length;
  const own = isShared ? 0 : records.reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  const format: TarFormat = fields.format === 'ustar' && extended.hasRecords ? 'pax' : fields.format;
  const text = name.length + linkname.length + (path === name ? 0 : path.length) + owners + own + extended.name.length;
  const entry: ArchiveEntry = {
    index,
    offset,
    name,
    path,
    kind,
    typeFlag: fields.typeFlag,
    mode: fields.mode,
    modeField: interned.of(fields.modeField),
    uid: number('uid') ?? fields.uid,
    gid: number('gid') ?? fields.gid,
    uname: interned.of(record('uname') ?? fields.uname),
    gname: interned.of(record('gname') ?? fields.gname),
    mtime: interned.of(timeOf(fields, record('mtime'), around)),
    size: hasContent(kind) ? size : 0,
    realSize,
    linkname,
    devmajor: fields.devmajor,
    devminor: fields.devminor,
    format,
    records,
    extendedName: extended.name,
    headerHash: weakHash(header),
    header: index < KEPT_HEADERS ? Buffer.from(header) : undefined,
    contentHash: '',
    hasPadding: false,
    problems: problems.length === 0 ? NONE : problems,
    extendedHash: extended.next(),
  };
  return { entry, text };
}

/** Readers of the next entry's records. */
function recordsOf({ extended, place }: Around) {
  const record = (key: string) => extended.record(key);
  const number = (key: string): number | undefined => {
    const text = record(key);
    if (text === undefined) return undefined;
    const value = paxNumber(text);
    if (value === undefined || value < 0) throw damaged(place, `the ${key} of an extended header is no number`, 'tar');
    return value;
  };
  return { record, number };
}

function namesOf(fields: HeaderFields, extended: ExtendedHeaders): { name: string; linkname: string } {
  const name = extended.record('GNU.sparse.name') ?? extended.record('path') ?? extended.longName ?? fields.name;
  return { name, linkname: extended.record('linkpath') ?? extended.longLink ?? fields.linkname };
}

function kindIn(fields: HeaderFields, name: string, isSparse: boolean): EntryKind {
  const kind = kindOf(fields.typeFlag, name);
  return kind === 'file' && isSparse ? 'sparse file' : kind;
}

function timeOf(fields: HeaderFields, record: string | undefined, { place }: Around): string {
  const time = record === undefined ? String(fields.mtime) : paxTime(record);
  if (time === undefined) throw damaged(place, 'the mtime of an extended header is no number', 'tar');
  return time;
}

function checkLimits(name: string, linkname: string, size: number, { place, limits }: Around): void {
  const long = [name, linkname].find((text) => text.length > limits.path || text.split('/').length > limits.depth);
  if (long !== undefined) {
    const what = `a name in it has ${long.length} bytes in ${long.split('/').length} parts: ${shown(long.slice(0, 40))}…`;
    throw hostile(place, what, 'tar');
  }
  if (size > limits.content) {
    const what = `${JSON.stringify(shown(name))} says it has ${size} bytes, more than a layer may hold`;
    throw hostile(place, what, 'tar');
  }
}

function realSizeOf(kind: EntryKind, header: Buffer, number: (key: string) => number | undefined): number | undefined {
  if (kind !== 'sparse file') return undefined;
  return number('GNU.sparse.realsize') ?? number('GNU.sparse.size') ?? fieldNumber(header, 483, 12);
}

/** Sizes about which readers disagree: one goes on where the other still sees content. */
function sizeProblems(
  kind: EntryKind,
  size: number,
  paxSize: number | undefined,
  realSize: number | undefined,
  { limits }: Around,
): EntryProblem[] {
  const problems: string[] = [];
  if (paxSize !== undefined && paxSize !== size) {
    problems.push(`its header says ${size} bytes, its extended header ${paxSize}: readers disagree about what follows`);
  }
  if (!hasContent(kind) && size !== 0) {
    problems.push(`a ${kind} of ${size} bytes: readers disagree about what follows`);
  }
  if (kind === 'sparse file' && (realSize === undefined || realSize > limits.content)) {
    problems.push(`a sparse file of ${realSize ?? 'unknown'} bytes, more than a layer may hold`);
  }
  return problems.map((text) => ({ cause: 'hostile', text }));
}
