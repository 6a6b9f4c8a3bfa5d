import { createHash } from 'node:crypto';
import { damaged, hostile, type Place } from '../damaged.js';
import { ByteCursor } from './byte-cursor.js';
import { type ArchiveEnd, type ArchiveEntry, shown } from './tar-entry.js';
import { makeEntry } from './tar-entry-of.js';
import { ExtendedHeaders, isExtended } from './tar-extended.js';
import { type HeaderFields, hasContent, headerFields } from './tar-fields.js';
import { Interned, TAR_LIMITS, type TarLimits } from './tar-limits.js';
import { isChecksumRight, isZero } from './tar-numbers.js';

const BLOCK = 512;

/** The digest of nothing; many files are empty. */
const EMPTY = createHash('sha256').digest('binary');

/** Where the content of a file goes, part by part. */
export type Sink = (part: Buffer) => Promise<void>;

export interface TarReaderOptions {
  readonly limits?: TarLimits;
  /** Asked for each entry that has content, before it is read. With it, contents are not hashed. */
  readonly sinkFor?: (index: number) => Sink | undefined;
}

/**
 * Reads an archive to its last byte, each entry with the bytes that it is made of: ustar, PAX, GNU and the format before
 * them. Strict where readers would disagree; sparse files are told, never expanded. Memory grows with what it yields
 * alone, which the limits bound.
 */
export class TarReader {
  /** Known when the last entry has been taken. */
  end: ArchiveEnd | undefined;
  private readonly cursor: ByteCursor;
  private readonly place: Place;
  private readonly limits: TarLimits;
  private readonly sinkFor: ((index: number) => Sink | undefined) | undefined;
  private readonly extended: ExtendedHeaders;
  private readonly interned = new Interned();
  private text = 0;

  constructor(chunks: AsyncIterable<Uint8Array>, place: Place, options: TarReaderOptions = {}) {
    this.cursor = new ByteCursor(chunks);
    this.place = place;
    this.limits = options.limits ?? TAR_LIMITS;
    this.sinkFor = options.sinkFor;
    this.extended = new ExtendedHeaders(place, this.limits);
  }

  /** @throws DamagedImageError where the archive is none, ends too early (damaged), or is beyond the limits (hostile) */
  async *entries(): AsyncGenerator<ArchiveEntry, void, void> {
    try {
      let start = 0;
      for (let index = 0; ; ) {
        const header = await this.cursor.block();
        if (isZero(header)) return await this.finish(header);
        const fields = this.fieldsOf(header, index);
        if (isExtended(fields.typeFlag)) {
          await this.extended.take(header, fields, this.cursor);
          continue;
        }
        if (index === this.limits.entries) {
          throw hostile(this.place, `it has more than ${this.limits.entries} entries`, 'tar');
        }
        yield await this.entry(index++, start, header, fields);
        start = this.cursor.offset;
      }
    } finally {
      await this.cursor.close();
    }
  }

  private fieldsOf(header: Buffer, index: number): HeaderFields {
    if (header.length < BLOCK) throw damaged(this.place, 'it ends in the middle of a header', 'tar');
    if (!isChecksumRight(header)) {
      const at = this.cursor.offset - BLOCK;
      const what = index === 0 && at === 0 ? 'it is no tar archive' : `the header at byte ${at} has a wrong checksum`;
      throw damaged(this.place, what, 'tar');
    }
    const fields = headerFields(header);
    if (typeof fields !== 'string') return fields;
    throw damaged(this.place, `the ${fields} of the header at byte ${this.cursor.offset - BLOCK} is no number`, 'tar');
  }

  private async entry(index: number, offset: number, header: Buffer, fields: HeaderFields): Promise<ArchiveEntry> {
    const { place, limits, extended, interned } = this;
    const made = makeEntry(index, offset, header, fields, { place, limits, extended, interned });
    this.text += made.text;
    if (this.text > limits.text) {
      throw hostile(place, `its names and records have more than ${limits.text} bytes`, 'tar');
    }
    const content = await this.content(made.entry, header);
    return { ...made.entry, ...content };
  }

  /** Reads what follows the header of an entry. */
  private async content(
    entry: ArchiveEntry,
    header: Buffer,
  ): Promise<{ contentHash: string; hasPadding: boolean } | undefined> {
    if (!hasContent(entry.kind)) return undefined;
    if (entry.size === 0 && entry.typeFlag !== 'S') return { contentHash: EMPTY, hasPadding: false };
    const sink = this.sinkFor?.(entry.index);
    const hash = this.sinkFor ? undefined : createHash('sha256');
    if (entry.typeFlag === 'S') {
      hash?.update(header.subarray(386, 483));
      await this.sparseMap(header[482] !== 0, (block) => hash?.update(block));
    }
    const read = await this.cursor.each(entry.size, (part) => {
      hash?.update(part);
      return sink?.(part);
    });
    let hasPadding = false;
    const padding = -entry.size & (BLOCK - 1);
    const filled = await this.cursor.each(padding, (part) => {
      hasPadding ||= !isZero(part);
    });
    if (read < entry.size || filled < padding) {
      const what = `it ends in the middle of ${JSON.stringify(shown(entry.name))}, which should have ${entry.size} bytes`;
      throw damaged(this.place, what, 'tar');
    }
    return { contentHash: hash?.digest('binary') ?? '', hasPadding };
  }

  /** Blocks that go on with the list of holes, which the header had no room for (old GNU format). */
  private async sparseMap(hasMore: boolean, use: (block: Buffer) => void): Promise<void> {
    for (let isOpen = hasMore; isOpen; ) {
      const block = await this.cursor.block();
      if (block.length < BLOCK) throw damaged(this.place, 'it ends in the middle of a list of holes', 'tar');
      use(block);
      isOpen = block[504] !== 0;
    }
  }

  /** Reads on to the end of the stream: what is compressed there belongs to the layer. */
  private async finish(first: Buffer): Promise<void> {
    if (this.extended.isWaiting) throw damaged(this.place, 'it ends with an extended header for no entry', 'tar');
    let zeros = first.length;
    let trailing = 0;
    const hash = createHash('sha256').update(String(this.extended.next()));
    await this.cursor.each(Number.POSITIVE_INFINITY, (part) => {
      let rest = part;
      if (trailing === 0) {
        const start = isZero(part) ? part.length : part.findIndex((byte) => byte !== 0);
        zeros += start;
        rest = part.subarray(start);
      }
      trailing += rest.length;
      hash.update(rest);
    });
    this.end = { size: this.cursor.offset, zeros, trailing, trailingHash: hash.digest('binary') };
  }
}
