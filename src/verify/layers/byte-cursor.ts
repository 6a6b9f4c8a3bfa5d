const BLOCK = 512;

/** Takes bytes off a stream of chunks, by pieces that do not care how it was cut. */
export class ByteCursor {
  /** Bytes that were taken. */
  offset = 0;
  private chunk: Buffer = Buffer.alloc(0);
  private readonly chunks: AsyncIterator<Uint8Array>;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next block of 512 bytes; shorter at the end of the stream, and empty after it. May share memory with a chunk. */
  async block(): Promise<Buffer> {
    if (this.chunk.length >= BLOCK) return this.cut(BLOCK);
    const parts: Buffer[] = [];
    await this.each(BLOCK, (part) => {
      parts.push(Buffer.from(part));
    });
    return Buffer.concat(parts);
  }

  /**
   * Hands on the next `size` bytes part by part, each valid for as long as `use` takes.
   * @returns how many there were: fewer where the stream ended
   */
  async each(size: number, use: (part: Buffer) => void | Promise<void>): Promise<number> {
    let left = size;
    while (left > 0 && (await this.fill())) {
      const part = this.cut(Math.min(left, this.chunk.length));
      left -= part.length;
      const used = use(part);
      if (used) await used;
    }
    return size - left;
  }

  /** Ends the stream. */
  async close(): Promise<void> {
    await this.chunks.return?.();
  }

  private cut(size: number): Buffer {
    const part = this.chunk.subarray(0, size);
    this.chunk = this.chunk.subarray(size);
    this.offset += size;
    return part;
  }

  /** Whether there is at least one byte more. */
  private async fill(): Promise<boolean> {
    while (this.chunk.length === 0) {
      const next = await this.chunks.next();
      if (next.done) return false;
      this.chunk = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    }
    return true;
  }
}
