import type { TarEntry } from './tar-plan.js';

/** A key and its value, as `['MSWINDOWS.fileattr', '32']`. */
export type PaxRecord = readonly [key: string, value: string];

const NAME_SIZE = 100;

/**
 * The records of an entry's extended header, sorted by key: its own, and its path where that is too long for the field
 * (POSIX.1-2001, pax). Undefined where the entry has none of its own: then it is plain ustar, whose long paths are split.
 * @param name with a slash at its end where it is a directory
 */
export function paxRecords(entry: TarEntry, name: string): readonly PaxRecord[] | undefined {
  if (!entry.pax || entry.pax.length === 0) return undefined;
  const records: PaxRecord[] = [...entry.pax];
  if (name.length > NAME_SIZE) records.push(['path', name]);
  return records.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** `LENGTH KEY=VALUE` and a line feed each, where the length counts itself. */
export function paxText(records: readonly PaxRecord[]): string {
  return records.map(([key, value]) => paxLine(`${key}=${value}\n`)).join('');
}

function paxLine(rest: string): string {
  let length = rest.length + 2; // one digit and the blank
  while (`${length} ${rest}`.length !== length) length++;
  return `${length} ${rest}`;
}

/** What Go calls the extended header of an entry: `PaxHeaders.0` in the folder of the entry, at most 100 bytes of it. */
export function paxHeaderName(name: string): string {
  const cut = name.lastIndexOf('/') + 1;
  const path = `${name.slice(0, cut)}PaxHeaders.0/${name.slice(cut)}`;
  return path.slice(0, NAME_SIZE).replace(/\/+$/, '');
}

/**
 * The name field of an entry whose whole path may stand in a record: its first 100 bytes, without a slash at their end
 * where they are not the whole name (Go's archive/tar: some readers would take the entry for a directory).
 */
export function cutName(name: string): string {
  return name.length <= NAME_SIZE ? name : name.slice(0, NAME_SIZE).replace(/\/+$/, '');
}
