import { type Family, family, type Metric } from '../../support/families.js';
import type { Encoding, Push } from '../../support/push.js';

/** Under which name a client would choose a TTL, were it on. */
// Its HELP is always the same, as upstream shows that of one group or another.
const choice = (
  value: number | 'none' | readonly Metric[],
  type: 'gauge' | 'untyped' | 'counter' = 'untyped',
  help = 'Mine.',
) => family('push_ttl_seconds', value, type, help);

const a = family('a', 1.5, 'gauge', 'With \\ and\nlines.');
const all = [
  a,
  family('c', 17, 'counter'),
  family('s', 4.25, 'summary'),
  family('h', 0.125, 'histogram'),
  family('u', Number.NaN, 'untyped'),
  family('inf', Number.NEGATIVE_INFINITY),
  family('labels', [
    { labels: { l: 'a "b" \\ \n ü' }, value: 1 },
    { labels: { l: '', job: 'x', instance: 'y' }, value: 2 },
  ]),
];
const stamped = family('stamped', [{ labels: {}, value: 1, timestamp: 1_700_000_000_000 }]);

/** A push, its answer to be the same everywhere; `anyText` where upstream's own answer has a part left to chance. */
export interface OffPush extends Push {
  readonly anyText?: boolean;
}

/**
 * Good and bad pushes of every kind, in an order that matters. No two groups have labels of the same values: upstream
 * shows samples in the order of the values alone.
 */
export function offPushes(encoding: Encoding): OffPush[] {
  const job = `/metrics/job/${encoding}`;
  const name = `t_${encoding}`;
  const own = encoding === 'text' ? 'go_goroutines' : 'go_threads';
  const post = (path: string, body: readonly Family[] | string, more: Partial<OffPush> = {}): OffPush => ({
    ...{ method: 'POST', path: `${job}${path}`, body, encoding, ...more },
  });
  const put = (path: string, body: readonly Family[]) => post(path, body, { method: 'PUT' });
  const del = (path: string) => post(path, '', { method: 'DELETE' });
  return [
    ...[post('', all), post('/instance/i', all), post('/instance/i', [a]), put('/instance/i', [a, a])],
    ...[post('/path@base64/L3Zhci90bXA', all), post('/path@base64/=', all), post('/path@base64/%%%', all)],
    ...[post('/odd', all), post('/__l/1', all), post('/l-l/1', all), post('/only/deleted', all), del('/only/deleted')],
    ...[
      post('/gzip/gzip1', all, { gzip: true }),
      post('/empty/empty1', []),
      put('/empty/empty2', []),
      put('/instance/i', []),
    ],
    ...[
      post('/bad/bad1', 'a{'),
      post('/bad/bad2', 'a 1 2 3\n'),
      post('/bad/bad3', '\u0000\u0001'),
      post('/bad/bad4', 'push_ttl_seconds\n'),
    ],
    ...[post('/stamp/stamp1', [stamped]), post('/stamp/stamp2', [choice([{ labels: {}, value: 1, timestamp: 1 }])])],
    ...[post('/type/type1', [family(name, 1)]), post('/type/type2', [family(name, 1, 'counter')], { anyText: true })],
    ...[post('/own/own1', [family(own, 1, 'counter')]), post('/own/own2', [family(own, 1)])],
    post('/own/own3', [family('push_time_seconds', 1), family('push_failure_time_seconds', 1)]),
    post('/own/own4', [family('pushgateway_metric_families_expired_total', 5, 'gauge', 'Mine.')]),
    ...['2', '0.5', '-1', 'NaN', '+Inf', '1e10'].map((value) =>
      post(`/choice/${value.replace('+', '')}`, [
        a,
        choice(value === '+Inf' ? Number.POSITIVE_INFINITY : Number(value)),
      ]),
    ),
    post('/choice/two', [choice([1, 2].map((value) => ({ labels: { l: `${value}` }, value })))]),
    post('/choice/counter', [choice(1, 'counter')], { anyText: true }),
    ...(encoding === 'protobuf' ? [post('/choice/none', [choice('none')]), post('/choice/samples', [choice([])])] : []),
    ...[put('/choice/2', [a]), del('/choice/NaN'), post('/choice/2', [a, choice(3)])],
  ];
}
