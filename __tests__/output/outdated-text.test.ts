import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { InputName } from '../../src/inputs/raw-inputs.js';
import { reCutYaml } from '../../src/output/outdated-yaml.js';

function yamlOf(entries: readonly [InputName, readonly string[]][]): Record<string, unknown> {
  return parse(reCutYaml(new Map(entries))).with;
}

describe('the inputs of a re-cut as YAML', () => {
  it('are texts for every reader of YAML, lists a line each, and only what shapes the image', () => {
    const entries: [InputName, readonly string[]][] = [
      ['pushgateway-version', ['1.11.3']],
      ['go-version', ['1.26']],
      ['version-suffix', ["-it's: #1"]],
      ['source', ['https://example.com/a.git#abc']],
      ['module-overrides', ['a.b/c@v1.0.0', 'a.b/d@v1.0.0']],
      ['labels', ['a=b: c\n d=# e ']],
      ['cache', ['false']],
      ['base-image', ['']],
    ];
    expect(yamlOf(entries)).toEqual({
      'pushgateway-version': '1.11.3',
      'go-version': '1.26',
      'version-suffix': "-it's: #1",
      source: 'https://example.com/a.git#abc',
      'module-overrides': 'a.b/c@v1.0.0\na.b/d@v1.0.0\n',
      labels: 'a=b: c\nd=# e\n',
    });
  });

  it.each(['true', 'no', 'null', '1.0', '0x10', '+ttl.1', '~', '*a', '', "'"])('keep %j what it is', (text) => {
    const expected = text === '' ? null : { 'version-suffix': text };
    expect(yamlOf([['version-suffix', [text]]])).toEqual(expected);
  });
});
