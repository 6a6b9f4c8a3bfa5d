import { CLIENT_ROWS, UNCHECKED_ROWS } from './client-rows.js';
import { describeTables } from './describe-tables.js';
import { GZIP_ROWS, LIFETIME_ROWS, SHORTEST_ROWS } from './lifetime-rows.js';
import { TTL } from './parts.js';

const flag = `--metric.timetolive=${TTL}s`;

describeTables('1.11.3', [
  { title: 'pushes', args: [flag], rows: [...LIFETIME_ROWS, ...GZIP_ROWS] },
  { title: 'the shortest TTL', args: ['--metric.timetolive=1s'], rows: SHORTEST_ROWS },
  { title: 'a TTL chosen by the client', args: [flag], rows: CLIENT_ROWS },
  { title: 'without the consistency check', args: [flag, '--push.disable-consistency-check'], rows: UNCHECKED_ROWS },
]);
