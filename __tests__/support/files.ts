import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { sha256Hex } from '../../src/base/hash.js';

/** A folder that is gone after the test. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pushgateway-ttl-test-'));
  onTestFinished(() => removeFolder(folder));
  return folder;
}

/**
 * Removes a folder with all that is in it. Go's telemetry writes into its HOME for a moment after `go` has ended; the
 * retries of Node 20's rmSync do not look for new files, so each try here begins anew.
 */
export function removeFolder(path: string): void {
  for (let tries = 20; ; tries--) {
    try {
      rmSync(path, { recursive: true, force: true });
      return;
    } catch (error) {
      if (tries === 0 || (error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }
}

/** Everything below a folder: path → content, `-> TARGET` of a link, `/` of a folder. */
export async function snapshot(root: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(root.length + 1);
    if (entry.isSymbolicLink()) found[name] = `-> ${await readlink(path)}`;
    else found[name] = entry.isDirectory() ? '/' : await readFile(path, 'latin1');
  }
  return found;
}

/** Waits until something is so; fails where it takes over ten seconds. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; !(await isSo()); await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (Date.now() > end) throw new Error('it did not come to be within ten seconds');
  }
}

/** Process id of a process that has ended. */
export function deadPid(): number {
  return 2 ** 22 + 1; // above the largest that Linux gives out
}

/** A large file, of a pattern that shows where parts are mixed up. */
export function largeFile(folder: string, size: number): { file: string; size: number; sha256: string } {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size - 8; at += 4096) bytes.writeUInt32BE(at, at);
  const file = join(folder, `large-${size}`);
  writeFileSync(file, bytes);
  return { file, size, sha256: sha256Hex(bytes) };
}
