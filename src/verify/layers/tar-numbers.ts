const [NUL, BLANK, ZERO, SEVEN] = [0, 0x20, 0x30, 0x37];

/**
 * A number in a header's field: octal digits with blanks or NULs before them and one of these or the field's end after
 * them, none being 0; or, where the first bit is set, two's complement in base 256 (GNU tar).
 * @returns undefined where it is neither, or is too large to be exact
 */
export function fieldNumber(header: Buffer, at: number, width: number): number | undefined {
  const end = at + width;
  if ((header[at] as number) >= 0x80) return base256(header.subarray(at, end));
  const isGap = (byte: number | undefined) => byte === NUL || byte === BLANK;
  let from = at;
  while (from < end && isGap(header[from])) from++;
  let value = 0;
  for (; from < end && !isGap(header[from]); from++) {
    const digit = header[from] as number;
    if (digit < ZERO || digit > SEVEN) return undefined;
    value = 8 * value + digit - ZERO;
  }
  return Number.isSafeInteger(value) ? value : undefined;
}

function base256(field: Buffer): number | undefined {
  const isNegative = ((field[0] as number) & 0x40) !== 0;
  let value = BigInt((field[0] as number) & 0x3f);
  for (const byte of field.subarray(1)) value = (value << 8n) | BigInt(byte);
  if (isNegative) value -= 1n << BigInt(8 * field.length - 2);
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** The text of a field up to its first NUL, a byte a letter. */
export function fieldText(header: Buffer, at: number, width: number): string {
  let end = at;
  while (end < at + width && header[end] !== NUL) end++;
  return end === at ? '' : header.toString('latin1', at, end);
}

/** Whether the sum in a header is that of its bytes; old tools added them up as signed. */
export function isChecksumRight(header: Buffer): boolean {
  const said = fieldNumber(header, 148, 8);
  let unsigned = 8 * BLANK;
  let high = 0;
  for (let at = 0; at < header.length; at++) {
    if (at === 148) at = 156;
    const byte = header[at] as number;
    unsigned += byte;
    if (byte >= 0x80) high++;
  }
  return said === unsigned || said === unsigned - 0x100 * high;
}

/**
 * Tells bytes apart, in 32 bits (FNV-1a). No proof of being equal: where it takes two for one, they are found by the
 * digests of the archives, and count for more than they are.
 */
export function weakHash(bytes: Buffer, before = 0): number {
  let hash = before ^ 0x811c9dc5;
  for (let at = 0; at < bytes.length; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return hash;
}

/** A time of a PAX record, `1700000000.5`, without zeros that say nothing; undefined where it is none. */
export function paxTime(text: string): string | undefined {
  const match = /^(-?)0*(\d{1,15})(?:\.(\d{0,30}))?$/.exec(text);
  if (!match) return undefined;
  const [, sign = '', seconds = '0', fraction = ''] = match;
  const rest = fraction.replace(/0+$/, '');
  return `${seconds === '0' && rest === '' ? '' : sign}${seconds}${rest === '' ? '' : `.${rest}`}`;
}

/** A whole number of a PAX record; undefined where it is none. */
export function paxNumber(text: string): number | undefined {
  const value = /^-?\d{1,16}$/.test(text) ? Number(text) : undefined;
  return Number.isSafeInteger(value) ? value : undefined;
}

const ZEROS = Buffer.alloc(64 * 1024);

/** Whether all bytes are NUL. */
export function isZero(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += ZEROS.length) {
    const piece = bytes.subarray(at, at + ZEROS.length);
    if (!piece.equals(ZEROS.subarray(0, piece.length))) return false;
  }
  return true;
}
