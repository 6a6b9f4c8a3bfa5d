import { family } from '../../support/families.js';
import { replaced } from './lives.js';
import { a, b, contradiction, inconsistent, inOther, life, stamped, TTL, timestampError } from './parts.js';
import { del, groupLives, inGroup, post, put, type Row } from './rows.js';

/** What upstream's pushes mean, and how long what they leave behind lives. */
export const LIFETIME_ROWS: readonly Row[] = [
  {
    name: 'what was pushed goes a TTL after its push, and its group with it',
    steps: [
      post(0, [
        a,
        family('c', 1, 'counter'),
        family('s', 4, 'summary'),
        family('h', 4, 'histogram'),
        family('u', 5, 'untyped'),
      ]),
    ],
    lives: { ...groupLives(life(0, 0), 'a', 'c', 's', 'h', 'u') },
    shows: [
      { family: 'a', type: 'GAUGE', value: 1, labels: { instance: '' } },
      { family: 'c', type: 'COUNTER', value: 1 },
      { family: 's', type: 'SUMMARY' },
      { family: 'h', type: 'HISTOGRAM' },
      { family: 'u', type: 'UNTYPED', value: 5 },
      { family: 'push_time_seconds', value: { step: 0 } },
      { family: 'push_failure_time_seconds', value: 0 },
    ],
  },
  {
    name: 'families of a group go one by one',
    steps: [post(0, [a, b]), post(1.5, [b])],
    lives: { a: life(0, 0), b: life(0, 1), ...groupLives(life(0, 1)) },
    shows: [{ family: 'push_time_seconds', value: { step: 1 } }],
  },
  {
    name: 'every push begins a new TTL, be the value the same or not',
    steps: [post(0, [a]), post(1.5, [a]), post(3, [family('a', 7)])],
    lives: { a: life(0, 2), ...groupLives(life(0, 2)) },
    shows: [{ family: 'a', value: 7 }],
  },
  {
    name: 'a POST replaces families of the same name as a whole',
    steps: [
      post(0, [
        family('a', [
          { labels: { l: '1' }, value: 1 },
          { labels: { l: '2' }, value: 2 },
        ]),
      ]),
      post(1, [family('a', [{ labels: { l: '2' }, value: 3 }])]),
    ],
    lives: { a: life(0, 1), ...groupLives(life(0, 1)) },
    shows: [{ family: 'a', value: 3, labels: { instance: '', l: '2' } }],
  },
  {
    name: 'a PUT replaces the group',
    steps: [post(0, [a, b]), put(1, [b])],
    lives: { a: { from: 0, to: replaced(1) }, b: life(0, 1), ...groupLives(life(0, 1)) },
  },
  {
    name: 'a DELETE removes the group at once',
    steps: [post(0, [a, b]), del(1)],
    lives: groupLives(life(0, 1, 0), 'a', 'b'),
  },
  {
    name: 'a push after a DELETE lives for its own TTL',
    steps: [post(0, [a, b]), del(1), post(2.5, [b])],
    lives: { a: life(0, 1, 0), b: [life(0, 1, 0), life(2, 2)], ...groupLives([life(0, 1, 0), life(2, 2)]) },
  },
  {
    name: 'a push after all has expired begins anew',
    steps: [post(0, [a]), post(TTL + 2, [b])],
    lives: { a: life(0, 0), b: life(1, 1), ...groupLives([life(0, 0), life(1, 1)]) },
  },
  {
    name: 'an empty POST prolongs the group, but no family',
    steps: [post(0, [a]), post(1.5, [])],
    lives: { a: life(0, 0), ...groupLives(life(0, 1)) },
    shows: [{ family: 'push_time_seconds', value: { step: 1 } }],
  },
  {
    name: 'an empty PUT empties the group, which goes a TTL later',
    steps: [post(0, [a]), put(1, [])],
    lives: { a: { from: 0, to: replaced(1) }, ...groupLives(life(0, 1)) },
  },
  {
    name: 'an empty push makes a group, which goes a TTL later',
    steps: [post(0, [])],
    lives: groupLives(life(0, 0)),
  },
  {
    name: 'a contradicting POST prolongs the group, but no family',
    steps: [
      post(0, [family('x_post', 1)], { group: 'other' }),
      post(0, [a]),
      post(1.5, [b, contradiction('x_post')], inconsistent),
    ],
    lives: { 'other:x_post': life(0, 0), ...inOther(life(0, 0)), a: life(1, 1), ...groupLives(life(1, 2)) },
    shows: [
      { family: 'push_time_seconds', value: { step: 1 } },
      { family: 'push_failure_time_seconds', value: { step: 2 } },
    ],
  },
  {
    name: 'a contradicting PUT replaces nothing',
    steps: [
      post(0, [family('x_put', 1)], { group: 'other' }),
      post(0, [a]),
      put(1.5, [b, contradiction('x_put')], inconsistent),
    ],
    lives: { 'other:x_put': life(0, 0), ...inOther(life(0, 0)), a: life(1, 1), ...groupLives(life(1, 2)) },
  },
  {
    name: 'nothing contradicts what has expired',
    steps: [post(0, [family('x_later', 1)], { group: 'other' }), post(TTL + 2, [contradiction('x_later')])],
    lives: { 'other:x_later': life(0, 0), ...inOther(life(0, 0)), x_later: life(1, 1), ...groupLives(life(1, 1)) },
  },
  {
    name: 'other HELP than in another group is no contradiction',
    steps: [
      post(0, [family('helped', 1, 'gauge', 'This.')], { group: 'other' }),
      post(0, [family('helped', 2, 'gauge', 'That.')]),
    ],
    lives: { 'other:helped': life(0, 0), ...inOther(life(0, 0)), helped: life(1, 1), ...groupLives(life(1, 1)) },
  },
  {
    name: 'a refused first push leaves the time of the failure for a TTL',
    steps: [post(0, [a, stamped], timestampError)],
    lives: groupLives(life(0, 0)),
    shows: [
      { family: 'push_time_seconds', value: 0 },
      { family: 'push_failure_time_seconds', value: { step: 0 } },
    ],
  },
  {
    name: 'a push with timestamps prolongs the group, but no family',
    steps: [post(0, [a]), post(1.5, [a, stamped], timestampError)],
    lives: { a: life(0, 0), ...groupLives(life(0, 1)) },
  },
  {
    name: 'the time of a failure stays where a push follows, and goes with the group',
    steps: [post(0, [stamped], timestampError), post(1, [a]), post(1.5, [b])],
    lives: { a: life(1, 1), b: life(2, 2), ...groupLives(life(0, 2)) },
    shows: [{ family: 'push_failure_time_seconds', value: { step: 0 } }],
  },
  {
    name: 'samples that are the same under the labels of the group are refused',
    steps: [
      post(
        0,
        [
          family('a', [
            { labels: { job: '1' }, value: 1 },
            { labels: { job: '2' }, value: 2 },
          ]),
        ],
        { status: 400, says: 'was collected before with the same name and label values' },
      ),
    ],
    lives: groupLives(life(0, 0)),
  },
  {
    name: 'labels of samples give way to those of the group',
    steps: [
      post(0, [family('a', [{ labels: { job: 'x', instance: 'y', l: 'z' }, value: 1 }])], {
        path: 'job/JOB/instance/i',
      }),
    ],
    lives: { a: life(0, 0), ...groupLives(life(0, 0)) },
    shows: [{ family: 'a', labels: { instance: 'i', l: 'z' } }],
  },
  {
    name: 'a body that cannot be read counts for nothing',
    steps: [post(0, [a]), post(1.5, 'a{', { status: 400 })],
    lives: { a: life(0, 0), ...groupLives(life(0, 0)) },
    shows: [{ family: 'push_failure_time_seconds', value: 0 }],
  },
  {
    name: 'a body that cannot be read makes no group',
    steps: [post(0, 'a{', { status: 400 })],
    lives: {},
  },
  {
    name: 'a label that cannot be makes no group',
    steps: [post(0, [a], { status: 400, says: 'improper label name', path: 'job/JOB/__l/1' })],
    lives: {},
  },
  {
    name: 'times that a client pushes under the Pushgateway’s names are not taken',
    steps: [post(0, [a, family('push_time_seconds', 5), family('push_failure_time_seconds', 6)])],
    lives: { a: life(0, 0), ...groupLives(life(0, 0)) },
    shows: [
      { family: 'push_time_seconds', value: { step: 0 } },
      { family: 'push_failure_time_seconds', value: 0 },
    ],
  },
  {
    name: 'labels name the same group in any order, in base64 or not',
    steps: [
      post(0, [a], { path: 'job/JOB/instance/i/path@base64/L3Zhci90bXA' }),
      post(0.5, [b], { path: 'job/JOB/instance/i/path@base64/L3Zhci90bXA' }),
      post(1.5, [b], { path: 'job/JOB/path@base64/L3Zhci90bXA=/instance/i' }),
    ],
    lives: { a: life(0, 0), b: life(1, 2), ...groupLives(life(0, 2)) },
    shows: [{ family: 'b', labels: { instance: 'i', path: '/var/tmp' } }],
  },
  {
    name: 'jobs and labels in base64, with slashes, are pushed, deleted and expire as others',
    steps: [
      post(0, [a], { path: 'job@base64/JOB64/path@base64/L3Zhci90bXA', group: '/x y' }),
      post(0, [a], { path: 'job@base64/JOB64/path@base64/L3Zhci90bXA', group: '/z' }),
      del(1, { path: 'job@base64/JOB64/path@base64/L3Zhci90bXA', group: '/z' }),
    ],
    lives: { ...inGroup('/x y', groupLives(life(0, 0), 'a')), ...inGroup('/z', groupLives(life(1, 2, 0), 'a')) },
    shows: [{ family: '/x y:a', labels: { instance: '', path: '/var/tmp' } }],
  },
];

/** What has to hold of the shortest TTL, one second. There is no time for a second step. */
export const SHORTEST_ROWS: readonly Row[] = [
  { name: 'a push', steps: [post(0, [a])], lives: groupLives(life(0, 0, 1), 'a') },
  { name: 'an empty push', steps: [put(0, [])], lives: groupLives(life(0, 0, 1)) },
  { name: 'a refused push', steps: [post(0, [stamped], timestampError)], lives: groupLives(life(0, 0, 1)) },
];

/** Bodies that are compressed; upstream reads them since 1.5.0. */
export const GZIP_ROWS: readonly Row[] = [
  {
    name: 'a compressed push is a push',
    steps: [post(0, [a], { gzip: true }), put(1, [b], { gzip: true })],
    lives: { a: { from: 0, to: replaced(1) }, b: life(1, 1), ...groupLives(life(0, 1)) },
  },
];
