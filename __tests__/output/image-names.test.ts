import { describe, expect, it } from 'vitest';
import { imageNames } from '../../src/output/image-names.js';

const GHCR = { registry: 'ghcr.io', path: 'me/pushgateway' };
const QUAY = { registry: 'quay.io', path: 'me/pushgateway' };

describe('what an image is called', () => {
  it('by default its version, with a tag in place of what tags cannot hold, and it may not move', () => {
    const names = imageNames('1.11.3+ttl.1', '1.11.3', [{ repository: GHCR, tags: undefined }], undefined);
    expect(names.repositories).toEqual([{ repository: GHCR, tags: ['1.11.3-ttl.1'], mayMove: false }]);
    expect(names.references).toEqual(['ghcr.io/me/pushgateway:1.11.3-ttl.1']);
    expect(names.tags).toEqual(['1.11.3-ttl.1']);
  });

  it('by the tags that were listed, which may move, in every repository; each tag once', () => {
    const tags = ['latest', '1.11'];
    const destinations = [GHCR, QUAY].map((repository) => ({ repository, tags }));
    const names = imageNames('1.11.3+ttl.1', '1.11.3', destinations, tags);
    expect(names.repositories.every(({ mayMove }) => mayMove)).toBe(true);
    expect(names.references).toEqual([
      'ghcr.io/me/pushgateway:latest',
      'ghcr.io/me/pushgateway:1.11',
      'quay.io/me/pushgateway:latest',
      'quay.io/me/pushgateway:1.11',
    ]);
    expect(names.tags).toEqual(tags);
  });

  it('by a local name where no repository was given, which is no place to push to', () => {
    expect(imageNames('1.11.3', '1.11.3', [], undefined)).toMatchObject({
      repositories: [],
      references: ['localhost/pushgateway-ttl:1.11.3'],
    });
    expect(imageNames('1.11.3', '1.11.3', [], ['mine']).references).toEqual(['localhost/pushgateway-ttl:mine']);
  });

  it.each([
    ['1.11.3+ttl.1', '+ttl.1.2', '1.11.3-ttl.1.2'],
    ['1.4.0+k0s.latest', '+k0s.latest.2', '1.4.0-k0s.latest.2'],
    ['1.11.3', '+2', '1.11.3-2'],
  ])('of %s, another suffix for a tag that is taken is %s', (version, suffix, tag) => {
    const upstream = /^[\d.]+\d/.exec(version)?.[0] ?? '';
    expect(imageNames(version, upstream, [], undefined).next(2)).toEqual({ suffix, tag });
  });
});
