import { describe, expect, it, onTestFinished } from 'vitest';
import { RunError } from '../../src/base/errors.js';
import { silentLog } from '../../src/base/log.js';
import { maintainedGo, newestOfLines, parseReleaseList, toolchainReleases } from '../../src/outdated/go-releases.js';
import { serveHttp } from '../support/loopback.js';

const HOST = { os: 'linux', arch: 'amd64' };
const LIST = JSON.stringify([
  ...[
    { version: 'go1.27.1', stable: true },
    { version: 'go1.28rc1', stable: false },
  ],
  { version: 'go1.26.8', stable: true },
]);

async function site(answer: string, status = 200) {
  const server = await serveHttp((request, response) => {
    response.writeHead(request.url === '/dl/?mode=json' ? status : 404);
    response.end(answer);
  });
  onTestFinished(() => server.close());
  return { downloadBase: `${server.url}/dl/`, host: HOST, log: silentLog, retryDelay: 1 };
}

const nobody = () => Promise.reject(new RunError('no proxy'));

describe('the releases of Go', () => {
  it('come from the download site, whatever the module proxy says', async () => {
    expect(await maintainedGo(nobody, await site(LIST))).toEqual(['1.26.8', '1.27.1']);
  });

  it('come from the module proxy where the site does not answer, or answers something else', async () => {
    const versions = ['v0.0.1-go1.26.7.linux-amd64', 'v0.0.1-go1.26.8.linux-arm64', 'v0.0.1-go1.27rc1.linux-amd64'];
    const ask = async () => ({ versions, go: undefined });
    for (const [text, status] of [
      ['', 503],
      ['', 404],
      ['<html>', 200],
      ['[]', 200],
      ['{}', 200],
      ['[null, 7]', 200],
    ] as const) {
      expect(await maintainedGo(ask, await site(text, status))).toEqual(['1.26.7']);
    }
  });

  it('are not known where neither answers, and both are named', async () => {
    await expect(maintainedGo(nobody, await site('', 404))).rejects.toThrow(/\/dl\/\?mode=json answers 404.*no proxy/);
    const none = async () => ({ versions: [], go: undefined });
    await expect(maintainedGo(none, await site('', 404))).rejects.toThrow(/lists none for this host/);
  });

  it('are stable ones, of this host, of the two newest lines', () => {
    expect(parseReleaseList(LIST, 'x')).toEqual(['1.27.1', '1.26.8']);
    const versions = ['v0.0.1-go1.9.2rc2.linux-amd64', 'v0.0.1-go1.21.0.linux-amd64', 'v0.0.2-go1.30.0.linux-amd64'];
    expect(toolchainReleases(versions, HOST)).toEqual(['1.21.0']);
    expect(newestOfLines(['1.9.1', '1.25.3', '1.26.10', '1.26.9', '1.25.10'])).toEqual(['1.25.10', '1.26.10']);
    expect(newestOfLines([])).toEqual([]);
  });
});
