import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tool } from './tools.js';

/** A program for a POSIX shell; `$REAL` is the one that it stands for. */
export type Scripts = Readonly<Record<string, string>>;

/** Writes down what it was started with, and becomes the program that it stands for. */
const PASS_ON = 'exec "$REAL" "$@"';

/**
 * A folder for the front of PATH whose programs first write their arguments and their environment to a file, so that
 * none is too short-lived to be seen.
 * @param record the file
 * @param names programs that do so and go on as themselves
 * @param scripts programs that do something else
 */
export function recordingPath(folder: string, record: string, names: readonly string[], scripts: Scripts = {}): string {
  mkdirSync(folder, { recursive: true });
  const all = { ...Object.fromEntries(names.map((name) => [name, PASS_ON])), ...scripts };
  for (const [name, script] of Object.entries(all)) {
    const lines = [
      '#!/bin/sh',
      `/bin/cat /proc/$$/cmdline /proc/$$/environ >>'${record}'`,
      `REAL='${real(name)}'`,
      script,
      '',
    ];
    writeFileSync(join(folder, name), lines.join('\n'), { mode: 0o755 });
  }
  return folder;
}

function real(name: string): string {
  try {
    return tool(name);
  } catch {
    return '/bin/false';
  }
}
