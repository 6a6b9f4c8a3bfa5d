import type { RequestListener, ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CancelledError, RunError } from '../../src/base/errors.js';
import { sha256Hex } from '../../src/base/hash.js';
import { KeyConflictError } from '../../src/bucket/object-store.js';
import type { S3Context } from '../../src/bucket/s3/store.js';
import { scratch } from '../support/files.js';
import { serveHttp, serveHttps } from '../support/loopback.js';
import { type Opened, openDestination } from '../support/open-store.js';
import { freePort } from '../support/program.js';

// What real stores of others answer, by their documentation: none of them runs here.

const SECRET = 'Hush+hush/hush0hush1hush2hush3hush4hush5';
const ENV = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: SECRET, AWS_SESSION_TOKEN: 'Token+token/token' };

function put(store: Opened): Promise<'done' | 'changed'> {
  return store.put('key', Buffer.from('hello'), { contentType: 'text/plain', sha256: sha256Hex('hello') });
}

async function failure(body: Promise<unknown>): Promise<Error> {
  const error = await body.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  return error as Error;
}

function refusal(code: string, message = 'Words of the store', more = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message>${more}<RequestId>1</RequestId></Error>`;
}

type Answer = (response: ServerResponse, method: string) => void;

function answering(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return (response, method) => {
    response.writeHead(status, { 'content-type': 'application/xml', ...headers });
    response.end(method === 'HEAD' ? '' : body);
  };
}

/** A store that gives these answers in turn, and the last ever after. */
async function storeOf(answers: readonly Answer[], more: Partial<S3Context> = {}) {
  const seen: string[] = [];
  const listener: RequestListener = (request, response) => {
    request.resume();
    request.on('end', () => {
      const answer = answers[Math.min(seen.length, answers.length - 1)];
      seen.push(`${request.method} ${request.url}`);
      answer?.(response, request.method ?? '');
    });
  };
  const server = await serveHttp(listener);
  onTestFinished(() => server.close());
  const destination = `s3://downloads?endpoint=${server.url}&region=us-east-1&s3ForcePathStyle=true`;
  const store = await openDestination(destination, ENV, { retries: 2, firstDelay: 1, ...more });
  return { store, seen, host: new URL(server.url).host };
}

describe('a refusal', () => {
  const refusals: [string, Answer, RegExp][] = [
    [
      'a missing bucket',
      answering(404, refusal('NoSuchBucket')),
      /has no bucket downloads; create it there, or correct the destination \(404 NoSuchBucket: Words of the store\)$/,
    ],
    [
      '403',
      answering(403, refusal('AccessDenied')),
      /refuses it; the credentials need s3:PutObject for s3:\/\/downloads/,
    ],
    [
      'an unknown access key',
      answering(403, refusal('InvalidAccessKeyId')),
      /does not know the access key; check AWS_ACCESS_KEY_ID/,
    ],
    [
      'a wrong secret',
      answering(403, refusal('SignatureDoesNotMatch')),
      /does not accept the signature; check AWS_SECRET_ACCESS_KEY/,
    ],
    ['an expired token', answering(400, refusal('ExpiredToken')), /temporary credentials have expired/],
    [
      'a wrong region, with the right one',
      answering(400, refusal('AuthorizationHeaderMalformed', 'x', '<Region>eu-central-1</Region>')),
      /the bucket downloads is not in the region us-east-1; give its own one with region=eu-central-1/,
    ],
    [
      'a redirect to the right region',
      answering(301, refusal('PermanentRedirect'), { 'x-amz-bucket-region': 'eu-west-3' }),
      /give its own one with region=eu-west-3/,
    ],
    [
      'a redirect without a word',
      answering(301, ''),
      /is not in the region us-east-1; give its own one in the destination/,
    ],
    [
      'an unknown access key, by Garage',
      answering(403, refusal('AccessDenied', 'Forbidden: No such key: AKIATEST')),
      /does not know the access key/,
    ],
    [
      'a wrong secret, by Garage',
      answering(403, refusal('AccessDenied', 'Forbidden: Invalid signature')),
      /does not accept the signature/,
    ],
    [
      'an access key that has expired, by Garage',
      answering(403, refusal('AccessDenied', 'Forbidden: Access key AKIATEST has expired')),
      /temporary credentials have expired/,
    ],
    [
      'a quota, by Garage',
      answering(403, refusal('AccessDenied', 'Forbidden: Object quota is reached, maximum objects for this bucket: 9')),
      /the quota is used up/,
    ],
    [
      'a clock, by Garage',
      answering(400, refusal('InvalidRequest', 'Bad request: Date is too old')),
      /this machine's clock is .* that of .*; set it right/,
    ],
    ['a quota', answering(403, refusal('QuotaExceeded')), /has no space left for it, or the quota is used up/],
    [
      'a body that is too large for a proxy',
      answering(413, '<html>413</html>', { 'content-type': 'text/html' }),
      /refuses uploads of this size/,
    ],
    [
      'a page of another server',
      answering(404, '<html><body>404</body></html>', { 'content-type': 'text/html' }),
      /does not answer as an S3 store does; correct endpoint/,
    ],
    [
      'a server that likes everything',
      answering(200, '<html>Hello</html>', { 'content-type': 'text/html' }),
      /does not answer as an S3 store does/,
    ],
    ['an error that nobody knows', answering(418, refusal('Teapot')), /refuses it \(418 Teapot: Words of the store\)/],
  ];
  it.each(refusals)('%s: is said in words, once', async (_name, answer, words) => {
    const { store, seen, host } = await storeOf([answer]);
    const error = await failure(put(store));
    expect(error).toBeInstanceOf(RunError);
    expect(error.message).toMatch(words);
    expect(error.message).toMatch(/^Could not write s3:\/\/downloads\/key: /);
    expect(error.message).toMatch(/the bucket downloads|the temporary/.test(error.message) ? /./ : host);
    expect(error.message).not.toContain('\n');
    expect(seen.length).toBeLessThanOrEqual(2);
  });

  it.each([
    ['ObjectParentIsFile', 409],
    ['ExistingObjectIsDirectory', 409],
    ['XMinioParentIsObject', 400],
    ['XMinioObjectExistsAsDirectory', 409],
  ])('%s: is a conflict of keys', async (code, status) => {
    const { store } = await storeOf([answering(status, refusal(code))]);
    const error = await failure(put(store));
    expect(error).toBeInstanceOf(KeyConflictError);
    expect(error).toMatchObject({ key: 'key' });
    expect(await store.canNest()).toBe(false);
  });

  it('of a request without an answer in words is asked for them', async () => {
    const { store, seen } = await storeOf([
      answering(400, refusal('AuthorizationHeaderMalformed', 'expecting &apos;eu-9&apos;')),
    ]);
    expect((await failure(store.head('key'))).message).toMatch(/region=eu-9/);
    expect(seen.map((line) => line.split(' ')[0])).toEqual(['HEAD', 'GET']);
  });

  it('shows no secret that it echoes', async () => {
    const { store } = await storeOf([
      answering(403, refusal('AccessDenied', `no ${SECRET} ${encodeURIComponent(SECRET)} Token+token/token`)),
    ]);
    const error = await failure(put(store));
    expect(error.message).toContain('no *** *** ***');
  });
});

describe('what passes', () => {
  const passing: [string, Answer][] = [
    ['503', answering(503, refusal('SlowDown'))],
    ['500 without a word', answering(500, '')],
    ['a page of a proxy', answering(502, '<html>Bad Gateway</html>', { 'content-type': 'text/html' })],
    ['429', answering(429, '', { 'content-type': 'text/plain' })],
    ['a damaged body', answering(400, refusal('XAmzContentSHA256Mismatch'))],
    ['a dropped connection', (response) => response.socket?.resetAndDestroy()],
    ['a conflict', answering(409, refusal('ConditionalRequestConflict'))],
  ];
  it.each(passing)('%s: is tried again', async (_name, answer) => {
    const { store, seen } = await storeOf([answer, answer, answering(200, '', { etag: '"1"' })]);
    expect(await put(store)).toBe('done');
    expect(seen).toHaveLength(3);
    expect(
      store.lines.filter((line) => /^write s3:\/\/downloads\/key: .*; retry [12] of 2 in \d\.\d s$/.test(line)),
    ).toHaveLength(2);
  });

  it.each(passing)('%s: is told where it lasts', async (_name, answer) => {
    const { store, seen, host } = await storeOf([answer]);
    const error = await failure(put(store));
    expect(error).toBeInstanceOf(RunError);
    expect(error.message).toContain(host);
    expect(error.message).toContain('to the end');
    expect(seen).toHaveLength(3);
  });

  it('a clock that is wrong is put right by the date of the answer; where that does not help, it is said', async () => {
    const later = () => new Date(Date.now() - 3 * 3_600_000).toUTCString();
    const skewed: Answer = (response, method) =>
      answering(403, refusal('RequestTimeTooSkewed'), { date: later() })(response, method);
    const good = await storeOf([skewed, answering(200, '', { etag: '"1"' })]);
    expect(await put(good.store)).toBe('done');
    const bad = await storeOf([skewed]);
    expect((await failure(put(bad.store))).message).toMatch(/this machine's clock is 180 min ahead of that of/);
  });

  it('a body that is cut off or changed on the way is read again', async () => {
    const whole = answering(200, 'hello', {
      etag: '"1"',
      'content-length': '5',
      'x-amz-meta-sha256': sha256Hex('hello'),
    });
    const cut: Answer = (response) => {
      response.writeHead(200, { etag: '"1"', 'content-length': '5' });
      response.write('hel', () => response.socket?.destroy());
    };
    const other = answering(200, 'hallo', { 'content-length': '5', 'x-amz-meta-sha256': sha256Hex('hello') });
    const checksum = Buffer.from(sha256Hex('hello'), 'hex').toString('base64');
    const third = answering(200, 'hallo', { 'content-length': '5', 'x-amz-checksum-sha256': checksum });
    const { store, seen } = await storeOf([cut, other, third, whole], { retries: 3 });
    expect((await store.get('key', 10))?.bytes.toString()).toBe('hello');
    expect(seen).toHaveLength(4);
    const bad = await storeOf([other]);
    expect((await failure(bad.store.get('key', 10))).message).toMatch(/is not what was sent.*its SHA-256 is/);
  });

  it('a list that is none', async () => {
    const page = answering(200, '<html><body>Hello</body></html>', { 'content-type': 'text/html' });
    const { store } = await storeOf([page]);
    const all = async () => {
      for await (const _ of store.list(''));
    };
    expect((await failure(all())).message).toMatch(
      /^Could not list s3:\/\/downloads\/: .* does not answer as an S3 store/,
    );
  });
});

describe('the way to a store', () => {
  const open = (endpoint: string, more = '&s3ForcePathStyle=true') =>
    openDestination(`s3://downloads?endpoint=${endpoint}${more}`, ENV, { retries: 1, firstDelay: 1, stallMs: 200 });

  it('a host that is not there', async () => {
    const plain = await open('s3.nowhere.invalid');
    expect((await failure(put(plain))).message).toMatch(
      /there is no host s3\.nowhere\.invalid; correct endpoint, region or/,
    );
    const below = await open('s3.nowhere.invalid', '');
    expect((await failure(put(below))).message).toMatch(
      /no host downloads\.s3\.nowhere\.invalid;.* or give s3ForcePathStyle=true/,
    );
  });

  it('nobody listens', async () => {
    const store = await open(`http://127.0.0.1:${await freePort()}`);
    const error = await failure(put(store));
    expect(error.message).toMatch(/the connection to 127\.0\.0\.1:\d+ failed, and did so to the end; .*ECONNREFUSED/);
    expect(store.lines).toHaveLength(1);
  });

  it('plain http where https was expected', async () => {
    const server = await serveHttp((_request, response) => response.end());
    onTestFinished(() => server.close());
    const { host } = new URL(server.url);
    const error = await failure(put(await open(host)));
    expect(error.message).toMatch(`${host} speaks plain http; give endpoint=http://${host}`);
  });

  it('a certificate that nobody has signed', async () => {
    const server = await serveHttps(scratch(), (_request, response) => response.end());
    onTestFinished(() => server.close());
    const error = await failure(put(await open(server.url)));
    expect(error.message).toMatch(/the TLS certificate of 127\.0\.0\.1:\d+ is not trusted; .*NODE_EXTRA_CA_CERTS/);
  });

  it('a server that never answers', async () => {
    const server = await serveHttp((request) => void request.resume());
    onTestFinished(() => server.close());
    const store = await open(server.url);
    expect((await failure(put(store))).message).toMatch(/did not answer in time, and was tried to the end/);
    expect(store.lines).toHaveLength(1);
  });

  it('an answer that stops in the middle', async () => {
    const server = await serveHttp((_request, response) => {
      response.writeHead(200, { 'content-length': '5' });
      response.write('hel');
    });
    onTestFinished(() => server.close());
    const store = await open(server.url);
    expect((await failure(store.get('key', 10))).message).toMatch(/in time, and was tried to the end/);
  });

  it('a cancel while it waits, for an answer or for another try', async () => {
    const cancel = new AbortController();
    const { store } = await storeOf([() => {}], { signal: cancel.signal });
    const waiting = failure(put(store));
    setTimeout(() => cancel.abort(), 50);
    expect(await waiting).toBeInstanceOf(CancelledError);

    const second = new AbortController();
    const slow = await storeOf([answering(503, '')], { signal: second.signal, firstDelay: 60_000 });
    const paused = failure(put(slow.store));
    setTimeout(() => second.abort(), 50);
    expect(await paused).toBeInstanceOf(CancelledError);
  });

  it('no credentials are said before any request', async () => {
    let requests = 0;
    const server = await serveHttp((_request, response) => {
      requests++;
      response.end();
    });
    onTestFinished(() => server.close());
    const error = await failure(openDestination(`s3://downloads?endpoint=${server.url}`, {}));
    expect(error.message).toMatch(/^There are no credentials/);
    expect(requests).toBe(0);
  });
});

describe('a store that cannot do everything', () => {
  it('takes Content-MD5 where it refuses the newer checksum', async () => {
    const headers: (string | undefined)[] = [];
    const server = await serveHttp((request, response) => {
      request.resume();
      const isNew = 'x-amz-checksum-sha256' in request.headers;
      headers.push(String(request.headers['content-md5']));
      answering(isNew ? 501 : 200, isNew ? refusal('NotImplemented') : '', { etag: '"1"' })(response, 'PUT');
    });
    onTestFinished(() => server.close());
    const store = await openDestination(`s3://downloads?endpoint=${server.url}&s3ForcePathStyle=true`, ENV);
    expect(await put(store)).toBe('done');
    expect(await put(store)).toBe('done');
    const md5 = 'XUFAKrxLKna5cZ2REBfFkg==';
    expect(headers).toEqual(['undefined', md5, md5]);
  });

  it('has objects removed one by one where it knows no other way', async () => {
    const { store, seen } = await storeOf([answering(501, refusal('NotImplemented')), answering(204, '')]);
    await store.remove(['a', 'b']);
    expect(seen.slice(1)).toEqual(['DELETE /downloads/a?x-id=DeleteObject', 'DELETE /downloads/b?x-id=DeleteObject']);
  });

  it('that refuses conditions, or passes them over, is known to', async () => {
    const refusing = await storeOf([answering(501, refusal('NotImplemented'))]);
    expect(await refusing.store.isConditional()).toBe(false);
    const careless = await storeOf([answering(200, '', { etag: '"1"' })]);
    expect(await careless.store.isConditional()).toBe(false);
  });
});
