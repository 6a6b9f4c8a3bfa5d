import { CancelledError } from '../../base/errors.js';
import { type RetryOptions, tryAgain } from '../../base/retry.js';
import { type S3Doing, S3Error, type S3Place, s3Error, wordsOf } from './errors.js';
import { classifyS3 } from './failure.js';

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
  private readonly options: RetryOptions;

  constructor(place: S3Place, options: RetryOptions) {
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
    const { signal } = this.options;
    const once = async (retry: number) => {
      if (signal?.aborted) throw new CancelledError();
      try {
        return await body({ options: signal === undefined ? {} : { abortSignal: signal }, retry });
      } catch (error) {
        if (signal?.aborted) throw new CancelledError();
        throw s3Error(classifyS3(error), doing, this.place);
      }
    };
    return tryAgain(doing.what, this.options, once, (error) =>
      error instanceof S3Error && error.failure.isPassing ? wordsOf(error.failure, this.place) : undefined,
    );
  }
}
