import {
  bare,
  changedAnswer,
  changedRequest,
  claim,
  drip,
  lie,
  lostAnswer,
  page,
  reset,
  resetAfter,
  silence,
  status,
  strayLocation,
  truncatedAnswer,
  truncatedRequest,
  wrongDigest,
} from '../support/faults.js';
import type { TokenOptions } from '../support/token-server.js';
import { type FaultCase, on } from './fault-case.js';

const UPLOAD_UNKNOWN = status(404, ['BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry']);
const NAME_UNKNOWN = status(404, ['NAME_UNKNOWN', 'repository name not known to registry']);
const MANIFEST_UNKNOWN = status(404, ['MANIFEST_UNKNOWN', 'manifest unknown']);
const MANIFEST_INVALID = status(400, ['MANIFEST_INVALID', 'manifest invalid']);
const DIGEST_INVALID = status(400, ['DIGEST_INVALID', 'provided digest did not match uploaded content']);
const TOO_MANY = status(429, undefined, { 'retry-after': '1' });
const ONCE = { times: 1 } as const;
const SHORT = { patience: 500 } as const;
const LONGER = { patience: 4000 } as const;

const TOKENS: Partial<TokenOptions> = {};

// What the messages say, by the reason.
const SERVER = /answers with an error of its own/;
const CONNECTION = /the connection to \S+ failed/;
const STALLED = /did not finish in time/;
const RATE = /too many requests \(429\)/;
const DENIED = /\(403\); the login needs permission to push there/;
const LOGIN = /wants a login for .*\(401\); give registry-username and registry-password/;
const REFUSED = /refuses the login of robot. Check registry-username and registry-password/;
const TOO_LARGE = /refuses uploads of this size \(413\)/;
const DAMAGED = /is not what was sent.*check the registry, and proxies and mirrors before it/;
const MISSING = /has no such image \(404\)/;
const TAKEN = /latest exists and is another image/;

/** Once, and then all is well: such a push must succeed. */
const PASSING: readonly FaultCase[] = [
  on('ping', '503 once', status(503), 'success', ONCE),
  on('ping', 'reset once', reset, 'success', ONCE),
  on('ping', 'a header now and then, once', drip, 'success', { ...ONCE, ...LONGER }),
  on('blob-head', '500 once', status(500), 'success', ONCE),
  on('blob-head', '429 with Retry-After once', TOO_MANY, 'success', ONCE),
  on('upload-start', '500 once', status(500), 'success', ONCE),
  on('upload-start', '429 with Retry-After once', TOO_MANY, 'success', ONCE),
  on('upload-start', 'led astray once', strayLocation, 'success', ONCE),
  on('upload-data', '502 page once', page(502, 'Bad Gateway'), 'success', ONCE),
  on('upload-data', '429 with Retry-After once', TOO_MANY, 'success', ONCE),
  on('upload-data', 'reset mid-blob once', resetAfter(100_000), 'success', ONCE),
  on('upload-data', 'reset mid-blob three times', resetAfter(200_000), 'success', { times: 3 }),
  on('upload-data', 'silence once', silence, 'success', { ...ONCE, ...LONGER }),
  on('upload-data', 'a changed byte once', changedRequest, 'success', ONCE),
  on('upload-data', 'one half arrives once', truncatedRequest, 'success', ONCE),
  on('upload-data', 'the upload is unknown once', UPLOAD_UNKNOWN, 'success', ONCE),
  on('upload-end', '500 without a word once', bare(500), 'success', ONCE),
  on('upload-end', 'another digest named', wrongDigest, 'success'),
  on('upload-end', 'says 201 and keeps nothing, once', lie, 'success', ONCE),
  on('child-write', '503 once', status(503), 'success', ONCE),
  on('child-write', 'reset mid-manifest once', resetAfter(1), 'success', ONCE),
  on('child-write', 'a changed byte once', changedRequest, 'success', ONCE),
  on('child-write', 'says 201 and keeps nothing, once', lie, 'success', ONCE),
  on('index-write', '500 once', status(500), 'success', ONCE),
  on('index-write', '504 page once', page(504, 'Gateway Time-out'), 'success', ONCE),
  on('index-write', '429 once', status(429), 'success', ONCE),
  on('tag-write', '500 once', status(500), 'success', ONCE),
  on('tag-write', 'reset once', reset, 'success', ONCE),
  on('tag-write', 'answer lost once', lostAnswer, 'success', ONCE),
  on('tag-write', 'answer lost twice', lostAnswer, 'success', { times: 2 }),
  on('tag-write', 'another digest named', wrongDigest, 'success'),
  on('tag-read', '500 once', status(500), 'success', ONCE),
  on('tag-read', 'truncated once', truncatedAnswer, 'success', ONCE),
  on('tag-read', 'a changed byte once', changedAnswer, 'success', ONCE),
  on('manifest-read', 'reset once', reset, 'success', ONCE),
  on('manifest-read', 'truncated once', truncatedAnswer, 'success', ONCE),
  on('manifest-read', 'a changed byte once', changedAnswer, 'success', ONCE),
  on('token', '500 once', status(500), 'success', { ...ONCE, tokens: TOKENS }),
  on('token', 'reset once, in the middle', reset, 'success', { ...ONCE, skip: 3, tokens: TOKENS }),
  on('any', '503 three times', status(503), 'success', { times: 3 }),
];

/** Again and again: such a push must end with an error that says what it was. */
const LASTING: readonly FaultCase[] = [
  on('ping', '500', status(500), SERVER),
  on('ping', 'silence', silence, STALLED, SHORT),
  on('ping', '403', status(403), DENIED),
  on('blob-head', '502 page', page(502, 'Bad Gateway'), SERVER),
  on('blob-head', '403 without a word', bare(403), DENIED),
  on('upload-start', '403', status(403), DENIED),
  on('upload-start', '401', status(401), LOGIN),
  on('upload-start', '404, there is no such repository', NAME_UNKNOWN, /has no repository team\/pushgateway/),
  on('upload-data', '503', status(503), SERVER),
  on('upload-data', '429', status(429), RATE),
  on('upload-data', 'reset mid-blob', resetAfter(100_000), CONNECTION),
  on('upload-data', '413 page', page(413, 'Request Entity Too Large'), TOO_LARGE),
  on('upload-end', '400, another digest', DIGEST_INVALID, DAMAGED),
  on('upload-end', 'silence', silence, STALLED, SHORT),
  on('child-write', '500', status(500), SERVER),
  on('child-write', '400, the manifest is invalid', MANIFEST_INVALID, /: manifest invalid/),
  on('child-write', '413 page', page(413, 'Request Entity Too Large'), TOO_LARGE),
  on('index-write', '503', status(503), SERVER),
  on('index-write', '403', status(403), DENIED),
  on('tag-write', '500', status(500), SERVER),
  on('tag-write', '403, tags are immutable', status(403), DENIED),
  on('tag-write', '500 for the second tag', status(500), SERVER, { skip: 1 }),
  on('tag-read', '500', status(500), SERVER),
  on('tag-read', 'truncated', truncatedAnswer, CONNECTION),
  on('manifest-read', '404', MANIFEST_UNKNOWN, MISSING),
  on('any', '401 without a challenge', status(401), LOGIN),
  on('any', '401 after 12 requests', status(401), LOGIN, { skip: 12 }),
  on('any', 'reset', reset, CONNECTION),
  on('any', 'a page of a captive portal', page(200, 'Please sign in'), DAMAGED),
  on('any', '500 page once the first tag stands', page(500, 'Oops'), SERVER, { skip: 34 }),
];

/** A registry, or something before it, that says what is not so. */
export const LYING: readonly FaultCase[] = [
  on('blob-head', 'claims that blobs are there', claim, DAMAGED),
  on('upload-data', 'a changed byte', changedRequest, DAMAGED),
  on('upload-data', 'one half arrives', truncatedRequest, DAMAGED),
  on('upload-end', 'says 201 and keeps nothing', lie, DAMAGED),
  on('child-write', 'says 201 and keeps nothing', lie, DAMAGED),
  on('child-write', 'a changed byte', changedRequest, DAMAGED),
  on('index-write', 'says 201 and keeps nothing', lie, MISSING),
  on('index-write', 'one half arrives', truncatedRequest, /manifest invalid/),
  on('tag-write', 'says 201 and keeps nothing', lie, MISSING),
  on('tag-read', 'a changed byte', changedAnswer, DAMAGED),
  on('manifest-read', 'a changed byte', changedAnswer, DAMAGED),
];

/** A tag that may not move stays, though the registry could not be asked where it is. */
const STANDING: readonly FaultCase[] = [
  on('tag-read', '500, and the tag may not move', status(500), SERVER, { mayNotMove: true }),
  on('tag-read', '503 once, and the tag may not move', status(503), TAKEN, { ...ONCE, mayNotMove: true }),
  on('tag-read', '403 at first, and the tag may not move', status(403), TAKEN, { ...ONCE, mayNotMove: true }),
  on('tag-read', 'truncated, and the tag may not move', truncatedAnswer, CONNECTION, { mayNotMove: true }),
  on('tag-read', 'silence, and the tag may not move', silence, STALLED, { mayNotMove: true, ...SHORT }),
];

/** With a registry that wants tokens. */
const TOKEN_CASES: readonly FaultCase[] = [
  { name: 'token: the wrong password', rules: [], ends: REFUSED, tokens: { password: 'another' } },
  { name: 'token: each expires after four requests', rules: [], ends: LOGIN, tokens: { uses: 4 } },
  on('token', '403', status(403), REFUSED, { tokens: TOKENS }),
  on('token', '403 after the login', status(403), DENIED, { skip: 1, tokens: TOKENS }),
  on('token', '503', page(503, 'Service Unavailable'), SERVER, { tokens: TOKENS }),
  on('token', 'a page instead of a token', page(200, 'Please sign in'), DAMAGED, { tokens: TOKENS }),
];

export const CASES: readonly FaultCase[] = [...PASSING, ...LASTING, ...LYING, ...STANDING, ...TOKEN_CASES];
