import { existsSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { ExitCode } from '../../src/base/errors.js';
import { contentOf, halfMade, wholeResult } from '../integration/folders.js';
import { startCommandLine } from '../support/as-action.js';
import { programsOf } from '../support/left-behind.js';
import type { Ended } from '../support/program.js';
import { until } from '../support/servers.js';
import type { Mounts } from './mounts.js';
import { type Ground, makeSite, type Site } from './site.js';

type Code = (typeof ExitCode)[keyof typeof ExitCode];

/** One run of the program in a world where something is wrong. */
export interface Attempt {
  /** Default: the ordinary build. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What starts the program, as `['setpriv', …]`. */
  readonly prefix?: readonly string[];
  /** File systems that the program sees, this time and afterwards. */
  readonly mounts?: Mounts;
  readonly input?: string;
  /** Puts right what was wrong. */
  readonly mend?: () => unknown;
  /** The run that must go well afterwards; default: the ordinary build, whose digest is known. */
  readonly next?: readonly string[];
  readonly nextEnv?: Readonly<Record<string, string>>;
  /** What must be so after the run, beside what is always so. */
  readonly check?: (ended: Ended) => unknown;
}

export interface FaultCase {
  readonly name: string;
  /** The exit code of the contract. */
  readonly code: Code;
  /** What is said: what was given or has happened, and what to do. */
  readonly says?: readonly RegExp[];
  /** It failed after the result was in its place, which stays there. */
  readonly keepsResult?: boolean;
  readonly fault: (site: Site) => Attempt | Promise<Attempt>;
}

/** Commands that say on standard output what they have found, good or bad. */
const REPORTING = ['diff', 'verify'];

/** Values that no run may ever print. */
export const SECRETS = ['canary-4mQ8z', 'Hush+hush/hush0hush1hush2hush3hush4hush5'] as const;

/** Tests for the cases of a table, each on a machine of its own. */
export function tryAll(cases: readonly FaultCase[], ground: () => Ground): void {
  if (new Set(cases.map(({ name }) => name)).size < cases.length) throw new Error('two cases have the same name');
  it.each(cases)('$name', async (tested) => checkCase(tested, await makeSite(ground())), 120_000);
}

/** Runs a case and looks at all that a fault must not do. */
export async function checkCase({ code, says = [], fault, keepsResult }: FaultCase, site: Site): Promise<void> {
  const attempt = await fault(site);
  const { args = site.build, env, prefix = [], mounts, input, mend, next = site.build, nextEnv } = attempt;
  const enter = mounts?.prefix ?? [];
  const seen = mounts?.seen ?? ((path: string) => path);
  const out = seen(site.out);
  const before = contentOf(out);
  const ended = await startCommandLine(site, args, env, [...enter, ...prefix], input).ended;
  expect(ended.code, ended.stderr).toBe(code);
  expectDecent(ended, says);
  if (code !== 0) {
    if (keepsResult) expect(await wholeResult(out)).toBe(site.digest);
    else expect(contentOf(out)).toEqual(before);
    if (!keepsResult && !REPORTING.includes(args[0] ?? '')) expect(ended.stdout, 'outputs of a failure').toBe('');
  }
  await expectClean(site, seen);
  await attempt.check?.(ended);
  await mend?.();
  const after = await startCommandLine(site, next, nextEnv, enter).ended;
  expect(after.code, after.stderr).toBe(0);
  const isBuild = next[0] === 'build';
  const { digest } = isBuild ? JSON.parse(after.stdout) : { digest: undefined };
  if (next === site.build) expect(digest).toBe(site.digest);
  if (isBuild && code === 0 && args[0] === 'build') expect(JSON.parse(ended.stdout).digest).toBe(digest);
  if (isBuild) expect(await wholeResult(out)).toBe(digest);
  await expectClean(site, seen);
}

/** Words for people: no stack trace, no secret, and what the case expects to be said. */
export function expectDecent({ stdout, stderr }: Ended, says: readonly RegExp[]): void {
  expect(stderr).not.toMatch(/^\s+at |This is a defect|node:internal|\[object |undefined\b/m);
  for (const secret of SECRETS) expect(stdout + stderr).not.toContain(secret);
  for (const words of says) expect(stderr + stdout).toMatch(words);
}

/** No temporary files, no half-made entries of the store, and no process that goes on. */
export async function expectClean(site: Site, seen = (path: string) => path): Promise<void> {
  const { folder } = site;
  const [temporary, store] = [seen(site.temporary), seen(site.store)];
  if (existsSync(temporary)) expect(readdirSync(temporary)).toEqual([]);
  if (existsSync(store)) expect(halfMade(store)).toEqual([]);
  let left: string[] = [];
  const isQuiet = await until(10_000, async () => {
    left = programsOf(folder).filter((program) => !SERVERS.test(program));
    return left.length === 0;
  });
  expect(isQuiet, left.join('\n')).toBe(true);
}

/** Programs of the tests themselves: registries, stores, and what holds a mount. */
const SERVERS = /docker-registry serve|registry serve|moto_server|versitygw|sleep infinity/;
