import type { Platform } from '../../src/spec/platform.js';

export interface GoLikeOptions {
  /** As `go1.26.8`. */
  readonly goVersion?: string;
  /** Settings beside those of the platform. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Another, another program. */
  readonly seed?: number;
}

/**
 * A file that passes for a program that Go made for a platform, for whoever reads what Go recorded in it (Go's package
 * debug/buildinfo tells the form). An ELF header, one segment, and that record; nothing that runs.
 */
export function goLike({ os, architecture, variant }: Platform, options: GoLikeOptions = {}): Buffer {
  const { goVersion = 'go1.26.8', settings = {}, seed = 1 } = options;
  const own = { CGO_ENABLED: '0', GOARCH: architecture, GOOS: os, ...(variant && { GOARM: variant.slice(1) }) };
  const lines = [
    'path\tgithub.com/prometheus/pushgateway',
    'mod\tgithub.com/prometheus/pushgateway\t(devel)\t',
    `dep\texample.com/dep\tv1.0.${seed}\th1:${'A'.repeat(43)}=`,
    ...Object.entries({ ...own, ...settings }).map(([key, value]) => `build\t${key}=${value}`),
  ];
  const frame = Buffer.alloc(16, 0x30);
  const text = Buffer.concat([frame, Buffer.from(`${lines.join('\n')}\n`), frame]);
  const record = Buffer.alloc(32);
  record.write('\xff Go buildinf:', 'latin1');
  record[14] = 8;
  record[15] = 2; // the texts follow
  const data = Buffer.concat([record, withLength(Buffer.from(goVersion)), withLength(text), Buffer.alloc(4096, seed)]);

  const header = Buffer.alloc(128);
  header.write('\x7fELF\x02\x01\x01', 'latin1');
  header.writeUInt16LE(2, 16); // an executable
  header.writeUInt16LE(62, 18);
  header.writeBigUInt64LE(64n, 0x20); // the segments
  header.writeUInt16LE(56, 0x36);
  header.writeUInt16LE(1, 0x38);
  header.writeUInt16LE(64, 0x3a);
  header.writeUInt32LE(1, 64); // loaded
  header.writeUInt32LE(6, 68); // readable and writable
  header.writeBigUInt64LE(128n, 72);
  header.writeBigUInt64LE(BigInt(data.length), 96);
  return Buffer.concat([header, data]);
}

/** A varint before it: seven bits a byte, the lowest first. */
function withLength(bytes: Buffer): Buffer {
  const length: number[] = [];
  for (let rest = bytes.length; ; rest >>>= 7) {
    if (rest < 0x80) return Buffer.concat([Buffer.from([...length, rest]), bytes]);
    length.push((rest & 0x7f) | 0x80);
  }
}
