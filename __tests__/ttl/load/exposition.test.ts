import { describe, expect, it } from 'vitest';
import { parseExposition } from './exposition.js';

const OWN = '# TYPE pushgateway_build_info gauge\npushgateway_build_info{version="1.11.3"} 1\n';

describe('parseExposition', () => {
  it('tells what each group shows, and leaves the rest out', () => {
    const text = [
      'go_goroutines 9',
      '# TYPE load_a gauge',
      'load_a{instance="",job="load-7"} 12',
      'load_a{instance="",job="load-12"} 1.234567e+06',
      '# HELP push_time_seconds Last Unix time when changing this group in the Pushgateway succeeded.',
      'push_time_seconds{instance="",job="load-7"} 1.7637341095e+09',
      'push_failure_time_seconds{instance="",job="load-7"} 0',
      'push_ttl_seconds{instance="",job="load-12"} 3600',
      OWN,
    ].join('\n');
    const { groups, problems } = parseExposition(text);
    expect(problems).toEqual([]);
    expect(groups).toEqual(
      new Map([
        [
          7,
          new Map([
            ['load_a', 12],
            ['push_time_seconds', 1763734109.5],
            ['push_failure_time_seconds', 0],
          ]),
        ],
        [
          12,
          new Map([
            ['load_a', 1234567],
            ['push_ttl_seconds', 3600],
          ]),
        ],
      ]),
    );
  });

  it.each([
    'load_a{instance="",job="load-7"} NaN',
    'load_a{instance="",job="load-7"} 1 1700000000000',
    'load_a{instance="x",job="load-7"} 1',
    'load_a{instance="",job="other"} 1',
    'load_a{instance="",job="load-7",more="x"} 1',
    'load_d{instance="",job="load-7"} 1',
    'push_time_seconds{job="load-7"} 1',
    'load_a 1',
  ])('names %s', (line) => {
    expect(parseExposition(`${line}\n${OWN}`)).toEqual({ groups: new Map(), problems: [line] });
  });

  it('names what is double', () => {
    const line = 'load_a{instance="",job="load-7"} 1';
    expect(parseExposition(`${line}\n${line}\n\n${OWN}`).problems).toEqual([`double: ${line}`]);
  });

  it('names what is cut off, or is not from a Pushgateway', () => {
    expect(parseExposition(`\n${OWN}load_a{instance="",job="load-7"} 1`).problems).toEqual([
      'the last line has no end',
    ]);
    expect(parseExposition('# nothing\n').problems).toEqual(['pushgateway_build_info is missing']);
  });
});
