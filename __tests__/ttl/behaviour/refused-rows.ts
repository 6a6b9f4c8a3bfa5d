import type { Family, Metric, Value } from '../../support/families.js';
import type { Encoding } from '../../support/push.js';
import { a, all, b, LONG, life, stamped, timestampError } from './parts.js';
import { groupLives, post, put, type Row, ttl } from './rows.js';

const refused = {
  status: 400,
  says: 'push_ttl_seconds must be a single gauge or untyped sample with the value 0 (never expire) or 1 to 1e9',
};
interface Bad {
  readonly what: string;
  readonly value: Value | readonly Metric[];
  readonly type?: Family['type'];
  readonly encodings?: readonly Encoding[];
}

/** What is refused. */
const BAD: readonly Bad[] = [
  { what: 'a counter', value: 2, type: 'counter' },
  { what: 'a summary', value: 2, type: 'summary' },
  { what: 'a histogram', value: 2, type: 'histogram' },
  {
    what: 'two samples',
    value: [
      { labels: { l: '1' }, value: 2 },
      { labels: { l: '2' }, value: 2 },
    ],
  },
  {
    what: 'two samples, untyped',
    value: [
      { labels: { l: '1' }, value: 2 },
      { labels: { l: '2' }, value: 2 },
    ],
    type: 'untyped',
  },
  ...[
    0.5,
    0.999999,
    5e-324,
    -1,
    -1e-9,
    1.000001e9,
    1e10,
    1e308,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ].map((value) => ({ what: String(value), value })),
  { what: 'NaN, untyped', value: Number.NaN, type: 'untyped' },
  // In text, there is no such thing: it cannot be read, or is left out.
  { what: 'a gauge without a value', value: 'none', encodings: ['protobuf'] },
  { what: 'an untyped sample without a value', value: 'none', type: 'untyped', encodings: ['protobuf'] },
  { what: 'a counter without a value', value: 'none', type: 'counter', encodings: ['protobuf'] },
  { what: 'a family without a sample', value: [], encodings: ['protobuf'] },
];

/** Choices of a TTL that are refused, and that a refused push contains. */
export const REFUSED_ROWS: readonly Row[] = [
  ...BAD.map(({ what, value, type, encodings = ['text', 'protobuf'] }) => ({
    name: `refused: ${what}`,
    steps: [post(0, [a]), post(1, [a, b, ttl(value, type)], refused)],
    lives: { a: life(0, 0), ...groupLives(life(0, 1)) },
    shows: [
      { family: 'push_time_seconds', value: { step: 0 } },
      { family: 'push_failure_time_seconds', value: { step: 1 } },
    ],
    encodings,
  })),
  {
    name: 'a refused first push leaves nothing but the time of the failure',
    steps: [put(0, [a, ttl(0.5)], refused)],
    lives: groupLives(life(0, 0)),
    shows: [
      { family: 'push_time_seconds', value: 0 },
      { family: 'push_failure_time_seconds', value: { step: 0 } },
    ],
  },
  {
    name: 'a refused choice leaves the earlier one (longer)',
    steps: [post(0, [a, ttl(LONG)]), put(1, [b, ttl(-1)], refused)],
    lives: { a: life(0, 0, LONG), ...all(life(0, 1, LONG)) },
    shows: [{ family: 'push_ttl_seconds', value: LONG }],
  },
  {
    name: 'a refused choice leaves the earlier one (shorter)',
    steps: [post(0, [a, ttl(2.5)]), post(1, [b, ttl(1e10)], refused)],
    lives: { a: life(0, 0, 2.5), ...all(life(0, 1, 2.5)) },
  },
  {
    name: 'a choice with a timestamp is refused like any metric with one',
    steps: [post(0, [a, ttl([{ labels: {}, value: 100, timestamp: 1_700_000_000_000 }])], timestampError)],
    lives: groupLives(life(0, 0)),
  },
  {
    name: 'a choice in a push that is refused for something else counts for nothing',
    steps: [post(0, [a]), post(1, [ttl(100), stamped], { status: 400 })],
    lives: { a: life(0, 0), ...groupLives(life(0, 1)) },
  },
];
