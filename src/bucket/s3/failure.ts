import { messageOf, systemCode } from '../../base/errors.js';
import { BY_CODE, BY_STATUS, BY_TEXT, type S3Cause } from './causes.js';

/** What went wrong with a request to a store. */
export interface S3Failure {
  readonly cause: S3Cause;
  /** The store's own name for it (`AccessDenied`), or that of Node.js (`ECONNRESET`); '' where there is none. */
  readonly code: string;
  /** Undefined where there was no answer. */
  readonly status: number | undefined;
  /** What the store or Node.js says, one line; may hold anything. */
  readonly text: string;
  /** Whether another try may help. */
  readonly isPassing: boolean;
  /** The region that the store asks for. */
  readonly region: string | undefined;
  /** Milliseconds by which this machine's clock is ahead of the store's, by the answer's date. */
  readonly ahead: number | undefined;
}

type RawHeaders = Readonly<Record<string, string | undefined>>;

/** What the SDK throws, as far as it is looked at. */
interface Raw {
  readonly name: string | undefined;
  readonly Code: string | undefined;
  readonly Region: string | undefined;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly clockSkewCorrected?: boolean };
  readonly $response?: {
    readonly statusCode?: number;
    readonly headers?: RawHeaders;
  };
}

/** What arrived is not what was sent. */
export class DamagedError extends Error {}

/** The answer is not one that a store gives. */
export class NoStoreError extends Error {}

const NETWORK = [
  ...['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN'],
  ...['ERR_STREAM_PREMATURE_CLOSE', 'UND_ERR_SOCKET', 'EADDRNOTAVAIL'],
];

const CERTIFICATE = /CERT|^UNABLE_TO_(GET|VERIFY|DECRYPT|DECODE)|^ERR_TLS|SELF_SIGNED/;

const PASSING: readonly S3Cause[] = ['rate-limit', 'server', 'damaged', 'connection', 'stalled'];

/** What an error that a request ended with means. */
export function classifyS3(error: unknown): S3Failure {
  const raw = readRaw(error);
  const headers = raw.$response?.headers ?? {};
  const status = raw.$metadata?.httpStatusCode ?? raw.$response?.statusCode;
  const cause = causeOf(error, raw, status, headers);
  const code = status === undefined ? (deepCode(error) ?? '') : knownName(raw);
  const text = saidBy(error).replaceAll(/\s+/g, ' ').trim().slice(0, 300);
  const isCorrected = raw.$metadata?.clockSkewCorrected === true && cause === 'clock';
  const date = Date.parse(headers.date ?? '');
  return {
    cause,
    code,
    status,
    text: text === 'UnknownError' ? '' : text,
    isPassing: PASSING.includes(cause) || isCorrected,
    region: raw.Region ?? headers['x-amz-bucket-region'] ?? /expecting ['"]([\w-]+)['"]/.exec(text)?.[1],
    ahead: Number.isNaN(date) ? undefined : Date.now() - date,
  };
}

/** An answer may have an element twice, or others in it, where a text should be; the SDK hands on what came of it. */
function readRaw(error: unknown): Raw {
  const { name, Code, Region, $metadata = {}, $response = {} } = Object(error) as Raw;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return { $metadata, $response, name: text(name), Code: text(Code), Region: text(Region) };
}

function saidBy(error: unknown): string {
  const text: unknown = error instanceof Error ? error.message : error;
  return typeof text === 'string' ? text : '';
}

function causeOf(error: unknown, raw: Raw, status: number | undefined, headers: RawHeaders): S3Cause {
  if (error instanceof DamagedError) return 'damaged';
  if (error instanceof NoStoreError) return 'no-store';
  if (status === undefined || status < 300) return causeOfConnection(error, status);
  if (raw.Code === 'AccessDenied' || raw.Code === 'InvalidRequest') {
    const byText = BY_TEXT.find(([words]) => words.test(messageOf(error)));
    if (byText !== undefined) return byText[1];
  }
  const byCode = BY_CODE.get(raw.Code ?? '');
  if (byCode !== undefined) return byCode;
  if (status >= 500 && status !== 501 && status !== 507) return 'server';
  // Proxies and web servers have pages for people. One store says so of empty answers, too.
  const isPage = headers['content-type']?.startsWith('text/html') && headers['content-length'] !== '0';
  if (isPage && raw.Code === undefined && ![408, 413, 429].includes(status)) return 'no-store';
  // Where there is no body the SDK makes a name of the status.
  const byName = BY_CODE.get(raw.name ?? '');
  if (byName !== undefined) return byName;
  return BY_STATUS[status] ?? 'other';
}

function causeOfConnection(error: unknown, status: number | undefined): S3Cause {
  const code = deepCode(error) ?? '';
  if (code === 'ETIMEDOUT' || Object(error).name === 'TimeoutError') return 'stalled';
  if (NETWORK.includes(code) || /socket hang up|^aborted$/.test(saidBy(error))) return 'connection';
  if (code === 'ENOTFOUND') return 'unknown-host';
  if (code === 'EPROTO' && /wrong.version.number/i.test(saidBy(error))) return 'plain-http';
  if (CERTIFICATE.test(code)) return 'certificate';
  // An answer that says "done" and cannot be read: cut off on the way, or by no store.
  return status === undefined ? 'other' : 'damaged';
}

/** The code of a system error, or of the one that it was caused by. */
function deepCode(error: unknown): string | undefined {
  return systemCode(error) ?? (error instanceof Error && error.cause ? systemCode(error.cause) : undefined);
}

function knownName({ Code, name }: Raw): string {
  const found = Code ?? name ?? '';
  return /^(Error|Unknown|UnknownError|SyntaxError|TypeError)$/.test(found) ? '' : found;
}
