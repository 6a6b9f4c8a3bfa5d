// `npm run bench:ttl`: what the patch set `ttl` costs, by one run of the real server of one upstream release with and
// without it, side by side. CPU time is what is compared, as times of a shared machine mean little. Prints, for each
// figure, the median over the rounds and its range. Needs Linux and Go. `--rounds N` (6 by default, about ten minutes
// altogether), `--only NAME,NAME` (sweeping, requests, lock).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lock } from './bench-ttl/lock.mjs';
import { requests } from './bench-ttl/requests.mjs';
import { compile, persisted } from './bench-ttl/servers.mjs';
import { sweeping } from './bench-ttl/sweeping.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '6' }, only: { type: 'string', default: '' } },
});
const rounds = Number(values.rounds);
const only = values.only.split(',').filter((name) => name !== '');

const folder = mkdtempSync(join(tmpdir(), 'pushgateway-ttl-bench-'));
try {
  const upstream = (await compile(folder, 'none')).binary;
  const { binary: ttl, tests } = await compile(folder, 'ttl');
  const file = (groups) => persisted(join(folder, `${groups}-groups`), upstream, groups);
  const parts = {
    sweeping: async () => sweeping({ rounds: Math.ceil(rounds / 2), folder, upstream, ttl, file: await file(10_000) }),
    requests: async () => requests({ rounds: 2 * rounds, folder, upstream, ttl, file: await file(1000) }),
    lock: () => lock({ tests, rounds }),
  };
  for (const [name, part] of Object.entries(parts)) if (only.length === 0 || only.includes(name)) await part();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
