import { constants, createDeflateRaw, type DeflateRaw } from 'node:zlib';
import { Deflate as PakoDeflate } from 'pako';
import { Deflate } from './profile1.js';

/** Which implementation makes the deflate stream: a port of zlib to JavaScript, or the zlib inside Node. */
export type EngineName = 'pako' | 'node';

/**
 * One raw deflate stream (RFC 1951) with the parameters of profile 1. Where its input is cut into chunks does not
 * matter to the output. A chunk that was given may be overwritten as soon as the promise is kept.
 */
export interface RawDeflate {
  /** Takes a chunk; gives the compressed bytes that are ready, often none. */
  push(chunk: Uint8Array): Promise<Uint8Array[]>;
  /** Ends the stream; gives the compressed bytes that were left. */
  end(): Promise<Uint8Array[]>;
}

export function openDeflate(engine: EngineName): RawDeflate {
  return engine === 'node' ? new NodeEngine() : new PakoEngine();
}

const OUTPUT_CHUNK = 64 * 1024;

/** pako with the hash of the reference zlib; its default imitates the zlib that Chromium changed. */
class PakoEngine implements RawDeflate {
  private ready: Uint8Array[] = [];
  private readonly deflate = new PakoDeflate({ ...Deflate, raw: true, legacyHash: true, chunkSize: OUTPUT_CHUNK });

  constructor() {
    this.deflate.onData = (chunk) => this.ready.push(chunk);
    this.deflate.onEnd = () => {};
  }

  async push(chunk: Uint8Array): Promise<Uint8Array[]> {
    return this.step(chunk, false);
  }

  async end(): Promise<Uint8Array[]> {
    return this.step(new Uint8Array(0), true);
  }

  private step(chunk: Uint8Array, last: boolean): Uint8Array[] {
    if (!this.deflate.push(chunk, last)) throw new Error(`pako failed: ${this.deflate.msg}`);
    const ready = this.ready;
    this.ready = [];
    return ready;
  }
}

/** Node's own zlib, which runs in Node's thread pool. Its bytes are right only where the guard says so. */
class NodeEngine implements RawDeflate {
  private ready: Uint8Array[] = [];
  private failure: Error | undefined;
  private readonly stream: DeflateRaw = createDeflateRaw({
    ...Deflate,
    strategy: constants.Z_DEFAULT_STRATEGY,
    chunkSize: OUTPUT_CHUNK,
  });

  constructor() {
    this.stream.on('data', (chunk: Buffer) => this.ready.push(chunk));
    this.stream.on('error', (error) => {
      this.failure = error;
    });
  }

  async push(chunk: Uint8Array): Promise<Uint8Array[]> {
    await new Promise<void>((resolve, reject) => {
      this.stream.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
    return this.take();
  }

  async end(): Promise<Uint8Array[]> {
    await new Promise<void>((resolve, reject) => {
      this.stream.once('end', resolve).once('error', reject);
      this.stream.end();
    });
    return this.take();
  }

  private take(): Uint8Array[] {
    if (this.failure) throw this.failure;
    const ready = this.ready;
    this.ready = [];
    return ready;
  }
}
