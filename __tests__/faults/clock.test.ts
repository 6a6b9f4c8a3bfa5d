import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ExitCode } from '../../src/base/errors.js';
import { sha256Hex } from '../../src/base/hash.js';
import { mustExec } from '../support/program.js';
import { startStoreProxy } from '../support/store-proxy.js';
import { tool } from '../support/tools.js';
import { type FaultCase, tryAll } from './case.js';
import { forgetResults, type Ground, prepareGround } from './site.js';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});

const { failed, badInput } = ExitCode;

/** Node at another time, as Debian's faketime has it; what counts up by itself goes on as ever. */
const at = (time: string) => [tool('faketime'), '--exclude-monotonic', '-f', time];

const TIMES: readonly (readonly [string, string])[] = [
  ['in a year', '+365d'],
  ['in 1970', '@1970-01-01 00:00:10'],
  ['before the release', '@2001-09-09 01:46:40'],
  ['after 2038', '@2040-01-01 00:00:00'],
  ['at a hundredfold pace', '+0 x100'],
];

const BUILDS: readonly FaultCase[] = TIMES.map(([name, time]) => ({
  name: `a build ${name}`,
  code: 0,
  fault: (site) => {
    forgetResults(site);
    return { prefix: at(time) };
  },
}));

const PATCH = 'diff --git a/x b/x\nnew file mode 100644\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+x\n';

const CASES: readonly FaultCase[] = [
  ...BUILDS,
  {
    name: 'a build with a SOURCE_DATE_EPOCH of somebody else',
    code: 0,
    fault: (site) => {
      forgetResults(site);
      return { env: { SOURCE_DATE_EPOCH: '99999999999999' } };
    },
  },
  {
    name: 'a build in another time zone, with a locale that is not there',
    code: 0,
    fault: (site) => {
      forgetResults(site);
      return { env: { TZ: 'Pacific/Kiritimati', LANG: 'xx_XX.UTF-8', LC_ALL: 'tr_TR.UTF-8' } };
    },
  },
  ...(['-1', '99999999999999', '1e9', '2026-01-01', '8589934592'] as const).map((epoch) => ({
    name: `a source-date-epoch of ${epoch}`,
    code: badInput,
    says: [/^error: source-date-epoch: .*Accepted/m],
    fault: (site: Parameters<FaultCase['fault']>[0]) => ({ args: site.with({ 'source-date-epoch': epoch }) }),
  })),
  {
    name: 'a patch over https on a machine that is ten years behind',
    code: failed,
    says: [/certificate is not yet valid/],
    fault: async (site) => {
      const { url, ca } = await startStoreProxy('http://127.0.0.1:1', { tls: site.folder });
      const args = site.with({ patches: `${url}/x.patch#sha256=${sha256Hex(PATCH)}` });
      const file = join(site.folder, 'x.patch');
      writeFileSync(file, PATCH);
      const env = { NODE_EXTRA_CA_CERTS: ca };
      return { args, env, prefix: at('-3650d'), next: site.with({ patches: file }) };
    },
  },
];

describe('a clock that is wrong', () => {
  it('is what Node sees', async () => {
    const [command = '', ...args] = [...at('@2001-09-09 01:46:40'), process.execPath, '-p', 'new Date().getFullYear()'];
    expect((await mustExec(command, args)).trim()).toBe('2001');
  });
  tryAll(CASES, () => ground);
});
