import fc from 'fast-check';

/** One change of a text or of bytes: what, where, how much, and what is put there. */
const CHANGE = fc.tuple(fc.nat(9), fc.nat(0xffff), fc.nat(40), fc.nat(0xffff));
const CHANGES = fc.array(CHANGE, { maxLength: 4 });
type Change = readonly [kind: number, at: number, length: number, value: number];

/** Letters and pieces that parsers look at, whatever they parse. */
const PIECES = [
  ...['', ' ', '\n', '\r\n', '\t', '\0', '/', '\\', ':', '@', '=', ',', '#', '?', '"', "'", '-', '--', '.', '..', '+'],
  ...['{', '}', '[', ']', '0', '1', '9'.repeat(20), '-1', '1e999', 'null', 'true', 'a', 'Z', 'é', '\u212a', '\ud800'],
  ...['\u2028', '😀', '\x1b[31m', '%00', '__proto__', 'constructor', 'sha256:', `sha256:${'0'.repeat(64)}`, '\ufeff'],
  ...['x'.repeat(300), ' '.repeat(3000), '/'.repeat(3000), '-'.repeat(3000), '"'.repeat(999), '['.repeat(999)],
];

/** Any text, half surrogates included; not fast-check's own, which first makes a table of all letters that there are. */
const ANY_TEXT = fc
  .array(fc.oneof(fc.nat(0x7f), fc.nat(0xffff), fc.nat(0x10ffff)), { maxLength: 60 })
  .map((points) => String.fromCodePoint(...points));

/** A text: any at all, or one of the examples with a few changes (or none). `pieces` are what its parser looks at. */
export function texts(examples: readonly string[], pieces: readonly string[] = []): fc.Arbitrary<string> {
  const all = [...pieces, ...pieces, ...PIECES, ...examples];
  const changed = fc.tuple(fc.constantFrom(...examples), CHANGES).map(([text, changes]) => {
    return changes.reduce((result, change) => changeText(result, change, all), text);
  });
  const joined = fc.array(fc.constantFrom(...all), { maxLength: 12 }).map((parts) => parts.join(''));
  return fc.oneof(
    { weight: 6, arbitrary: changed },
    { weight: 2, arbitrary: joined },
    { weight: 2, arbitrary: ANY_TEXT },
  );
}

function changeText(text: string, [kind, place, length, value]: Change, pieces: readonly string[]): string {
  const at = place % (text.length + 1);
  const piece = pieces[value % pieces.length] ?? '';
  const rest = text.slice(at + length);
  if (kind < 3) return text.slice(0, at) + piece + text.slice(at); // put in
  if (kind < 5) return text.slice(0, at) + piece + text.slice(at + 1); // in place of one letter
  if (kind < 6) return text.slice(0, at) + rest; // taken out
  if (kind < 7) return text.slice(0, at) + text.slice(at, at + length) + text.slice(at); // twice
  if (kind < 8) return text.slice(0, at); // cut off
  const other = String.fromCharCode(value % (kind < 9 ? 128 : 0x10000));
  return text.slice(0, at) + other + text.slice(at + 1);
}

/** Numbers that lengths, counts and offsets are set to. */
const NUMBERS = [0, 1, 2, 4, 7, 8, 16, 255, 256, 511, 512, 4096, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

/** Bytes: any at all, or one of the examples with a few changes (or none). */
export function bytes(examples: readonly Buffer[]): fc.Arbitrary<Buffer> {
  const changed = fc.tuple(fc.constantFrom(...examples), CHANGES).map(([data, changes]) => changeBytes(data, changes));
  const any = fc.uint8Array({ maxLength: 700 }).map((data) => Buffer.from(data));
  return fc.oneof({ weight: 8, arbitrary: changed }, { weight: 1, arbitrary: any });
}

export function changeBytes(data: Buffer, changes: readonly Change[]): Buffer {
  return changes.reduce<Buffer>(changeOnce, Buffer.from(data));
}

/** Changes of bytes, for those that change only a part. */
export { CHANGES };

function changeOnce(data: Buffer, [kind, place, length, value]: Change): Buffer {
  const at = place % (data.length + 1);
  const number = NUMBERS[value % NUMBERS.length] ?? 0;
  if (kind < 3 && at + 1 <= data.length) data.writeUInt8(value & 0xff, at);
  else if (kind === 3 && at + 2 <= data.length) data.writeUInt16LE(number & 0xffff, at);
  else if (kind === 4 && at + 4 <= data.length) data.writeUInt32LE(number, at);
  else if (kind === 5 && at + 8 <= data.length) data.writeBigUInt64LE(BigInt(number) << BigInt(length % 32), at);
  else if (kind === 6) return data.subarray(0, at);
  else if (kind === 7) return Buffer.concat([data.subarray(0, at), data.subarray(at + length)]);
  else if (kind === 8) return Buffer.concat([data.subarray(0, at), Buffer.alloc(length, value), data.subarray(at)]);
  else if (at < data.length) data.writeUInt8((data[at] ?? 0) ^ (1 << (value & 7)), at);
  return data;
}
