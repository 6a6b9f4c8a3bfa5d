import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface TokenOptions {
  readonly username: string;
  readonly password: string;
  /** How many requests a token is good for. Default: any number. */
  readonly uses?: number;
  /** How many of the first tokens that holds for. Default: all. */
  readonly expiring?: number;
}

/** Gives out bearer tokens for a name and a password, and knows those that it gave out (distribution's token flow). */
export class TokenServer {
  private readonly left = new Map<string, number>();
  private readonly options: TokenOptions;

  constructor(options: TokenOptions) {
    this.options = options;
  }

  /** `GET /token` with basic authentication. */
  answer(request: IncomingMessage, response: ServerResponse): void {
    const { username, password, uses = Number.POSITIVE_INFINITY, expiring = Number.POSITIVE_INFINITY } = this.options;
    const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    if (request.headers.authorization !== basic) {
      refuse(response, 'incorrect username or password');
      return;
    }
    const token = randomUUID();
    this.left.set(token, this.left.size < expiring ? uses : Number.POSITIVE_INFINITY);
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ token, expires_in: 300 }));
  }

  /** Whether a request carries a token that is still good; where not, it is answered with where to get one. */
  admits(request: IncomingMessage, response: ServerResponse): boolean {
    const token = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1];
    const left = token === undefined ? 0 : (this.left.get(token) ?? 0);
    if (token !== undefined && left > 0) {
      this.left.set(token, left - 1);
      return true;
    }
    const problem = token === undefined ? '' : ',error="invalid_token"';
    const realm = `realm="http://${request.headers.host}/token",service="registry"`;
    response.setHeader('www-authenticate', `Bearer ${realm}${problem}`);
    request.resume();
    refuse(response, 'authentication required');
    return false;
  }
}

function refuse(response: ServerResponse, message: string): void {
  response.writeHead(401, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ errors: [{ code: 'UNAUTHORIZED', message, detail: null }] }));
}
