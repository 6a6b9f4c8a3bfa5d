import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import type { TestStore } from './buckets.js';
import { type Loopback, serveHttp } from './loopback.js';

export interface Website {
  /** `http://HOST:PORT`, and the prefix behind it where the store itself is the website. */
  readonly url: string;
  /** `HOST:PORT`, the registry's name in references. */
  readonly host: string;
}

/**
 * Serves a bucket as static websites do, until the test ends: objects by their keys with the content types that they were
 * put with, `index.html` below a path that ends with a slash, 404 for the rest. It knows nothing of registries. A store that
 * makes a website of the bucket by itself does it instead.
 * @param prefix of the objects that are the site, as `a/b/`
 */
export async function startWebsite(store: TestStore, prefix = ''): Promise<Website> {
  if (store.website !== undefined) {
    return { url: `${store.website}/${prefix}`.replace(/\/$/, ''), host: new URL(store.website).host };
  }
  const { client, bucket: Bucket } = store;
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
      if (isHead) response.end();
      else await pipeline((answer as { Body: Readable }).Body, response);
    } catch (error) {
      const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
      if (response.headersSent) response.destroy();
      else {
        const status = $metadata?.httpStatusCode ?? 500;
        response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
        response.end(isHead ? '' : '<html><head><title>Not Found</title></head><body>404</body></html>\n');
      }
    }
  });
  onTestFinished(() => server.close());
  return { url: server.url, host: new URL(server.url).host };
}
