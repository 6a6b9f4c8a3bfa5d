import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { parseDestination, type S3Destination } from '../../src/bucket/destination.js';

const NOTHING = { endpoint: undefined, region: undefined, forcePathStyle: false, suffix: '', prefix: '' };

function s3(bucket: string, more: Partial<S3Destination> = {}): S3Destination {
  const prefix = more.prefix ?? '';
  return { type: 's3', ...NOTHING, bucket, shown: `s3://${bucket}/${prefix}`.replace(/\/$/, ''), ...more };
}

describe('parseDestination', () => {
  const accepted: [string, S3Destination][] = [
    ['s3://downloads', s3('downloads')],
    ['s3://downloads/', s3('downloads')],
    ['s3://downloads/a/b', s3('downloads', { prefix: 'a/b/' })],
    ['s3://downloads/a/b/', s3('downloads', { prefix: 'a/b/' })],
    ['s3://my.old_Bucket?', s3('my.old_Bucket')],
    ['s3://downloads?endpoint=s3.example.org', s3('downloads', { endpoint: 'https://s3.example.org' })],
    ['s3://downloads?endpoint=127.0.0.1:3900', s3('downloads', { endpoint: 'https://127.0.0.1:3900' })],
    ['s3://downloads?endpoint=[::1]:3900', s3('downloads', { endpoint: 'https://[::1]:3900' })],
    ['s3://downloads?endpoint=http://localhost:3900/', s3('downloads', { endpoint: 'http://localhost:3900' })],
    [
      's3://downloads?endpoint=https%3A%2F%2Fs3.example.org%2Fapi',
      s3('downloads', { endpoint: 'https://s3.example.org/api' }),
    ],
    [
      's3://downloads/x?endpoint=HOST.example&region=garage&s3ForcePathStyle=true&suffix=.json',
      s3('downloads', {
        prefix: 'x/',
        endpoint: 'https://host.example',
        region: 'garage',
        forcePathStyle: true,
        suffix: '.json',
      }),
    ],
    ['s3://downloads?s3ForcePathStyle=false', s3('downloads')],
  ];
  it.each(accepted)('reads %s', (text, expected) => {
    expect(parseDestination(text, 'image')).toEqual(expected);
  });

  it('reads a registry', () => {
    expect(parseDestination('docker://ghcr.io/me/app', 'image')).toEqual({
      type: 'registry',
      repository: { registry: 'ghcr.io', path: 'me/app' },
      shown: 'docker://ghcr.io/me/app',
    });
  });

  const refused: [string, RegExp][] = [
    ['', /^"" is no destination\. Accepted: s3:\/\/BUCKET/],
    ['downloads', /is no destination/],
    ['https://downloads.s3.amazonaws.com', /Accepted: s3:\/\/BUCKET/],
    ['S3://downloads', /Accepted: s3:\/\/BUCKET/],
    ['s3:/downloads', /Accepted: s3:\/\/BUCKET/],
    ['s3://', /Accepted: s3:\/\/BUCKET/],
    ['s3://?region=eu', /Accepted: s3:\/\/BUCKET/],
    ['s3:///prefix', /Accepted: s3:\/\/BUCKET/],
    ['s3://ab', /A bucket's name is 3 to 63 letters/],
    [`s3://${'a'.repeat(64)}`, /A bucket's name is 3 to 63 letters/],
    ['s3://-downloads', /A bucket's name/],
    ['s3://down..loads', /A bucket's name/],
    ['s3://down loads', /A bucket's name/],
    ['s3://downloads//a', /A prefix is letters/],
    ['s3://downloads/a/../b', /A prefix is letters/],
    ['s3://downloads/./b', /A prefix is letters/],
    ['s3://downloads/a%2Fb', /A prefix is letters/],
    ['s3://downloads/a\nb', /A prefix is letters/],
    ['s3://downloads#x', /Accepted: s3:\/\/BUCKET/],
    ['s3://downloads?prefix=a', /the parameters endpoint, region, s3ForcePathStyle, suffix; "prefix" is none of them$/],
    ['s3://downloads?s3forcepathstyle=true', /"s3forcepathstyle" is none of them/],
    ['s3://downloads?constructor=1', /"constructor" is none of them/],
    ['s3://downloads?region=a&region=b', /each parameter once; region is there twice/],
    ['s3://downloads?region=', /for region: a name such as/],
    ['s3://downloads?region=eu west', /for region/],
    ['s3://downloads?s3ForcePathStyle=yes', /for s3ForcePathStyle: true or false; "(yes)?" is none$/],
    ['s3://downloads?s3ForcePathStyle', /for s3ForcePathStyle: true or false; "(yes)?" is none$/],
    ['s3://downloads?suffix=json', /for suffix: a dot and/],
    ['s3://downloads?suffix=./x', /for suffix/],
    ['s3://downloads?endpoint=', /for endpoint: HOST/],
    ['s3://downloads?endpoint=ftp://s3.example.org', /for endpoint: HOST/],
    ['s3://downloads?endpoint=http://', /for endpoint: HOST/],
    ['s3://downloads?endpoint=s3.example.org:99999', /for endpoint: HOST/],
    ['s3://downloads?endpoint=s3.example.org\\@evil', /for endpoint: HOST/],
    ['docker://ghcr.io/me/app:1', /docker:\/\/HOST\/NAME without a tag or digest/],
    [`docker://ghcr.io/me/app@sha256:${'a'.repeat(64)}`, /without a tag or digest/],
    ['docker://ghcr.io/Me/App', /lower-case/],
    ['docker://', /is no image reference/],
  ];
  it.each(refused)('refuses %j', (text, words) => {
    expect(() => parseDestination(text, 'image')).toThrow(words);
    expect(() => parseDestination(text, 'image')).toThrow(InputError);
  });

  it.each([
    's3://AKIAKEY:hush-hush@downloads',
    's3://AKIAKEY:hush-hush@s3.example.org/downloads',
    's3://downloads?endpoint=https://AKIAKEY:hush-hush@s3.example.org/',
    's3://downloads?endpoint=AKIAKEY:hush-hush@s3.example.org',
    's3://downloads?endpoint=https://s3.example.org/?secret=hush-hush@',
    's3://downloads?access_key=AKIAKEY&secret_key=hush-hush',
    'docker://me:hush-hush@ghcr.io/me/app',
  ])('refuses %s without repeating the password', (text) => {
    const error = (() => {
      try {
        return parseDestination(text, 'image');
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).not.toContain('hush-hush');
  });

  const word = fc.stringMatching(/^[a-z0-9]{3,10}$/);
  const parameters = {
    host: fc.option(fc.tuple(fc.constantFrom('http', 'https'), word, fc.integer({ min: 1, max: 65_535 }))),
    region: fc.option(word),
    style: fc.option(fc.boolean()),
    suffix: fc.option(word),
  };
  it('reads what was written, in any order of the parameters', () => {
    fc.assert(
      fc.property(
        word,
        fc.array(word, { maxLength: 3 }),
        fc.record(parameters),
        fc.boolean(),
        (bucket, parts, given, back) => {
          const { host, region, style, suffix } = given;
          // A port that the scheme has anyway is left out.
          const endpoint = host === null ? undefined : new URL(`${host[0]}://${host[1]}.example:${host[2]}`).origin;
          const query = [
            ...(host === null ? [] : [`endpoint=${encodeURIComponent(`${host[0]}://${host[1]}.example:${host[2]}`)}`]),
            ...(region === null ? [] : [`region=${region}`]),
            ...(style === null ? [] : [`s3ForcePathStyle=${style}`]),
            ...(suffix === null ? [] : [`suffix=.${suffix}`]),
          ];
          const ordered = back ? query.reverse() : query;
          const text = `s3://${[bucket, ...parts].join('/')}?${ordered.join('&')}`;
          expect(parseDestination(text, 'image')).toEqual(
            s3(bucket, {
              prefix: parts.map((part) => `${part}/`).join(''),
              endpoint,
              region: region ?? undefined,
              forcePathStyle: style ?? false,
              suffix: suffix === null ? '' : `.${suffix}`,
            }),
          );
        },
      ),
    );
  });

  it('reads any text, or refuses it with an InputError; what it reads is safe in a key and in a URL', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((rest) => `s3://${rest}`),
      fc.tuple(fc.string(), fc.string(), fc.string()).map(([a, b, c]) => `s3://downloads/${a}?${b}=${c}`),
      fc
        .tuple(fc.constantFrom('endpoint', 'region', 'suffix', 's3ForcePathStyle'), fc.string())
        .map(([name, value]) => `s3://downloads?${name}=${value}`),
    );
    fc.assert(
      fc.property(text, (given) => {
        try {
          const found = parseDestination(given, 'image');
          if (found.type !== 's3') return;
          expect(found.prefix).toMatch(/^([A-Za-z0-9._~-]+\/)*$/);
          expect(found.prefix).not.toMatch(/(^|\/)\.{1,2}\//);
          expect(found.suffix).toMatch(/^(\.[A-Za-z0-9._-]+)?$/);
          if (found.endpoint !== undefined) expect(new URL(found.endpoint).username).toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
