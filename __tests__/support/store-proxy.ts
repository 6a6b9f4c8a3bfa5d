import { type IncomingHttpHeaders, type IncomingMessage, type RequestListener, request as send } from 'node:http';
import { onTestFinished } from 'vitest';
import type { Exchange, Fault } from './fault-proxy.js';
import { serveHttp, serveHttps } from './loopback.js';

export interface StoreProxyOptions {
  /**
   * What goes wrong with a request; undefined: it goes through.
   * @param count of the requests before it
   */
  readonly fault?: (request: IncomingMessage, count: number) => Fault | undefined;
  /** The headers as the store gets them. Those that are signed may change before moto only, which checks no signature. */
  readonly headers?: (headers: IncomingHttpHeaders) => IncomingHttpHeaders;
  /** Folder for a certificate of its own: it speaks https then, and http to the store. */
  readonly tls?: string;
}

export interface StoreProxy {
  /** `http://127.0.0.1:PORT`, or https. */
  readonly url: string;
  /** File with the certificate to trust; empty without `tls`. */
  readonly ca: string;
  /** Every request as `PUT /bucket/key`, and `!` at its end where it went wrong. */
  readonly seen: string[];
}

/** Stands between a client and an S3 server until the test ends. The host stays what the client has signed. */
export async function startStoreProxy(store: string, options: StoreProxyOptions): Promise<StoreProxy> {
  const seen: string[] = [];
  const listener: RequestListener = async (request, response) => {
    request.socket.on('error', () => {});
    const fault = options.fault?.(request, seen.length);
    seen.push(`${request.method} ${request.url}${fault ? '!' : ''}`);
    const exchange: Exchange = {
      request,
      response,
      headersOf: ({ headers }) => headers,
      forward: (body) => forward(request, store, options.headers?.(request.headers) ?? request.headers, body),
      pass: (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.on('error', () => response.destroy());
        answer.pipe(response);
      },
    };
    try {
      if (fault) await fault(exchange);
      else exchange.pass(await exchange.forward());
    } catch {
      // One of both sides is gone; so is the other, then.
      request.socket.destroy();
    }
  };
  const server = await (options.tls ? serveHttps(options.tls, listener) : serveHttp(listener));
  onTestFinished(() => server.close());
  return { url: server.url, ca: 'ca' in server ? String(server.ca) : '', seen };
}

function forward(
  request: IncomingMessage,
  store: string,
  headers: IncomingHttpHeaders,
  body: Buffer | undefined,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { expect: _, ...rest } = headers;
    const options = { method: request.method ?? 'GET', headers: { ...rest, connection: 'close' }, agent: false };
    const onward = send(new URL(request.url ?? '/', store), options);
    onward.on('response', resolve);
    onward.on('error', reject);
    if (body !== undefined) {
      onward.end(body);
      return;
    }
    request.pipe(onward);
    request.on('close', () => {
      if (!request.complete) onward.destroy();
    });
  });
}
