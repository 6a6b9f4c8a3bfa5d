/**
 * The records of an extended header, `LENGTH KEY=VALUE` and a line feed each (POSIX.1-2001, pax); of a key that is there
 * twice, the last. Texts hold a byte a letter.
 * @returns undefined where the bytes are not that
 */
export function parseRecords(bytes: Buffer): Map<string, string> | undefined {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(0x20, at);
    // Seven digits are more than any header that is read may have.
    if (blank < 0 || blank - at > 7) return undefined;
    const digits = bytes.toString('latin1', at, blank);
    const end = at + Number(digits);
    if (!/^[1-9]\d*$/.test(digits) || end > bytes.length || end < blank + 2 || bytes[end - 1] !== 0x0a)
      return undefined;
    const equals = bytes.indexOf(0x3d, blank + 1);
    if (equals <= blank + 1 || equals >= end) return undefined;
    records.set(bytes.toString('latin1', blank + 1, equals), bytes.toString('latin1', equals + 1, end - 1));
    at = end;
  }
  return records;
}

/** Records that replace a field of the header, and so are told there. */
const FIELDS = new Set(['path', 'linkpath', 'size', 'uid', 'gid', 'uname', 'gname', 'mtime']);

/** The records that are told by themselves, sorted. An empty value takes back what a global header said. */
export function ownRecords(records: ReadonlyMap<string, string>): (readonly [string, string])[] {
  const own = [...records].filter(([key, value]) => !FIELDS.has(key) && value !== '');
  return own.sort(([a], [b]) => (a < b ? -1 : 1));
}
