import type { Fault, Rule } from '../support/fault-proxy.js';
import type { RequestKind } from '../support/registry-requests.js';
import type { TokenOptions } from '../support/token-server.js';

export const USERNAME = 'robot';
export const PASSWORD = 'canary-4mQ8z';

export interface FaultCase {
  /** The kind of request, and what goes wrong with it. */
  readonly name: string;
  readonly rules: readonly Rule[];
  /** What the push comes to: success, or an error whose message says so. */
  readonly ends: 'success' | RegExp;
  /** The tags are default ones, which never move from another digest; `latest` stands already. */
  readonly mayNotMove?: boolean | undefined;
  /** Milliseconds after which the registry counts as silent. */
  readonly patience?: number | undefined;
  /** The registry wants tokens. */
  readonly tokens?: Partial<TokenOptions> | undefined;
}

/** One rule, one case. */
export function on(
  kind: RequestKind | 'any',
  what: string,
  fault: Fault,
  ends: FaultCase['ends'],
  more: Partial<Rule> & Pick<FaultCase, 'mayNotMove' | 'patience' | 'tokens'> = {},
): FaultCase {
  const { mayNotMove, patience, tokens, ...rule } = more;
  const rules = [{ on: kind, fault, ...rule }];
  return { name: `${kind}: ${what}`, rules, ends, mayNotMove, patience, tokens };
}
