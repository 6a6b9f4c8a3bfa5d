import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { removeFolder } from '../support/files.js';

export const ROOT = resolve(import.meta.dirname, '../..');

/**
 * A folder of its own for the running test, gone when it ends. Its name is in lower case: `buildah pull oci:FOLDER`
 * makes an image's name of it, and refuses others.
 */
export function scratch(): string {
  const folder = join(tmpdir(), `image-test-${randomUUID()}`);
  mkdirSync(folder);
  onTestFinished(() => removeFolder(folder));
  return folder;
}

/** Standard output of a command; throws, naming it, where it is missing or fails. */
export function output(command: string, args: readonly string[], input: string | Uint8Array = ''): Buffer {
  return execFileSync(command, [...args], { input, maxBuffer: 256 * 1024 * 1024, stdio: ['pipe', 'pipe', 'pipe'] });
}

/** Runs a Python program (its text) that reads standard input. */
export function python(program: string, input: string | Uint8Array = '', ...args: string[]): Buffer {
  return output('python3', ['-c', program, ...args], input);
}

/** Bytes that compress somewhat, the same for the same seed. */
export function sampleBytes(size: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(size);
  let state = seed * 2654435761;
  for (let at = 0; at < size; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[at] = state >>> 29 === 0 && at > 40 ? (bytes[at - 37] ?? 0) : (state >>> 24) & 31;
  }
  return bytes;
}

/** Compiles `src/image` and gives an entry file for worker threads, such as the program's own entry is. */
export function compileWorkerEntry(folder: string): URL {
  const config = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: {
      rootDir: join(ROOT, 'src'),
      outDir: join(folder, 'lib'),
      typeRoots: [join(ROOT, 'node_modules/@types')],
    },
    include: [join(ROOT, 'src/image/**/*.ts')],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  output(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', join(folder, 'tsconfig.json')]);
  const entry = join(folder, 'entry.js');
  writeFileSync(
    entry,
    `import { isMainThread } from 'node:worker_threads';
if (!isMainThread) (await import('./lib/image/deflate-worker.js')).serve();
`,
  );
  return pathToFileURL(entry);
}
