import type { S3Client } from '@aws-sdk/client-s3';
import type { Log } from '../../base/log.js';
import type { S3Cause } from './causes.js';
import { type S3Doing, S3Error } from './errors.js';
import type { S3Requests } from './requests.js';

/** An open bucket. */
export interface S3Session {
  readonly client: S3Client;
  readonly requests: S3Requests;
  /** The signal for the next thing that is undone. */
  readonly undo: () => AbortSignal;
  readonly log: Log;
  readonly bucket: string;
  /** `''`, or `a/b/`. */
  readonly prefix: string;
}

/** The parameters of a request that name an object. */
export function objectOf({ bucket, prefix }: S3Session, key: string): { Bucket: string; Key: string } {
  return { Bucket: bucket, Key: prefix + key };
}

/** Words for what is done with an object. */
export function doing({ bucket, prefix }: S3Session, access: S3Doing['access'], verb: string, key: string): S3Doing {
  return { what: `${verb} s3://${bucket}/${prefix}${key}`, access, key };
}

/** Whether a request failed for this reason. */
export function hasCause(error: unknown, ...causes: readonly S3Cause[]): error is S3Error {
  return error instanceof S3Error && causes.includes(error.failure.cause);
}
