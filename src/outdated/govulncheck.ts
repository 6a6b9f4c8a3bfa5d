import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, RunError } from '../base/errors.js';
import { within } from '../base/limit.js';
import { run } from '../base/process.js';
import { DEFAULT_GO } from '../source/releases.js';
import { ScanError } from './govulncheck-stream.js';

/** The Go project's own scanner, by its exact version; the go command checks it against the checksum database. */
export const GOVULNCHECK = 'golang.org/x/vuln/cmd/govulncheck@v1.8.0';
/** Where vulnerabilities are looked up unless somebody names another place. */
export const VULNERABILITY_DATABASE = 'https://vuln.go.dev';

/** The most that one scan may print, in bytes: every entry on every module of the binary, most of them some kB. */
const MAX_REPORT = 128 * 1024 * 1024;
/** Milliseconds; the scanner itself waits for a database without end. */
const SCAN_TIMEOUT = 300_000;

export interface ScannerOptions {
  /** The go command that compiles it. */
  readonly goBinary: string;
  /** Of Go outside of any tree, with its build cache. */
  readonly env: Record<string, string>;
  /** A private folder. */
  readonly tempDir: string;
  readonly signal?: AbortSignal | undefined;
}

/** Looks a binary up in a vulnerability database; gives what the scanner prints. */
export type Scan = (binary: string) => Promise<string>;

/**
 * Compiles the scanner into a private folder, and has it ask the database once.
 * @param db http(s) or file URL of the database
 * @throws ScanError where it cannot be had, or the database does not answer
 */
export async function openScanner(db: string, options: ScannerOptions): Promise<Scan> {
  const { goBinary, tempDir, signal } = options;
  const folder = join(tempDir, 'govulncheck');
  await mkdir(folder, { recursive: true });
  const env = { ...options.env, GOBIN: folder, CGO_ENABLED: '0' };
  const { code, stderr } = await run(goBinary, ['install', '-trimpath', GOVULNCHECK], { cwd: folder, env, signal });
  if (code !== 0) throw new ScanError(`govulncheck cannot be had: go install ${GOVULNCHECK}: ${tail(stderr)}`);
  // It has no need of a home, and would count its runs there.
  const scanEnv = { ...options.env, HOME: folder, XDG_CONFIG_HOME: folder };
  const ask = (args: readonly string[]) => scan(join(folder, 'govulncheck'), args, db, { ...options, env: scanEnv });
  await ask(['-mode=query', `stdlib@v${DEFAULT_GO}`]);
  return (binary) => ask(['-mode=binary', binary]);
}

async function scan(program: string, what: readonly string[], db: string, options: ScannerOptions): Promise<string> {
  const { env, tempDir, signal } = options;
  const late = () => new ScanError(`The vulnerability database ${db} does not answer within ${SCAN_TIMEOUT / 1000} s`);
  const args = ['-format=json', `-db=${db}`, ...what];
  const { code, stdout, stderr } = await within(
    SCAN_TIMEOUT,
    signal,
    (until) => run(program, args, { cwd: tempDir, env, signal: until, limit: MAX_REPORT }),
    late,
  ).catch((error: unknown) => {
    throw error instanceof RunError ? new ScanError(messageOf(error)) : error;
  });
  if (code === 0) return stdout;
  throw new ScanError(
    `The vulnerability database ${db} could not be asked: ${tail(stderr)}. ` +
      'Check the address (db, or GOVULNDB) and the network; a copy in a folder is named as file:///FOLDER',
  );
}

/** The last words, without progress. */
function tail(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !/^go: downloading /.test(line));
  return lines.slice(-3).join(' ').trim().slice(0, 600) || 'it said nothing';
}
