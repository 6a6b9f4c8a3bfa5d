import { writeFileSync } from 'node:fs';
import { Agent, createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freshFolder } from '../../support/program.js';
import type { Server } from '../../support/pushgateway.js';
import type { Launch } from './restart.js';

/** What stands between the client and a server may do to a request. */
export interface Meddling {
  /** The status to answer with, without asking the server; undefined to ask it. */
  readonly instead?: (method: string, path: string) => number | undefined;
  /** The method that the server gets. */
  readonly method?: (method: string) => string;
  /** The body that the client gets. */
  readonly body?: (path: string, body: string) => string;
  /** Milliseconds to wait before the server is asked. */
  readonly delay?: (method: string) => number;
}

/** The status of a push with success. */
export function success(method: string): number {
  return method === 'DELETE' ? 202 : 200;
}

/** Servers behind a proxy. */
export function meddleWith(launch: Launch, meddling: Meddling): Launch {
  return async (flags) => {
    const server = await launch(flags);
    const agent = new Agent({ keepAlive: true });
    const proxy = createServer(async (incoming, response) => {
      const { status, body } = await answer(incoming, server.url, agent, meddling);
      response.writeHead(status).end(body);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const stop: Server['stop'] = async (signal) => {
      const code = await server.stop(signal);
      agent.destroy();
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
      return code;
    };
    return { ...server, url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, stop };
  };
}

async function answer(
  incoming: IncomingMessage,
  url: string,
  agent: Agent,
  { instead, method: methodOf, body: bodyOf, delay }: Meddling,
): Promise<{ status: number; body: string }> {
  const { method = '', url: path = '' } = incoming;
  const sent = await textOf(incoming);
  const status = instead?.(method, path);
  if (status !== undefined) return { status, body: '' };
  await sleep(delay?.(method) ?? 0);
  return new Promise((resolve) => {
    const options = { method: methodOf?.(method) ?? method, agent };
    const asked = request(`${url}${path}`, options, async (response) => {
      const body = await textOf(response);
      resolve({ status: response.statusCode ?? 502, body: bodyOf?.(path, body) ?? body });
    });
    asked.on('error', () => resolve({ status: 502, body: '' }));
    asked.end(sent);
  });
}

async function textOf(stream: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  return text;
}

/** Servers with other flags than they were asked for. */
export function withFlags(launch: Launch, change: (flags: readonly string[]) => readonly string[]): Launch {
  return (flags) => launch(change(flags));
}

/** A first server that ends by itself after so many milliseconds. */
export function dyingAfter(launch: Launch, milliseconds: number): Launch {
  let launches = 0;
  return async (flags) => {
    const server = await launch(flags);
    if (launches++ === 0) setTimeout(() => server.stop('SIGKILL'), milliseconds);
    return server;
  };
}

/** A program that runs another in its place, and writes a line to standard error a second later. */
export function saying(binary: string, line: string): string {
  const script = join(freshFolder('saying'), 'pushgateway');
  writeFileSync(script, `#!/bin/sh\n(sleep 1; echo '${line}' >&2) &\nexec '${binary}' "$@"\n`, { mode: 0o755 });
  return script;
}
