import { describe } from 'vitest';
import { CHANGES } from '../ttl/behaviour/change-scenarios.js';
import { CLIENT_ROWS, UNCHECKED_ROWS } from '../ttl/behaviour/client-rows.js';
import { crowdIsGoneAtFirstRead, shutdownWhileSweeping } from '../ttl/behaviour/crowd-scenarios.js';
import { describeOff } from '../ttl/behaviour/describe-off.js';
import { describeCounterAndLog, describeFlag } from '../ttl/behaviour/describe-operators.js';
import { describeTables } from '../ttl/behaviour/describe-tables.js';
import { GZIP_ROWS, LIFETIME_ROWS, SHORTEST_ROWS } from '../ttl/behaviour/lifetime-rows.js';
import { TTL } from '../ttl/behaviour/parts.js';
import { RESTARTS } from '../ttl/behaviour/restart-scenarios.js';
import { describeScenarios } from '../ttl/behaviour/scenarios.js';

/** What differs between releases is upstream's: compressed bodies came with 1.5.0, the logger that has levels for all with 1.11.0. */
const RELEASES = [
  { version: '1.11.1', hasGzip: true, logs: true },
  { version: '1.9.0', hasGzip: true, logs: false },
  { version: '1.4.0', hasGzip: false, logs: false },
];

const flag = `--metric.timetolive=${TTL}s`;

describe.each(RELEASES)('the patch set ttl on $version', ({ version, hasGzip, logs }) => {
  describeTables(version, [
    { title: 'pushes', args: [flag], rows: [...LIFETIME_ROWS, ...(hasGzip ? GZIP_ROWS : [])] },
    { title: 'the shortest TTL', args: ['--metric.timetolive=1s'], rows: SHORTEST_ROWS },
    { title: 'a TTL chosen by the client', args: [flag], rows: CLIENT_ROWS },
    { title: 'without the consistency check', args: [flag, '--push.disable-consistency-check'], rows: UNCHECKED_ROWS },
  ]);
  describeOff(version);
  describeFlag(version);
  describeCounterAndLog(version, logs);
  describeScenarios(`${version} over restarts`, version, {
    ...RESTARTS,
    ...CHANGES,
    'however much has expired while the server was down, nobody sees it': crowdIsGoneAtFirstRead,
    'SIGTERM in the middle of a sweep leaves a whole file': shutdownWhileSweeping(logs),
  });
});
