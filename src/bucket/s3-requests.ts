import { CancelledError } from '../base/errors.js';
import { pause } from '../base/limit.js';
import type { Log } from '../base/log.js';
import { delayBefore } from '../registry/retry.js';
import { type S3Doing, type S3Place, s3Error, wordsOf } from './s3-errors.js';
import { classifyS3 } from './s3-failure.js';

export interface RequestOptions {
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
  /** Further tries after the first. */
  readonly retries: number;
  /** Milliseconds before the first retry; doubling, at most 30 s. Default 1000. */
  readonly firstDelay?: number | undefined;
}

/** What one try is given. */
export interface Try {
  /** For the SDK's `send`. */
  readonly options: { readonly abortSignal?: AbortSignal };
  /** 0 for the first. A later one may find what an earlier one did, whose answer was lost. */
  readonly retry: number;
}

/** Sends requests to a store, again where that may help, and says in words why one failed. */
export class S3Requests {
  readonly place: S3Place;
  private readonly options: RequestOptions;

  constructor(place: S3Place, options: RequestOptions) {
    this.place = place;
    this.options = options;
  }

  get signal(): AbortSignal | undefined {
    return this.options.signal;
  }

  /**
   * @param body one try: the request, and whatever its answer has to be read for
   * @throws S3Error, KeyConflictError; CancelledError as soon as the signal is aborted
   */
  async run<T>(doing: S3Doing, body: (once: Try) => Promise<T>): Promise<T> {
    const { signal, retries, firstDelay, log } = this.options;
    for (let retry = 0; ; retry++) {
      if (signal?.aborted) throw new CancelledError();
      try {
        return await body({ options: signal === undefined ? {} : { abortSignal: signal }, retry });
      } catch (error) {
        if (signal?.aborted) throw new CancelledError();
        const failure = classifyS3(error);
        if (!failure.isPassing || retry >= retries) throw s3Error(failure, doing, this.place);
        const delay = delayBefore(retry + 1, firstDelay);
        const why = wordsOf(failure, this.place);
        log.info(`${doing.what}: ${why}; retry ${retry + 1} of ${retries} in ${(delay / 1000).toFixed(1)} s`);
        await pause(delay, signal);
      }
    }
  }
}
