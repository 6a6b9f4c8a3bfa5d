/** What may be done about a failure: tried again, taken as "it is not there", or told to the user. */
export type FailureKind = 'passing' | 'not-found' | 'denied' | 'too-large' | 'final';

export type FailureCause =
  /** 401: no login, or one that is not accepted. */
  | 'unauthorized'
  /** 403: a login that may not do this. */
  | 'forbidden'
  | 'not-found'
  /** 404 at the address that every registry has. */
  | 'no-registry'
  | 'too-large'
  | 'certificate'
  /** The registry speaks http where https was expected. */
  | 'plain-http'
  | 'unknown-host'
  /** 429. */
  | 'rate-limit'
  /** 5xx and their like. */
  | 'server'
  | 'connection'
  /** It took longer than it may. */
  | 'stalled'
  /** Something else arrived than was sent. */
  | 'damaged'
  | 'no-policy'
  | 'policy'
  | 'other';

export interface Failure {
  readonly kind: FailureKind;
  readonly cause: FailureCause;
  /** What skopeo said last, one line without its decoration. */
  readonly text: string;
}

const KINDS: Readonly<Record<FailureCause, FailureKind>> = {
  unauthorized: 'denied',
  forbidden: 'denied',
  'not-found': 'not-found',
  'no-registry': 'final',
  'too-large': 'too-large',
  certificate: 'final',
  'plain-http': 'final',
  'unknown-host': 'final',
  'rate-limit': 'passing',
  server: 'passing',
  connection: 'passing',
  stalled: 'passing',
  damaged: 'passing',
  'no-policy': 'final',
  policy: 'final',
  other: 'final',
};

/** An error code of the distribution spec as it is shown: lower-case, with the registry's message or without one. */
function code(...names: string[]): RegExp {
  return new RegExp(`(^|\\s|\\()(${names.join('|')})(?=[:,)\\]]|$)`);
}

/**
 * The words of containers/image (docker/errors.go, docker_client.go, docker_image_dest.go), of Go's net, net/http and
 * crypto/x509, and the error codes of the distribution spec and its messages for them. The first that matches counts.
 * Patterns hold a blank or a colon where they could else match a repository's name or a tag.
 */
const WORDS: readonly (readonly [FailureCause, RegExp])[] = [
  ['no-policy', /open \S*policy\.json: no such file/],
  ['policy', /rejected by policy|is rejected:/],
  ['certificate', /(^|\s)x509: |tls: failed to verify|certificate signed by unknown|certificate has expired/],
  ['plain-http', /server gave HTTP response to HTTPS client/],
  ['unknown-host', /: no such host/],
  ['rate-limit', code('toomanyrequests')],
  ['rate-limit', /too many requests/],
  ['damaged', code('digest invalid', 'size invalid', 'manifest blob unknown', 'blob unknown', 'blob upload unknown')],
  ['damaged', code('blob upload invalid')],
  ['damaged', /provided (digest|length) did not match|blob (upload )?unknown to registry/],
  ['damaged', /digest did not match|digest mismatch|does not match (provided )?manifest digest/i],
  // Of a config, in older and newer releases; of a blob that is copied into a folder.
  ['damaged', /(Download config\.json|blob) digest \S+ does not match|Size mismatch when copying/],
  // A page, as of a captive portal, or one half of what should be JSON.
  ['damaged', /unexpected end of JSON input|invalid character .* looking for beginning of value/],
  ['forbidden', /(^|: )denied(?=[: )]|$)|access to the resource is denied/],
  ['unauthorized', code('unauthorized')],
  ['unauthorized', /authentication required|invalid username\/password/],
  ['not-found', code('manifest unknown', 'name unknown')],
  ['not-found', /repository name not known|: unknown: .*not found/],
  ['server', code('unavailable')],
  ['server', /: service unavailable/],
  ['connection', /connection (refused|reset|timed out)|broken pipe|unexpected EOF|: EOF($|\W)|i\/o timeout/],
  ['connection', /handshake timeout|deadline exceeded|request canceled|Client\.Timeout|http2: |stream error: /],
  ['connection', /idle connection|closed network connection|no route to host|network is unreachable/],
  ['connection', /server misbehaving|name resolution|server closed connection|transport connection broken/],
];

/** The places where containers/image shows a status: the registry's answer was no error document of the spec. */
const STATUS = [
  /StatusCode: (\d{3}),/,
  /error parsing HTTP (\d{3}) response body/,
  /invalid status code from registry (\d{3}) /,
  /received unexpected HTTP status: (\d{3})( |$)/,
  /: (\d{3}) \([A-Z][A-Za-z' -]+\)/,
];

/** What skopeo's standard error says went wrong. */
export function classify(stderr: string): Failure {
  const words = lastWords(stderr);
  // What a mirror of the user's said comes first, and is not the reason.
  const cause = causeOf(words.replace(/\(Mirrors also failed: .*?\]\): /, ''));
  const isLong = words.length > MAX_TEXT;
  const text = isLong ? `${words.slice(0, MAX_TEXT / 2)} … ${words.slice(-MAX_TEXT / 2)}` : words;
  return { kind: KINDS[cause], cause, text };
}

/** A call that was ended because it took too long. */
export function stalled(milliseconds: number): Failure {
  return { kind: 'passing', cause: 'stalled', text: `no end within ${Math.round(milliseconds / 1000)} s` };
}

/** Something arrived, and it is not what was asked for or sent. */
export function damaged(text: string): Failure {
  return { kind: 'passing', cause: 'damaged', text };
}

function causeOf(text: string): FailureCause {
  for (const pattern of STATUS) {
    const status = Number(pattern.exec(text)?.[1]);
    if (status === 404 && /pinging \w+ registry /.test(text)) return 'no-registry';
    if (status >= 400) return causeOfStatus(status) ?? causeOfWords(text);
  }
  return causeOfWords(text);
}

function causeOfWords(text: string): FailureCause {
  return WORDS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
}

function causeOfStatus(status: number): FailureCause | undefined {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 413) return 'too-large';
  if (status === 429) return 'rate-limit';
  // 408 Request Timeout, 425 Too Early, 499 the client closed (a proxy's).
  if (status >= 500 || status === 408 || status === 425 || status === 499) return 'server';
  return undefined;
}

/** Longest that is shown of what skopeo says; a registry's error page can be of any length. */
const MAX_TEXT = 400;

/** The message of the last fatal line, else all that was said; control characters, which may come from a registry, go. */
function lastWords(stderr: string): string {
  const fatal = [...stderr.matchAll(/level=fatal msg=("(?:[^"\\]|\\.)*"|\S+)/g)].at(-1)?.[1];
  const said = fatal === undefined ? stderr : unquote(fatal);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
  const line = said.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ').trim();
  return line.replace(/^Error parsing image name "[^"]*": /i, '').replace(/^FATA\[\d+\] /, '');
}

/** Go's %q, which is JSON but for `\x1b`, `\a`, `\v` and `\U0001f600`. */
function unquote(quoted: string): string {
  if (!quoted.startsWith('"')) return quoted;
  const plain = quoted.replace(/\\(x[0-9a-f]{2}|[av]|U[0-9a-f]{8})/g, ' ');
  try {
    return JSON.parse(plain) as string;
  } catch {
    return quoted;
  }
}
