import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { removeFolder } from '../support/files.js';
import { SHARED_STORE } from '../support/program.js';

/**
 * A store at `path` that shares Go's build cache with the tests' own, and has a copy of what that one has found out, but
 * neither binaries nor layers: so a build in it compiles, and takes seconds.
 */
export function storeWithoutResults(path: string): string {
  removeFolder(path);
  mkdirSync(path, { recursive: true });
  mkdirSync(join(SHARED_STORE, 'go-build'), { recursive: true });
  symlinkSync(join(SHARED_STORE, 'go-build'), join(path, 'go-build'));
  copyFrom('facts', path);
  return path;
}

/** The same with a copy of the tests' binaries and layers. */
export function storeWithResults(path: string): string {
  storeWithoutResults(path);
  for (const part of ['binaries', 'layers']) copyFrom(part, path);
  return path;
}

function copyFrom(part: string, store: string): void {
  const from = join(SHARED_STORE, part);
  if (existsSync(from)) cpSync(from, join(store, part), { recursive: true });
}
