import { describe, expect, it } from 'vitest';
import { classify, type FailureCause } from '../../src/registry/failure.js';
import { NotFoundError, RegistryError, registryError } from '../../src/registry/registry-error.js';

const HERE = '127.0.0.1:5000';
const LEVEL = 'time="2026-01-01T00:00:00Z" level=fatal msg=';
const said = (message: string) => `${LEVEL}${JSON.stringify(message)}\n`;
const read = (message: string) => said(`Error parsing image name "docker://${HERE}/a/b:t": ${message}`);
const upload = `copying image 1/3 from manifest list: writing blob: initiating layer upload to /v2/a/b/blobs/uploads/ in ${HERE}: `;
const manifest = `copying image 1/2 from manifest list: writing manifest: uploading manifest sha256:00 to ${HERE}/a/b: `;
const index = `Uploading manifest list failed, attempted the following formats: application/vnd.oci.image.index.v1+json(uploading manifest t to ${HERE}/a/b: `;
const ping = `pinging container registry ${HERE}: `;
const get = `${ping}Get "https://${HERE}/v2/": `;

// Shown by skopeo 1.4.1, 1.9.3 and containers/image 5.36, against registries, proxies and nothing.
const CASES: readonly (readonly [FailureCause, string])[] = [
  ['unauthorized', read(`reading manifest t in ${HERE}/a/b: unauthorized: authentication required`)],
  ['unauthorized', said(`${upload}authentication required`)],
  ['unauthorized', said(`${upload}unauthorized`)],
  ['unauthorized', said(`logging into "${HERE}": invalid username/password`)],
  ['unauthorized', read('unable to retrieve auth token: invalid username/password: unauthorized: bad credentials')],
  ['unauthorized', said(`${upload}StatusCode: 401, <html>`)],
  ['forbidden', said(`${upload}denied`)],
  ['forbidden', said(`${index}denied)`)],
  ['forbidden', said(`${upload}denied: permission_denied: write_package`)],
  ['forbidden', said(`${upload}errors:\ndenied: requested access to the resource is denied\nunauthorized: no\n`)],
  ['forbidden', said(`${upload}requested access to the resource is denied`)],
  ['forbidden', read('Requesting bearer token: invalid status code from registry 403 (Forbidden)')],
  ['forbidden', said('trying to reuse blob: failed to read from destination repository a/b: 403 (Forbidden)')],
  ['forbidden', read('requesting bearer token: received unexpected HTTP status: 403 Forbidden')],
  ['not-found', read(`reading manifest t in ${HERE}/a/b: manifest unknown: manifest unknown`)],
  ['not-found', read(`reading manifest t in ${HERE}/a/b: manifest unknown`)],
  ['not-found', said(`${upload}name unknown: repository name not known to registry`)],
  ['not-found', read(`reading manifest t in ${HERE}/a/b: StatusCode: 404, "404 page not found"`)],
  ['not-found', read(`reading manifest t in ${HERE}/a/b: unknown: artifact a/b:t not found`)],
  [
    'not-found',
    read(`(Mirrors also failed: [m.example/a/b:t: ${get}connection refused]): reading t: manifest unknown`),
  ],
  ['no-registry', read(`${ping}StatusCode: 404, <!doctype html>`)],
  ['too-large', said(`${upload}StatusCode: 413, <html>\r\n<head><title>413 Request Entity Too Large</title>...`)],
  ['certificate', read(`${get}x509: certificate signed by unknown authority`)],
  ['certificate', read(`${get}tls: failed to verify certificate: x509: certificate is valid for example.org`)],
  ['plain-http', read(`${get}http: server gave HTTP response to HTTPS client`)],
  [
    'unknown-host',
    read(`${ping}Get "https://nohost.invalid/v2/": dial tcp: lookup nohost.invalid on 10.0.0.1:53: no such host`),
  ],
  ['rate-limit', said(`${upload}toomanyrequests: You have reached your pull rate limit.`)],
  ['rate-limit', said(`${upload}toomanyrequests`)],
  ['rate-limit', read('too many requests to registry')],
  ['server', said(`${upload}received unexpected HTTP status: 503 Service Unavailable`)],
  ['server', said('failed to read from destination repository a/b: 502 (Bad Gateway)')],
  ['server', said(`${upload}StatusCode: 408, slow`)],
  ['server', said(`${upload}error parsing HTTP 500 response body: invalid character '<': "<html>"`)],
  ['connection', read(`${ping}Get "https://127.0.0.1:404/v2/": dial tcp 127.0.0.1:404: connect: connection refused`)],
  [
    'connection',
    said(`writing blob: Patch "http://${HERE}/v2/a/b/blobs/uploads/1": read tcp: connection reset by peer`),
  ],
  ['connection', said(`writing blob: Patch "http://${HERE}/v2/a/b/blobs/uploads/1": write: broken pipe`)],
  ['connection', read(`Get "http://${HERE}/v2/a/b/manifests/t": EOF`)],
  ['connection', read('unexpected EOF')],
  ['connection', read(`${get}net/http: TLS handshake timeout`)],
  ['connection', read(`${get}dial tcp: lookup ghcr.io: Temporary failure in name resolution`)],
  ['damaged', said('writing blob: happened during read: Digest did not match, expected sha256:00, got sha256:11')],
  ['damaged', said(`${upload}digest invalid: provided digest did not match uploaded content`)],
  ['damaged', said(`${manifest}manifest blob unknown: blob unknown to registry`)],
  ['damaged', said('writing blob: uploading layer chunked: blob upload unknown to registry')],
  ['damaged', read('unexpected end of JSON input')],
  ['damaged', said(`authenticating creds for "${HERE}": invalid character '<' looking for beginning of value`)],
  ['damaged', said(`${index}digest invalid)`)],
  ['no-policy', said('Error loading trust policy: open /etc/containers/policy.json: no such file or directory')],
  ['policy', said('Source image rejected: Running image oci:. is rejected by policy.')],
  ['other', said(`${manifest}manifest invalid: manifest invalid`)],
  ['other', said(`${manifest}StatusCode: 400, toolong`)],
  ['other', said('open /run/containers/0/auth.json: permission denied')],
  ['other', 'Killed\n'],
  ['other', ''],
];

describe('classify', () => {
  it.each(CASES)('%s: %s', (cause, stderr) => {
    expect(classify(stderr).cause).toBe(cause);
  });

  it.each([
    ['a/denied:eof', 'other'],
    ['too-many/unauthorized:x509', 'other'],
    ['connection/refused:404', 'other'],
  ])('takes no word out of the name %s', (name, cause) => {
    expect(classify(said(`copying ${HERE}/${name}: something else`)).cause).toBe(cause);
  });

  it('knows which failures pass', () => {
    const passing = CASES.filter(([, stderr]) => classify(stderr).kind === 'passing').map(([cause]) => cause);
    expect(new Set(passing)).toEqual(new Set(['rate-limit', 'server', 'connection', 'damaged']));
    expect(classify(said('denied')).kind).toBe('denied');
    expect(classify(read('manifest unknown')).kind).toBe('not-found');
    expect(classify(said('StatusCode: 413, x')).kind).toBe('too-large');
  });

  it('shows one line without control characters, whatever a registry answers', () => {
    const stderr = `${LEVEL}"${upload}StatusCode: 418, \\x1b[31mred\\n::error::no\\u0007\\r\\n\\v"\n`;
    const { text } = classify(`level=warning msg="first"\n${stderr}`);
    expect(text).toMatch(/StatusCode: 418,\s+\[31mred ::error::no$/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(text).not.toMatch(/[\x00-\x1f\x7f]/);
  });

  it('shows begin and end of what is long, and looks at all of it', () => {
    const { text, cause } = classify(said(`${'a'.repeat(1000)}: connection refused ${'b'.repeat(1000)}`));
    expect(cause).toBe('connection');
    expect(text).toMatch(/^a{200} … b{200}$/);
  });
});

describe('messages', () => {
  const repository = { registry: 'ghcr.io', path: 'a/b' };
  const about = (stderr: string, access: 'read' | 'write', registry = 'ghcr.io') =>
    registryError(classify(stderr), { what: 'push ghcr.io/a/b:x', repository: { ...repository, registry }, access });

  it.each([
    [
      said('unauthorized'),
      'write',
      ['Could not push ghcr.io/a/b:x', 'registry-username', 'podman login ghcr.io', '401'],
    ],
    [said('denied'), 'write', ['`permissions: packages: write`', 'ghcr.io/a/b', '403']],
    [said('denied'), 'read', ['packages: read', 'ghcr.io/a/b']],
    [said('name unknown'), 'write', ['no repository a/b', '404', 'image']],
    [said('StatusCode: 413, x'), 'write', ['413', 'limit']],
    [said('x509: unknown'), 'write', ['SSL_CERT_FILE', '/etc/containers/certs.d/ghcr.io', 'tls-verify: false']],
    [said('server gave HTTP response to HTTPS client'), 'write', ['tls-verify: false', 'http']],
  ] as const)('%s, %s', (stderr, access, words) => {
    const { message } = about(stderr, access);
    for (const word of words) expect(message).toContain(word);
    expect(message).not.toContain('\n');
  });

  it('name the permission of other registries in words', () => {
    const { message } = about(said('denied'), 'write', 'quay.io');
    expect(message).toContain('permission to push');
    expect(message).not.toContain('packages:');
  });

  it('are of a class of their own where nothing is there', () => {
    expect(about(said('manifest unknown'), 'read')).toBeInstanceOf(NotFoundError);
    expect(about(said('denied'), 'read')).not.toBeInstanceOf(NotFoundError);
    expect(about(said('denied'), 'read')).toBeInstanceOf(RegistryError);
  });
});
