import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import type { TestStore } from './buckets.js';
import { type Loopback, serveHttp } from './loopback.js';

export interface Website {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** `127.0.0.1:PORT`, the registry's name in references. */
  readonly host: string;
  /** `GET /path 200`, in their order. */
  readonly seen: readonly string[];
}

/**
 * Serves a bucket as static websites do, until the test ends: objects by their keys with the content types that they were
 * put with, `index.html` below a path that ends with a slash, 404 for the rest. It knows nothing of registries.
 * @param prefix of the objects that are the site, as `a/b/`
 */
export async function startWebsite({ client, bucket: Bucket }: TestStore, prefix = ''): Promise<Website> {
  const seen: string[] = [];
  const server: Loopback = await serveHttp(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const Key = `${prefix}${decodeURIComponent(pathname.slice(1))}${pathname.endsWith('/') ? 'index.html' : ''}`;
    const isHead = request.method === 'HEAD';
    try {
      const answer = isHead
        ? await client.send(new HeadObjectCommand({ Bucket, Key }))
        : await client.send(new GetObjectCommand({ Bucket, Key }));
      response.writeHead(200, {
        'content-type': answer.ContentType ?? 'binary/octet-stream',
        'content-length': answer.ContentLength ?? 0,
        etag: answer.ETag ?? '',
        ...(answer.CacheControl === undefined ? {} : { 'cache-control': answer.CacheControl }),
      });
      seen.push(`${request.method} ${pathname} 200`);
      if (isHead) response.end();
      else await pipeline((answer as { Body: Readable }).Body, response);
    } catch (error) {
      const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
      if (response.headersSent) response.destroy();
      else {
        const status = $metadata?.httpStatusCode ?? 500;
        seen.push(`${request.method} ${pathname} ${status}`);
        response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
        response.end(isHead ? '' : '<html><head><title>Not Found</title></head><body>404</body></html>\n');
      }
    }
  });
  onTestFinished(() => server.close());
  return { url: server.url, host: new URL(server.url).host, seen };
}
