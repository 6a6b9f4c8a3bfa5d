import { Agent, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse, request as send } from 'node:http';
import { type Loopback, serveHttp } from './loopback.js';
import { kindOf, type RequestKind } from './registry-requests.js';
import { type TokenOptions, TokenServer } from './token-server.js';

/** One request on its way, and the answer that a fault may spoil. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /**
   * Sends the request to the registry.
   * @param body instead of what the client sends
   */
  forward(body?: Buffer): Promise<IncomingMessage>;
  /** The headers of the registry's answer as the client may see them: with its Location led back here. */
  headersOf(answer: IncomingMessage): OutgoingHttpHeaders;
  /** Gives the client an answer of the registry. */
  pass(answer: IncomingMessage): void;
}

/** What goes wrong instead of what should happen. */
export type Fault = (exchange: Exchange) => void | Promise<void>;

export interface Rule {
  readonly on: RequestKind | readonly RequestKind[] | 'any';
  /** How many of these requests go through before it. Default 0. */
  readonly skip?: number;
  /** How many of them go wrong. Default: all that follow. */
  readonly times?: number;
  readonly fault: Fault;
}

export interface FaultProxy {
  /** `127.0.0.1:PORT`, the registry's name for clients. */
  readonly host: string;
  /** Every request: its kind, and `!` at its end where it went wrong. */
  readonly seen: readonly string[];
  /** From now on nothing goes wrong. */
  mend(): void;
  close(): Promise<void>;
}

export interface ProxyOptions {
  readonly rules: readonly Rule[];
  /** Asks for tokens before anything else goes through. */
  readonly tokens?: TokenOptions | undefined;
}

/**
 * Stands between a client and a registry, and lets things go wrong by rules; the first rule that fits counts.
 * @param registry `http://127.0.0.1:PORT`
 */
export async function startFaultProxy(registry: string, { rules, tokens }: ProxyOptions): Promise<FaultProxy> {
  const counted = rules.map((rule) => ({ ...rule, seen: 0 }));
  const seen: string[] = [];
  const gate = tokens && new TokenServer(tokens);
  let isMended = false;

  /** The fault that is due; counts the request in every rule that it fits. */
  const faultFor = (kind: RequestKind): Fault | undefined => {
    const due = counted.filter((rule) => {
      if (rule.on !== 'any' && ![rule.on].flat().includes(kind)) return false;
      const { skip = 0, times = Number.POSITIVE_INFINITY } = rule;
      const before = rule.seen++;
      return before >= skip && before < skip + times;
    });
    return due[0]?.fault;
  };

  const server: Loopback = await serveHttp(async (request, response) => {
    request.socket.on('error', () => {});
    const kind = kindOf(request);
    const fault = isMended ? undefined : faultFor(kind);
    seen.push(fault ? `${kind}!` : kind);
    const exchange = exchangeOf(request, response, registry);
    try {
      if (fault) await fault(exchange);
      else if (gate && kind === 'token') gate.answer(request, response);
      else if (!gate || gate.admits(request, response)) exchange.pass(await exchange.forward());
    } catch {
      // One of both sides is gone; so is the other, then.
      request.socket.destroy();
    }
  });
  const mend = () => {
    isMended = true;
  };
  return { host: new URL(server.url).host, seen, mend, close: () => server.close() };
}

function exchangeOf(request: IncomingMessage, response: ServerResponse, registry: string): Exchange {
  const headersOf = ({ headers }: IncomingMessage): OutgoingHttpHeaders => {
    const { connection, 'keep-alive': _, location, ...rest } = headers;
    const here = `http://${request.headers.host}`;
    return location === undefined ? rest : { ...rest, location: location.replace(registry, here) };
  };
  return {
    request,
    response,
    headersOf,
    forward: (body) => forward(request, registry, body),
    pass: (answer) => {
      response.writeHead(answer.statusCode ?? 500, headersOf(answer));
      answer.on('error', () => response.destroy());
      answer.pipe(response);
    },
  };
}

function forward(request: IncomingMessage, registry: string, body?: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { ...request.headers, host: new URL(registry).host, connection: 'close' };
    const agent = new Agent({ keepAlive: false });
    const onward = send(new URL(request.url ?? '/', registry), { method: request.method ?? 'GET', headers, agent });
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
