import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { digestOf } from '../../src/base/hash.js';
import { type Loopback, serveHttp } from './loopback.js';

interface Stored {
  readonly bytes: Buffer;
  readonly mediaType: string;
}

/**
 * A registry in memory that takes every manifest, whether what it names is there or not, as some do. Debian's refuses
 * such a manifest, and so would hide a pusher that tags too early.
 */
export function startLenientRegistry(): Promise<Loopback> {
  const uploads = new Map<string, Buffer>();
  const blobs = new Map<string, Stored>();
  const manifests = new Map<string, Stored>();

  const upload = async (request: IncomingMessage, response: ServerResponse, url: URL) => {
    const id = url.pathname.split('/').at(-1) || randomUUID();
    const bytes = Buffer.concat([uploads.get(id) ?? Buffer.alloc(0), await buffer(request)]);
    uploads.set(id, bytes);
    const location = url.pathname.replace(/uploads\/.*/, `uploads/${id}`);
    if (request.method !== 'PUT') return response.writeHead(202, { location, range: `0-${bytes.length}` }).end();
    const digest = url.searchParams.get('digest');
    if (digest !== digestOf(bytes)) return fail(response, 400, 'DIGEST_INVALID');
    blobs.set(url.pathname.replace(/uploads\/.*/, digest), { bytes, mediaType: 'application/octet-stream' });
    return response.writeHead(201, { location: location.replace(/uploads\/.*/, digest) }).end();
  };

  const putManifest = async (request: IncomingMessage, response: ServerResponse, pathname: string) => {
    const bytes = await buffer(request);
    const digest = digestOf(bytes);
    const stored = { bytes, mediaType: request.headers['content-type'] ?? '' };
    for (const name of [pathname, pathname.replace(/[^/]*$/, digest)]) manifests.set(name, stored);
    return response.writeHead(201, { location: pathname, 'docker-content-digest': digest }).end();
  };

  return serveHttp(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    const { pathname } = url;
    if (pathname === '/v2/') return response.writeHead(200).end('{}');
    if (pathname.includes('/blobs/uploads/')) return upload(request, response, url);
    if (request.method === 'PUT') return putManifest(request, response, pathname);
    request.resume();
    if (pathname.endsWith('/tags/list')) {
      const start = pathname.replace('tags/list', 'manifests/');
      const names = [...manifests.keys()]
        .filter((name) => name.startsWith(start))
        .map((name) => name.slice(start.length));
      return response.end(JSON.stringify({ tags: names.filter((name) => !name.startsWith('sha256:')) }));
    }
    const stored = blobs.get(pathname) ?? manifests.get(pathname);
    if (!stored) return fail(response, 404, pathname.includes('/blobs/') ? 'BLOB_UNKNOWN' : 'MANIFEST_UNKNOWN');
    const { bytes, mediaType } = stored;
    const headers = {
      'content-type': mediaType,
      'content-length': bytes.length,
      'docker-content-digest': digestOf(bytes),
    };
    return response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : bytes);
  });
}

function fail(response: ServerResponse, code: number, name: string): ServerResponse {
  response.writeHead(code, { 'content-type': 'application/json' });
  return response.end(JSON.stringify({ errors: [{ code: name, message: name.toLowerCase(), detail: null }] }));
}
