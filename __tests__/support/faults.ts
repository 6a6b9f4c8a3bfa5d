import type { OutgoingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { digestOf } from '../../src/base/hash.js';
import type { Exchange, Fault } from './fault-proxy.js';

export type { Fault } from './fault-proxy.js';

const NOTHING = `sha256:${'0'.repeat(64)}`;

/** Codes and messages as registries give them (distribution-spec, "Error Codes"); the status is not among them. */
const ERRORS: Readonly<Record<number, readonly [code: string, message: string]>> = {
  401: ['UNAUTHORIZED', 'authentication required'],
  403: ['DENIED', 'requested access to the resource is denied'],
  429: ['TOOMANYREQUESTS', 'too many requests'],
  503: ['UNAVAILABLE', 'service unavailable'],
};

/** An error as registries give it, after the whole request has been read. */
export function status(code: number, error = ERRORS[code], headers: OutgoingHttpHeaders = {}): Fault {
  const [name, message] = error ?? ['UNKNOWN', 'unknown error'];
  return async ({ request, response }) => {
    for await (const _ of request);
    response.writeHead(code, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ errors: [{ code: name, message, detail: null }] }));
  };
}

/** An error without a word. */
export function bare(code: number, headers: OutgoingHttpHeaders = {}): Fault {
  return async ({ request, response }) => {
    for await (const _ of request);
    response.writeHead(code, headers).end();
  };
}

/** A page for people, as load balancers and captive portals show. */
export function page(code: number, title: string): Fault {
  return async ({ request, response }) => {
    for await (const _ of request);
    const text = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
    response.writeHead(code, { 'content-type': 'text/html', 'content-length': text.length }).end(text);
  };
}

/** The connection is reset before anything is answered. */
export const reset: Fault = ({ request }) => {
  request.socket.resetAndDestroy();
};

/** The registry gets so many bytes of the body; then both connections are gone. */
export function resetAfter(bytes: number): Fault {
  return ({ request, forward }) => {
    let count = 0;
    request.on('data', (chunk: Buffer) => {
      count += chunk.length;
      if (count >= bytes) request.socket.resetAndDestroy();
    });
    return forward().then(() => {
      throw new Error(`the body has ${count} bytes only`);
    });
  };
}

/** The registry does what it is asked to; its answer is lost. */
export const lostAnswer: Fault = async ({ request, forward }) => {
  await buffer(await forward());
  request.socket.resetAndDestroy();
};

/** The answer says its whole length, and ends in the middle. */
export const truncatedAnswer = spoiled(({ response }, headers, body) => {
  response.writeHead(200, { ...headers, 'content-length': body.length });
  response.write(body.subarray(0, body.length >> 1), () => response.destroy());
});

/** One byte in the middle of the answer is another. */
export const changedAnswer = spoiled(({ response }, headers, body) =>
  response.writeHead(200, headers).end(flipped(body)),
);

/** The registry names another digest than that of what it was given, or gives. */
export const wrongDigest = spoiled(({ response }, headers, body, code) =>
  response.writeHead(code, { ...headers, 'docker-content-digest': NOTHING }).end(body),
);

/** What the registry gets has another byte in its middle than what was sent. */
export const changedRequest: Fault = async ({ request, forward, pass }) =>
  pass(await forward(flipped(await buffer(request))));

/** The registry gets one half, said to be all. */
export const truncatedRequest: Fault = async ({ request, forward, pass }) => {
  const body = await buffer(request);
  request.headers['content-length'] = String(body.length >> 1);
  delete request.headers['transfer-encoding'];
  pass(await forward(body.subarray(0, body.length >> 1)));
};

/** Nothing is ever answered. */
export const silence: Fault = ({ request }) => {
  request.resume();
};

/** A header now and then, and never the last. */
export const drip: Fault = async ({ request }) => {
  request.resume();
  request.socket.write('HTTP/1.1 200 OK\r\n');
  while (!request.socket.destroyed) {
    request.socket.write('x-more: to-come\r\n');
    await sleep(50);
  }
};

/** Says that it has been stored, and has not stored it. */
export const lie: Fault = async ({ request, response }) => {
  const body = await buffer(request);
  const url = new URL(request.url ?? '', `http://${request.headers.host}`);
  const digest = url.searchParams.get('digest') ?? digestOf(body);
  response.writeHead(201, { 'docker-content-digest': digest, location: url.href, 'content-length': 0 }).end();
};

/** Says that a blob is there. */
export const claim: Fault = ({ request, response }) => {
  const digest = request.url?.split('/').at(-1) ?? '';
  response.writeHead(200, { 'docker-content-digest': digest, 'content-length': 1234 }).end();
};

/** Sends the client to somewhere where nobody listens. */
export const strayLocation: Fault = ({ request, response }) => {
  request.resume();
  response.writeHead(202, { location: 'http://127.0.0.1:1/v2/nowhere/blobs/uploads/1', 'content-length': 0 }).end();
};

/** A fault in the answer alone: the registry does what it is asked to. */
function spoiled(
  answer: (exchange: Exchange, headers: OutgoingHttpHeaders, body: Buffer, code: number) => void,
): Fault {
  return async (exchange) => {
    const right = await exchange.forward();
    answer(exchange, exchange.headersOf(right), await buffer(right), right.statusCode ?? 500);
  };
}

function flipped(body: Buffer): Buffer {
  const copy = Buffer.from(body);
  const middle = copy.length >> 1;
  copy[middle] = (copy[middle] ?? 0) ^ 1;
  return copy;
}
