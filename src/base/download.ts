import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CancelledError, explainSystemError, messageOf, RunError, systemCode } from './errors.js';
import { pause } from './limit.js';
import type { Log } from './log.js';
import { isInside } from './private-network.js';

export interface DownloadOptions {
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
  /** How many bytes are taken at most. */
  readonly limit: number;
  /**
   * Refuse to be led from a public address to a private one, as a server does that wants this machine to reach into its
   * own network. An address that was given is not refused.
   */
  readonly keepOutside?: boolean | undefined;
  /** Wait before the second try, in milliseconds; the third waits four times as long. Default 1000. */
  readonly retryDelay?: number | undefined;
}

/** The site answered that there is nothing at that address (404 or 410). */
export class NotFoundError extends RunError {}

/** There is more at that address than is taken. */
export class TooLargeError extends RunError {}

const TRIES = 3;
const MAX_REDIRECTS = 5;
/** Milliseconds without a byte after which a connection counts as dropped. */
const STALL = 60_000;

/**
 * Downloads `url` to the new file `path` (mode 0600), hashing on the way. Network proxies are those of the process
 * (HTTPS_PROXY, NO_PROXY). Tries again after 429, 5xx and dropped connections.
 * @returns lower-case hex SHA-256 of what was written
 * @throws NotFoundError on 404 and 410
 * @throws RunError naming the address otherwise; then the file is gone
 * @throws CancelledError where the signal was aborted
 */
export async function downloadFile(url: string, path: string, options: DownloadOptions): Promise<string> {
  return await withRetries(url, options, async (message) => {
    const hash = createHash('sha256');
    const file = createWriteStream(path, { mode: 0o600, flags: 'wx' });
    try {
      const meter = measured(message, url, options, (chunk) => hash.update(chunk));
      await pipeline(message, meter, file, signalOf(options));
    } catch (error) {
      // A connection can drop before the file is even opened: removed too early, it would come into being afterwards.
      if (!file.closed) await new Promise<void>((resolve) => file.once('close', resolve));
      await rm(path, { force: true });
      throw error;
    }
    return hash.digest('hex');
  });
}

/** Downloads a text as `downloadFile` does, into memory. */
export async function downloadText(url: string, options: DownloadOptions): Promise<string> {
  return await withRetries(url, options, async (message) => {
    const chunks: Buffer[] = [];
    const meter = measured(message, url, options, () => {});
    meter.on('data', (chunk: Buffer) => chunks.push(chunk));
    await pipeline(message, meter, signalOf(options));
    return Buffer.concat(chunks).toString('utf8');
  });
}

function signalOf({ signal }: DownloadOptions): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

/** A failure that another try may mend. */
class PassingError extends RunError {}

async function withRetries<T>(
  url: string,
  options: DownloadOptions,
  use: (message: IncomingMessage) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await request(url, options, use);
    } catch (error) {
      if (options.signal?.aborted) throw new CancelledError();
      if (!(error instanceof PassingError)) throw error;
      if (attempt === TRIES) throw new RunError(`${error.message} (${TRIES} tries)`);
      options.log.debug(`${error.message}; trying again`);
      await pause((options.retryDelay ?? 1000) * 4 ** (attempt - 1), options.signal);
    }
  }
}

/** One try: follows redirects, and hands the body of a 200 to `use`. */
async function request<T>(
  start: string,
  options: DownloadOptions,
  use: (message: IncomingMessage) => Promise<T>,
): Promise<T> {
  const { HttpClient } = await import('@actions/http-client'); // large, and not loaded where nothing is downloaded
  // Redirects are followed here: the client follows fifty, and no relative one.
  const client = new HttpClient('pushgateway-ttl-action', [], { allowRedirects: false, socketTimeout: STALL });
  const stop = () => client.dispose();
  options.signal?.addEventListener('abort', stop, { once: true });
  try {
    let url = start;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const { message } = await abortable(client.get(url), options.signal);
      const next = redirectOf(message, url);
      if (next === undefined) {
        checkStatus(message, url);
        return await use(message);
      }
      message.destroy();
      if (options.keepOutside && !(await isInside(start)) && (await isInside(next))) {
        throw new RunError(`${url} redirects to ${next}, which is on a private network`);
      }
      url = next;
    }
    throw new RunError(`${start} redirects over ${MAX_REDIRECTS} times`);
  } catch (error) {
    throw worded(error, start);
  } finally {
    options.signal?.removeEventListener('abort', stop);
    client.dispose();
  }
}

/** Rejects as soon as the signal is aborted: the client knows no signals, and a socket that waits stays open. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(new CancelledError());
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function redirectOf(message: IncomingMessage, url: string): string | undefined {
  const { statusCode = 0, headers } = message;
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return undefined;
  const next = new URL(headers.location, url);
  const downgrade = url.startsWith('https:') && next.protocol !== 'https:';
  if (downgrade || !/^https?:$/.test(next.protocol)) {
    message.destroy();
    throw new RunError(`${url} redirects to ${next.href}, which is not https`);
  }
  return next.href;
}

function checkStatus(message: IncomingMessage, url: string): void {
  const status = message.statusCode ?? 0;
  if (status === 200) return;
  message.destroy();
  if (status === 404 || status === 410) throw new NotFoundError(`${url} answers ${status}: it does not exist`);
  const text = `${url} answers ${status} ${message.statusMessage ?? ''}`.trim();
  throw status === 429 || status >= 500 ? new PassingError(text) : new RunError(text);
}

/** Passes the body on, and ends it where it grows past the limit or nothing comes any more. */
function measured(
  message: IncomingMessage,
  url: string,
  options: DownloadOptions,
  each: (chunk: Buffer) => void,
): Transform {
  const expected = Number(message.headers['content-length'] ?? Number.NaN);
  let size = 0;
  const stalled = setTimeout(
    () => message.destroy(new PassingError(`${url} stopped sending after ${size} bytes`)),
    STALL,
  );
  const tooLarge = () => new TooLargeError(`${url} is larger than the ${options.limit} bytes that are taken`);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      stalled.refresh();
      size += chunk.length;
      if (size > options.limit || expected > options.limit) return done(tooLarge());
      each(chunk);
      const of = Number.isNaN(expected) ? '' : ` of ${megabytes(expected)}`;
      options.log.progress(`${url}: ${megabytes(size)}${of} MB`);
      done(null, chunk);
    },
    destroy(error, done) {
      clearTimeout(stalled);
      done(error);
    },
  });
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** Codes of errors that come from the disk, not from the network. */
const DISK = ['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EEXIST', 'ENOENT', 'EIO', 'EFBIG'];

/** Codes of errors that say that the server's certificate is not to be trusted: no other try mends that. */
const CERTIFICATE = /CERT|^UNABLE_TO_(GET|VERIFY|DECRYPT|DECODE)|^ERR_TLS/;

function worded(error: unknown, url: string): unknown {
  if (error instanceof RunError || error instanceof CancelledError) return error;
  const code = systemCode(error) ?? '';
  if (DISK.includes(code)) return explainSystemError(error, `download ${url}`);
  const text = `Could not download ${url}: ${messageOf(error) || code || 'the connection failed'}`;
  if (CERTIFICATE.test(code))
    return new RunError(`${text}. If its certificate authority is your own, name its file in NODE_EXTRA_CA_CERTS`);
  return new PassingError(text);
}
