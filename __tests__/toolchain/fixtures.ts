import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { create } from 'tar';
import { onTestFinished } from 'vitest';
import type { Log } from '../../src/base/log.js';
import { hashGoroot } from '../../src/toolchain/goroot-hash.js';
import { removeFolder } from '../support/files.js';

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'toolchain-test-'));
  onTestFinished(() => removeFolder(folder));
  return folder;
}

/** Writes files below `root`; those below bin/ are executable. */
export async function writeFiles(root: string, files: Record<string, string>): Promise<string> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text, { mode: name.startsWith('bin/') ? 0o755 : 0o644 });
  }
  return root;
}

/** A go command in shell that knows `go env GOVERSION GOROOT` and nothing else. */
export function fakeGoCommand(version: string, goroot = '${' + '0%/bin/go}'): string {
  return `#!/bin/sh\n[ "$1" = env ] || exit 9\nprintf 'go%s\\n%s\\n' '${version}' "${goroot}"\n`;
}

/** The files of a tiny GOROOT whose go command says that it is `version`. */
export function fakeGoFiles(version: string): Record<string, string> {
  return {
    VERSION: `go${version}\n`,
    'go.env': '# defaults\nGOPROXY=https://proxy.example.com\nGOTOOLCHAIN=auto\n',
    'bin/go': fakeGoCommand(version),
    'pkg/include/textflag.h': '#define NOSPLIT 4\n',
    'pkg/tool/linux_amd64/compile': 'the compiler\n',
    'src/go.mod': 'module std\n',
    'src/fmt/print.go': 'package fmt\n',
    'src/os/file.go': 'package os\n',
  };
}

/** A tiny Go release: its tree, its archive, and its checksums as they would be committed. */
export async function fakeRelease(folder: string, version: string) {
  const goroot = await writeFiles(join(folder, 'release', 'go'), fakeGoFiles(version));
  const file = join(folder, 'release.tar.gz');
  await create({ gzip: true, file, cwd: join(folder, 'release') }, ['go']);
  const archive = await readFile(file);
  const archiveSha256 = createHash('sha256').update(archive).digest('hex');
  const { hash: treeHash } = await hashGoroot(goroot);
  return { goroot, archive, archiveSha256, treeHash };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A loopback server; `requests` lists the addresses that were asked for. */
export async function serve(handler: Handler): Promise<{ base: string; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** Answers 404 to everything. */
export const nothingThere: Handler = (_request, response) => response.writeHead(404).end();

/** A log that remembers, each line with its kind in front. */
export function recordingLog(): Log & { lines: string[] } {
  const lines: string[] = [];
  const add = (kind: string) => (line: string) => void lines.push(`${kind}: ${line}`);
  return {
    lines,
    info: add('info'),
    notice: add('notice'),
    warning: add('warning'),
    debug: add('debug'),
    progress: () => {},
    group: (_title, body) => body(),
  };
}

/** What `promise` was rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error & { input?: string }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not fail');
}
