import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256File } from '../../src/base/hash.js';
import { outputsOf, runnerIn, startAction } from '../support/as-action.js';
import { removeFolder } from '../support/files.js';
import { type Loopback, serveHttp } from '../support/loopback.js';
import { freshFolder, mustExec, program } from '../support/program.js';

/** Not the default, whose archive must have a committed checksum: this one's is what the download site publishes. */
const GO = '1.26.7';
const PLACE = freshFolder('go-places');
const ARCHIVE = `go${GO}.linux-amd64.tar.gz`;
const ARGS = ['--go-version', GO, '--platforms', 'linux/amd64'];
/** PATH without any Go. */
const NO_GO = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !readable(folder).includes('go'))
  .join(delimiter);

function readable(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

let site: Loopback;
let goroot: string;
let digest: string;

/** Builds from an empty store, whose Go can come from the named place alone. */
async function buildWith(place: string, env: Record<string, string>, says: RegExp): Promise<string> {
  const store = join(PLACE, place);
  const args = ['build', '--json', ...ARGS, '--output-dir', join(PLACE, `${place}-out`)];
  const world = { GO_DOWNLOAD_BASE_URL: `${site.url}/nothing`, PUSHGATEWAY_TTL_CACHE: store, ...env };
  const { code, stdout, stderr } = await program(args, { env: world });
  expect(code, stderr).toBe(0);
  expect(stderr).toMatch(says);
  return JSON.parse(stdout).digest;
}

describe('the same digest, wherever Go comes from', () => {
  beforeAll(async () => {
    site = await serveHttp(async (request, response) => {
      if (request.url?.startsWith('/nothing')) return void response.writeHead(404).end();
      if (request.url?.includes('mode=json')) {
        const files = [{ filename: ARCHIVE, sha256: await sha256File(join(PLACE, ARCHIVE)) }];
        return void response.end(JSON.stringify([{ version: `go${GO}`, files }]));
      }
      response.end(readFileSync(join(PLACE, ARCHIVE)));
    });
    digest = await buildWith('module', {}, new RegExp(`Go ${GO.replaceAll('.', '\\.')} as a toolchain module`));
    const kept = (await mustExec('find', [join(PLACE, 'module'), '-path', '*/bin/go', '-type', 'f'])).trim();
    expect(kept.split('\n')).toHaveLength(1);
    goroot = dirname(dirname(kept));
  }, 300_000);

  afterAll(async () => {
    await site.close();
    removeFolder(PLACE);
  });

  it('on PATH', async () => {
    const env = { PATH: `${join(goroot, 'bin')}${delimiter}${NO_GO}` };
    expect(await buildWith('path', env, new RegExp(`Go ${GO} from .*PATH.*${goroot}`))).toBe(digest);
  }, 300_000);

  it('as an archive of the download site', async () => {
    mkdirSync(join(PLACE, 'unpacked'), { recursive: true });
    await mustExec('cp', ['-a', goroot, join(PLACE, 'unpacked', 'go')]);
    await mustExec('tar', ['-czf', join(PLACE, ARCHIVE), '-C', join(PLACE, 'unpacked'), 'go']);
    const env = { PATH: NO_GO, GO_DOWNLOAD_BASE_URL: site.url };
    expect(await buildWith('archive', env, new RegExp(`Downloading Go ${GO} from ${site.url}`))).toBe(digest);
  }, 300_000);

  it('in the tool cache of a runner', async () => {
    const runner = runnerIn(join(PLACE, 'runner'));
    const tools = join(PLACE, 'tools');
    const folder = join(tools, 'go', GO);
    mkdirSync(folder, { recursive: true });
    await mustExec('cp', ['-a', goroot, join(folder, 'x64')]);
    writeFileSync(join(folder, 'x64.complete'), '');
    const env = {
      PATH: NO_GO,
      RUNNER_TOOL_CACHE: tools,
      PUSHGATEWAY_TTL_CACHE: join(PLACE, 'tool-cache'),
      GO_DOWNLOAD_BASE_URL: `${site.url}/nothing`,
    };
    const inputs = { 'go-version': GO, platforms: 'linux/amd64', load: 'false', 'smoke-test': 'false' };
    const ended = await startAction(runner, inputs, env).ended;
    expect(ended.code, ended.stdout).toBe(0);
    expect(ended.stdout).toContain(join(folder, 'x64'));
    expect(outputsOf(runner).digest).toBe(digest);
  }, 300_000);
});
