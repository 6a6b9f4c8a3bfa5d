import { text } from 'node:stream/consumers';
import { ExitCode } from '../base/errors.js';
import { rebuildAlone } from '../commands/rebuild/rebuild-alone.js';
import { parseRebuildRequest } from '../commands/rebuild/rebuild-request.js';
import { setWorkerEntry } from '../image/compress.js';
import { contextFor } from './context.js';
import type { TerminalLog } from './terminal-log.js';

/** How often it is looked whether the first process is still there, in milliseconds. */
const LOOK_EVERY = 500;

/** The second process of `rebuild-check`: takes its request from standard input, and prints the digest. */
export async function runRebuild(entry: URL, log: TerminalLog, signal: AbortSignal): Promise<number> {
  const parent = process.ppid;
  const request = parseRebuildRequest(await text(process.stdin));
  // Where the first process was killed, nobody waits for this one, and what it started would go on for minutes.
  setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGTERM'), LOOK_EVERY).unref();
  process.umask(request.umask);
  setWorkerEntry(entry);
  const context = { ...contextFor(entry, log, signal), tempDir: request.work, isReversed: true };
  process.stdout.write(`${await rebuildAlone(request, context)}\n`);
  return ExitCode.done;
}
