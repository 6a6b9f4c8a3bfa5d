import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, RunError } from '../base/errors.js';
import { run } from '../base/process.js';
import { oneLine } from '../base/text.js';
import { isModuleSum } from '../spec/grammar.js';
import { readModuleZip, writeTree } from './module-zip.js';
import { DEFAULT_RELEASE, RELEASES, UPSTREAM_MODULE } from './releases.js';
import type { ResolvedSource, SourceContext } from './source.js';

/** What `go mod download -json` prints of a module that it could have. */
interface Download {
  readonly zip: string;
  readonly sum: string;
  readonly time: number;
}

/**
 * Upstream as a Go module. The sum of a known release is committed here, so that neither Go nor the network is asked
 * before its files are needed; that of another comes from the checksum database, through Go.
 * @throws InputError where upstream has no such version; RunError where nobody could be asked
 */
export async function moduleSource(version: string, context: SourceContext): Promise<ResolvedSource> {
  const facts = RELEASES[version] ?? (await context.known.get(version)) ?? (await askProxy(version, context));
  return {
    spec: { type: 'module', path: UPSTREAM_MODULE, version: `v${version}`, sum: facts.sum },
    version,
    time: facts.time,
    write: async (folder) => {
      const { zip, time } = await download(version, context);
      if (time !== facts.time) {
        context.log.notice(
          `The module proxy dates ${UPSTREAM_MODULE} v${version} differently; the known time is used.`,
        );
      }
      const prefix = `${UPSTREAM_MODULE}@v${version}/`;
      await writeTree(folder, await readModuleZip(await readFile(zip), prefix, facts.sum));
    },
  };
}

async function askProxy(version: string, context: SourceContext): Promise<{ sum: string; time: number }> {
  const { sum, time } = await download(version, context);
  await context.known.put(version, { sum, time });
  return { sum, time };
}

async function download(version: string, context: SourceContext): Promise<Download> {
  const { binary, env } = await context.goCommand();
  const cwd = join(context.tempDir, 'empty'); // outside of any module, so that no go.mod or go.sum has a say
  await mkdir(cwd, { recursive: true });
  const args = ['mod', 'download', '-json', `${UPSTREAM_MODULE}@v${version}`];
  const { stdout, stderr } = await run(binary, args, { cwd, env, signal: context.signal });
  const answer = parseDownload(stdout);
  if (answer.Error !== undefined) throw downloadError(version, answer.Error, env);
  const { Zip, Sum, Info } = answer;
  if (Zip === undefined || Sum === undefined || Info === undefined || !isModuleSum(Sum)) {
    throw new RunError(
      `go mod download gave no usable answer for v${version}: ${(stderr || stdout).trim().slice(0, 500)}`,
    );
  }
  const time = Date.parse(parseDownload(await readFile(Info, 'utf8')).Time ?? '') / 1000;
  if (!Number.isInteger(time)) throw new RunError(`The module proxy gave no time for v${version}`);
  return { zip: Zip, sum: Sum, time };
}

const MEMBERS = ['Error', 'Zip', 'Sum', 'Info', 'Time'] as const;

/** What `go mod download -json` says of a module, or a module proxy's `.info`; without what is no text. */
export function parseDownload(json: string): Partial<Record<(typeof MEMBERS)[number], string>> {
  try {
    const answer = Object(JSON.parse(json));
    return Object.fromEntries(
      MEMBERS.filter((key) => typeof answer[key] === 'string').map((key) => [key, answer[key]]),
    );
  } catch {
    return {};
  }
}

/** Tells a version that does not exist from a proxy that could not be asked. */
function downloadError(version: string, message: string, env: Readonly<Record<string, string>>): Error {
  const line = oneLine(message);
  if (/checksum mismatch|SECURITY ERROR/.test(line)) {
    return new RunError(`The checksum database refuses pushgateway v${version}: ${line}`);
  }
  if (/: 40[34] |: 410 |unknown revision|not found|no matching versions/i.test(line)) {
    return new InputError(
      `${version} is no release of Pushgateway that the module proxy has (${line}). Accepted: an exact release such as ${DEFAULT_RELEASE}; ` +
        `known here: ${Object.keys(RELEASES).join(', ')}`,
      'pushgateway-version',
    );
  }
  return new RunError(
    `Could not get pushgateway v${version} as a Go module. Tried GOPROXY=${env.GOPROXY ?? "Go's default"}: ${line}. ` +
      'Check the network and GOPROXY, or build from a folder or a git repository with `source`.',
  );
}
