import { family } from '../../support/families.js';
import { type Life, replaced, stays } from './lives.js';
import { a, all, b, contradiction, inconsistent, inOther, LONG, life, stamped, TTL } from './parts.js';
import { REFUSED_ROWS } from './refused-rows.js';
import { del, groupLives, inGroup, post, put, type Row, ttl } from './rows.js';

/** HELP of every choice that is stored. */
export const CHOICE_HELP = 'Time to live of the metrics in this group of the Pushgateway. 0 means forever.';
const SHORT = 1.5;

/** Outlives the server's own TTL. */
const outlives = (from: number): Life => ({ from, to: stays(from, TTL + 2.5) });

/** What a client may choose, in seconds. */
const CHOSEN: readonly Row[] = [1, 1.25, SHORT, 2.75, LONG, 4.125].map((seconds) => ({
  name: `a TTL of ${seconds} s`,
  steps: [post(0, [a, ttl(seconds)])],
  lives: all(life(0, 0, seconds), 'a'),
  shows: [{ family: 'push_ttl_seconds', type: 'GAUGE', help: CHOICE_HELP, value: seconds, labels: { instance: '' } }],
}));

const ENDLESS: readonly Row[] = [0, 1e9].map((seconds) => ({
  name: `a TTL of ${seconds}: nothing of the group goes`,
  steps: [post(0, [a, ttl(seconds)])],
  lives: all(outlives(0), 'a'),
  shows: [{ family: 'push_ttl_seconds', value: seconds }],
}));

/** In which forms the choice may come; all are shown in one. */
const FORMS: readonly Row[] = [
  { form: 'as untyped', pushed: ttl(SHORT, 'untyped') },
  { form: 'with another HELP', pushed: ttl(SHORT, 'gauge', 'Mine.') },
  { form: 'as untyped with another HELP', pushed: ttl(SHORT, 'untyped', 'Yours.') },
  { form: 'with a label', pushed: ttl([{ labels: { l: 'v' }, value: SHORT }]), labels: { l: 'v' } },
].map(({ form, pushed, labels = {} }) => ({
  name: `a TTL ${form}`,
  steps: [put(0, [a, pushed])],
  lives: all(life(0, 0, SHORT), 'a'),
  shows: [
    { family: 'push_ttl_seconds', type: 'GAUGE', help: CHOICE_HELP, value: SHORT, labels: { instance: '', ...labels } },
  ],
}));

/** What it means for a group over time. */
const OVER_TIME: readonly Row[] = [
  {
    name: 'a shorter TTL removes older families at once',
    steps: [post(0, [a]), post(1.75, [ttl(1)])],
    lives: { a: life(0, 1, 0), push_ttl_seconds: life(1, 1, 1), ...groupLives(life(0, 1, 1)) },
  },
  {
    name: 'a shorter TTL counts from the push of each family',
    steps: [post(0, [a]), post(0.5, [b, ttl(2.5)])],
    lives: {
      a: life(0, 0, 2.5),
      b: life(1, 1, 2.5),
      push_ttl_seconds: life(1, 1, 2.5),
      ...groupLives(life(0, 1, 2.5)),
    },
  },
  {
    name: 'a TTL after “never” counts from the push of each family',
    steps: [post(0, [a, ttl(0)]), post(1.75, [ttl(1)])],
    lives: { a: life(0, 1, 0), ...all(life(0, 1, 1)) },
  },
  {
    name: 'a longer TTL keeps older families',
    steps: [post(0, [a]), post(1, [ttl(LONG)])],
    lives: { a: life(0, 0, LONG), push_ttl_seconds: life(1, 1, LONG), ...groupLives(life(0, 1, LONG)) },
  },
  {
    name: '“never” keeps older families',
    steps: [post(0, [a]), post(1, [ttl(0)])],
    lives: { a: { from: 0, to: stays(0, TTL + 3) }, push_ttl_seconds: outlives(1), ...groupLives(outlives(0)) },
  },
  {
    name: 'a POST without it keeps it (longer)',
    steps: [post(0, [a, ttl(LONG)]), post(1, [b])],
    lives: { a: life(0, 0, LONG), b: life(1, 1, LONG), ...all(life(0, 1, LONG)) },
  },
  {
    name: 'a POST without it keeps it (shorter)',
    steps: [post(0, [a, ttl(2.5)]), post(1, [b])],
    lives: { a: life(0, 0, 2.5), b: life(1, 1, 2.5), ...all(life(0, 1, 2.5)) },
  },
  {
    name: 'a POST of it alone renews no family',
    steps: [post(0, [a, ttl(LONG)]), post(1, [ttl(LONG)])],
    lives: { a: life(0, 0, LONG), ...all(life(0, 1, LONG)) },
  },
  {
    name: 'a PUT without it ends it (longer)',
    steps: [post(0, [a, ttl(0)]), put(1, [b])],
    lives: {
      a: { from: 0, to: replaced(1) },
      push_ttl_seconds: { from: 0, to: replaced(1) },
      b: life(1, 1),
      ...groupLives(life(0, 1)),
    },
  },
  {
    name: 'a PUT without it ends it (shorter)',
    steps: [post(0, [a, ttl(2.5)]), put(1, [b])],
    lives: {
      a: { from: 0, to: replaced(1) },
      push_ttl_seconds: { from: 0, to: replaced(1) },
      b: life(1, 1),
      ...groupLives(life(0, 1)),
    },
  },
  {
    name: 'an empty PUT ends it',
    steps: [post(0, [a, ttl(0)]), put(1, [])],
    lives: {
      a: { from: 0, to: replaced(1) },
      push_ttl_seconds: { from: 0, to: replaced(1) },
      ...groupLives(life(0, 1)),
    },
  },
  {
    name: 'a PUT with it replaces it',
    steps: [put(0, [a, ttl(0)]), put(1, [b, ttl(SHORT)])],
    lives: { a: { from: 0, to: replaced(1) }, b: life(1, 1, SHORT), ...all(life(0, 1, SHORT)) },
  },
  {
    name: 'a DELETE ends it',
    steps: [post(0, [a, ttl(0)]), del(1), post(2.5, [b])],
    lives: {
      a: life(0, 1, 0),
      push_ttl_seconds: life(0, 1, 0),
      b: life(2, 2),
      ...groupLives([life(0, 1, 0), life(2, 2)]),
    },
  },
  {
    name: 'it goes with its group, and does not come back with it',
    steps: [post(0, [a, ttl(1)]), post(4, [b])],
    lives: {
      a: life(0, 0, 1),
      push_ttl_seconds: life(0, 0, 1),
      b: life(1, 1),
      ...groupLives([life(0, 0, 1), life(1, 1)]),
    },
  },
  {
    name: 'alone in its group, it lives for itself',
    steps: [post(0, [ttl(SHORT)])],
    lives: all(life(0, 0, SHORT)),
  },
  {
    name: 'an empty push prolongs it with the group',
    steps: [post(0, [a, ttl(2.5)]), post(1, [])],
    lives: { a: life(0, 0, 2.5), ...all(life(0, 1, 2.5)) },
  },
  {
    name: 'a failed push prolongs it with the group',
    steps: [post(0, [a, ttl(2.5)]), put(1, [stamped], { status: 400 })],
    lives: { a: life(0, 0, 2.5), ...all(life(0, 1, 2.5)) },
  },
  {
    name: 'choices of groups in all forms do not contradict each other, and count for their groups alone',
    steps: [
      post(0, [a, ttl(SHORT, 'untyped', 'One.')], { group: 'one' }),
      post(0, [a, ttl([{ labels: { l: 'v' }, value: LONG }], 'gauge', 'Two.')], { group: 'two' }),
      post(0, [a]),
    ],
    lives: {
      ...inGroup('one', all(life(0, 0, SHORT), 'a')),
      ...inGroup('two', all(life(1, 1, LONG), 'a')),
      ...groupLives(life(2, 2), 'a'),
    },
  },
];

const INCONSISTENT: Row = {
  name: 'a choice in a push that contradicts another group counts for nothing',
  steps: [
    post(0, [family('x_choice', 1)], { group: 'other' }),
    post(0, [a]),
    post(1, [ttl(1), b, contradiction('x_choice')], inconsistent),
  ],
  lives: { 'other:x_choice': life(0, 0), ...inOther(life(0, 0)), a: life(1, 1), ...groupLives(life(1, 2)) },
};

/** `push_ttl_seconds`: a TTL that a client chooses for its group. */
export const CLIENT_ROWS: readonly Row[] = [
  ...CHOSEN,
  ...ENDLESS,
  ...FORMS,
  ...OVER_TIME,
  INCONSISTENT,
  ...REFUSED_ROWS,
];

/** With `--push.disable-consistency-check`, every push is answered before anything is looked at. */
export const UNCHECKED_ROWS: readonly Row[] = [...FORMS, ...OVER_TIME, ...REFUSED_ROWS].map(({ steps, ...row }) => ({
  ...row,
  steps: steps.map((step) => ({ ...step, status: 202, says: '' })),
}));
