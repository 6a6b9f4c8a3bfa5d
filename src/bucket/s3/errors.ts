import { RunError } from '../../base/errors.js';
import { KeyConflictError } from '../object-store.js';
import type { S3Failure } from './failure.js';

/** What was being done, for the message. */
export interface S3Doing {
  /** As in "write s3://bucket/key". */
  readonly what: string;
  readonly access: 'read' | 'write' | 'list' | 'remove';
  /** Without the destination's prefix. */
  readonly key?: string;
}

/** Where it was done. */
export interface S3Place {
  readonly bucket: string;
  /** `s3://bucket/prefix`. */
  readonly shown: string;
  /** Host, and port where there is one, that requests go to. */
  readonly host: string;
  readonly region: string;
  readonly forcePathStyle: boolean;
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
}

/** A store, or the way to it, failed. The message says what to do. */
export class S3Error extends RunError {
  readonly failure: S3Failure;

  constructor(failure: S3Failure, doing: S3Doing, place: S3Place) {
    super(`Could not ${doing.what}: ${explain(failure, doing, place)}`);
    this.failure = failure;
  }
}

export function s3Error(failure: S3Failure, doing: S3Doing, place: S3Place): S3Error | KeyConflictError {
  if (failure.cause !== 'key-conflict') return new S3Error(failure, doing, place);
  return new KeyConflictError(
    `Could not ${doing.what}: ${place.host} keeps objects as files, and cannot hold an object a beside one a/b (${wordsOf(failure, place)})`,
    doing.key ?? '',
  );
}

/** What the store said itself: `403 AccessDenied: Access Denied`. */
export function wordsOf({ status, code, text }: S3Failure, { redact }: S3Place): string {
  const said = redact(text);
  const name = [status, code].filter((part) => part !== undefined && part !== '' && !said.includes(String(part)));
  return [name.join(' '), said].filter((part) => part !== '').join(': ');
}

const PERMISSIONS = {
  read: 's3:GetObject',
  write: 's3:PutObject',
  list: 's3:ListBucket',
  remove: 's3:DeleteObject',
} as const;

function explain(failure: S3Failure, doing: S3Doing, place: S3Place): string {
  const { bucket, host, region } = place;
  const words = `(${wordsOf(failure, place)})`;
  switch (failure.cause) {
    case 'missing-bucket':
      return `${host} has no bucket ${bucket}; create it there, or correct the destination ${words}`;
    case 'missing':
      return `${host} says that it is not there ${words}`;
    case 'condition':
      return `another writer was there first ${words}`;
    case 'denied':
      return `${host} refuses it; the credentials need ${PERMISSIONS[doing.access]} for ${place.shown}, and s3:ListBucket, without which some stores refuse to say that an object is not there ${words}`;
    case 'unknown-key':
      return `${host} does not know the access key; check AWS_ACCESS_KEY_ID, or the profile, and that it is for this store ${words}`;
    case 'expired':
      return `the temporary credentials have expired; get new ones and run again ${words}`;
    case 'signature':
      return `${host} does not accept the signature; check AWS_SECRET_ACCESS_KEY, or the profile, and that no proxy on the way changes requests ${words}`;
    case 'region':
      return `the bucket ${bucket} is not in the region ${region}; ${
        failure.region === undefined || failure.region === region
          ? 'give its own one'
          : `give its own one with region=${failure.region}`
      } in the destination, or as AWS_REGION ${words}`;
    case 'clock':
      return `this machine's clock is ${clock(failure.ahead)} that of ${host}; set it right ${words}`;
    case 'too-large':
      return `${host}, or a proxy before it, refuses uploads of this size; raise its limit ${words}`;
    case 'full':
      return `${host} has no space left for it, or the quota is used up ${words}`;
    case 'unable':
      return `${host} cannot do that ${words}`;
    case 'rate-limit':
      return `${host} says that there were too many requests, and did so to the end; wait, or raise retries ${words}`;
    case 'server':
      return `${host} answers with an error of its own, and did so to the end; run again later, or raise retries ${words}`;
    case 'no-store':
      return `${host} does not answer as an S3 store does; correct endpoint ${words}`;
    case 'damaged':
      return `what ${host} has received or given is not what was sent, and stayed so to the end; check the store, and proxies before it ${words}`;
    case 'certificate':
      return `the TLS certificate of ${host} is not trusted; if its certificate authority is your own, name its file in NODE_EXTRA_CA_CERTS ${words}`;
    case 'plain-http':
      return `${host} speaks plain http; give endpoint=http://${host} where that is safe, else serve it with TLS`;
    case 'unknown-host':
      return unknownHost(place, failure);
    case 'connection':
      return `the connection to ${host} failed, and did so to the end; check the endpoint, that it is up, and that it can be reached from here ${words}`;
    case 'stalled':
      return `${host} did not answer in time, and was tried to the end; check it and the way to it ${words}`;
    default:
      return `${host} refuses it ${words}`;
  }
}

function unknownHost({ bucket, host, forcePathStyle }: S3Place, { text }: S3Failure): string {
  const [, asked = host] = /ENOTFOUND (\S+)/.exec(text) ?? [];
  const isBelow = !forcePathStyle && asked.startsWith(`${bucket}.`);
  const style = isBelow ? ', or give s3ForcePathStyle=true, which leaves the bucket out of the host' : '';
  return `there is no host ${asked}; correct endpoint, region or the name service of this machine${style}`;
}

function clock(ahead: number | undefined): string {
  if (ahead === undefined) return 'too far from';
  const minutes = Math.max(1, Math.round(Math.abs(ahead) / 60_000));
  return `${minutes} min ${ahead > 0 ? 'ahead of' : 'behind'}`;
}
