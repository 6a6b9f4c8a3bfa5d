import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { CancelledError } from '../base/errors.js';
import type { CompressedLayer, CompressJob } from './compress-tar.js';
import type { EngineName } from './deflate-engine.js';
import { chooseEngine, type DeflateEngine } from './deflate-guard.js';
import { fromPlain, type WorkerData, type WorkerMessage } from './worker-messages.js';

/**
 * Three layers of one size take 1.5 times one on two processors when made at once, two by two they take twice; so one
 * more than processors. Never more than three, since a thread costs 14 MB (Node 20) to 22 MB (Node 24).
 */
const MOST_AT_ONCE = 3;

let workerEntry: URL | undefined;

/**
 * Says which file worker threads run: one that calls `serve()` of `deflate-worker.ts` where `isMainThread` is false.
 * Without it, and where Node's zlib (which has threads of its own) does the work, layers are made in this thread.
 */
export function setWorkerEntry(url: URL | undefined): void {
  workerEntry = url;
}

export interface CompressorOptions {
  /** Default `auto`. */
  engine?: DeflateEngine | undefined;
  /** Layers made at once; default one more than processors, 3 at most. */
  concurrency?: number | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Makes layers, several at once. `close()` must be called at the end: its threads keep the process alive.
 */
export class Compressor {
  private chosen: EngineName | undefined;
  private readonly wanted: DeflateEngine;
  private readonly signal: AbortSignal | undefined;
  private free: number;
  private readonly waiting: (() => void)[] = [];
  private readonly idle: Worker[] = [];

  constructor(options: CompressorOptions = {}) {
    this.wanted = options.engine ?? 'auto';
    this.signal = options.signal;
    this.free = Math.max(1, options.concurrency ?? Math.min(availableParallelism() + 1, MOST_AT_ONCE));
  }

  /**
   * The engine in use; found out at the first layer, so that a run whose layers are all in the store pays nothing for it.
   * @throws RunError where the engine `node` is asked for and Node's zlib is not the reference one
   */
  get engine(): EngineName {
    this.chosen ??= chooseEngine(this.wanted);
    return this.chosen;
  }

  /**
   * Archives and compresses one layer when its turn comes.
   * @param onBytes called now and then with the length of the archive so far
   * @throws CancelledError where the signal was aborted; else as `compressTar`
   */
  async compress(job: CompressJob, onBytes?: (bytes: number) => void): Promise<CompressedLayer> {
    await this.enter();
    try {
      if (this.signal?.aborted) throw new CancelledError();
      if (this.engine === 'node' || workerEntry === undefined) {
        const { compressTar } = await import('./compress-tar.js');
        return await compressTar(job, this.engine, onBytes, this.signal);
      }
      const worker = this.idle.pop() ?? this.start();
      const result = await runInWorker(worker, job, onBytes, this.signal);
      this.idle.push(worker);
      return result;
    } finally {
      this.leave();
    }
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all(this.idle.splice(0).map((worker) => worker.terminate()));
  }

  private start(): Worker {
    if (workerEntry === undefined) throw new Error('no worker entry is set');
    return new Worker(workerEntry, { workerData: { engine: this.engine } satisfies WorkerData });
  }

  private async enter(): Promise<void> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free++;
  }
}

/** One job on an idle worker. A worker that failed or was cancelled is ended, not used again. */
function runInWorker(
  worker: Worker,
  job: CompressJob,
  onBytes: ((bytes: number) => void) | undefined,
  signal: AbortSignal | undefined,
): Promise<CompressedLayer> {
  return new Promise((resolve, reject) => {
    const onAbort = () => fail(new CancelledError());
    const onMessage = (message: WorkerMessage) => {
      if ('bytes' in message) return onBytes?.(message.bytes);
      if ('failed' in message) return fail(fromPlain(message.failed));
      settle();
      resolve(message.done);
    };
    const onExit = (code: number) => fail(new Error(`a compressing thread ended with code ${code}`));
    const settle = () => {
      worker.off('message', onMessage).off('error', fail).off('exit', onExit);
      signal?.removeEventListener('abort', onAbort);
    };
    // The thread is gone before the caller hears of it, so that nothing writes to the files the caller then removes.
    const fail = (error: Error) => {
      settle();
      worker.on('error', () => {});
      worker.terminate().then(
        () => reject(error),
        () => reject(error),
      );
    };
    worker.on('message', onMessage).on('error', fail).on('exit', onExit);
    signal?.addEventListener('abort', onAbort, { once: true });
    worker.postMessage(job);
  });
}
