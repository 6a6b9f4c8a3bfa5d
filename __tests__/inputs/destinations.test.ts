import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDestinations } from '../../src/inputs/destinations.js';
import { repositoryName } from '../../src/spec/reference.js';
import { type Given, parse, refusal } from './helpers.js';

/** Repository → tags; null for the default tag. */
function destinations(given: Given): [string, readonly string[] | null][] {
  return parse(given).to.destinations.map(({ repository, tags }) => [repositoryName(repository), tags ?? null]);
}

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('repositories and tags', () => {
  const cases: [string, Given, [string, string[] | null][]][] = [
    ['nothing', {}, []],
    ['one repository, and the default tag', { image: 'ghcr.io/me/app' }, [['ghcr.io/me/app', null]]],
    [
      'each tag for each repository',
      { image: 'ghcr.io/me/app\nquay.io/me/app', tags: '1.11.3, latest' },
      [
        ['ghcr.io/me/app', ['1.11.3', 'latest']],
        ['quay.io/me/app', ['1.11.3', 'latest']],
      ],
    ],
    [
      'full references, as docker/metadata-action gives them',
      { tags: 'ghcr.io/me/app:1.11.3\nghcr.io/me/app:latest\ndocker.io/me/app:1.11.3\nme/app:latest' },
      [
        ['ghcr.io/me/app', ['1.11.3', 'latest']],
        ['docker.io/me/app', ['1.11.3', 'latest']],
      ],
    ],
    [
      'full references beside the repository that they are in: nothing else is tagged',
      { image: 'ghcr.io/me/app', tags: 'ghcr.io/me/app:1.11.3' },
      [['ghcr.io/me/app', ['1.11.3']]],
    ],
    [
      'full references beside another repository, which gets the default tag',
      { image: 'ghcr.io/me/app', tags: 'quay.io/me/app:1' },
      [
        ['ghcr.io/me/app', null],
        ['quay.io/me/app', ['1']],
      ],
    ],
    [
      'a mix: tags alone are for the repositories of image',
      { image: 'ghcr.io/me/app', tags: 'v1,quay.io/me/app:v2,ghcr.io/me/app:v3' },
      [
        ['ghcr.io/me/app', ['v1', 'v3']],
        ['quay.io/me/app', ['v2']],
      ],
    ],
    [
      'doubles, in one form or in several',
      { image: 'me/app,docker.io/me/app,index.docker.io/me/app', tags: 'a,a,me/app:a,docker.io/me/app:b,me/app:b' },
      [['docker.io/me/app', ['a', 'b']]],
    ],
    ['a name of one word', { image: 'app' }, [['docker.io/library/app', null]]],
    ['a reference of one word', { tags: 'app:1' }, [['docker.io/library/app', ['1']]]],
    ['a port', { image: 'localhost:5000/x' }, [['localhost:5000/x', null]]],
    ['a port, in a reference', { tags: 'localhost:5000/x:y' }, [['localhost:5000/x', ['y']]]],
    ['an IPv6 address', { image: '[::1]:5000/x', tags: 'y' }, [['[::1]:5000/x', ['y']]]],
    [
      'an IPv6 address, in a reference',
      { tags: '[::1]:5000/x:y,[::1]/x:z' },
      [
        ['[::1]:5000/x', ['y']],
        ['[::1]/x', ['z']],
      ],
    ],
    ['a host in capitals', { image: 'Quay.IO/me/app' }, [['quay.io/me/app', null]]],
    [
      'repeated flags',
      { image: ['a.b/c', 'a.b/d'], tags: ['x', 'y,z'] },
      [
        ['a.b/c', ['x', 'y', 'z']],
        ['a.b/d', ['x', 'y', 'z']],
      ],
    ],
    [
      'a mix of lines and commas, with blanks',
      { image: ' a.b/c ,\n\n a.b/d\r\n' },
      [
        ['a.b/c', null],
        ['a.b/d', null],
      ],
    ],
  ];
  test.each(cases)('%s', (_what, given, expected) => {
    expect(destinations(given)).toEqual(expected);
  });

  test('tags without any repository are kept for a local name, once each', () => {
    expect(parse({ tags: 'a,b,a' }).to).toEqual({ destinations: [], localTags: ['a', 'b'], notices: [] });
    expect(parse({ tags: 'quay.io/me/app:c' }).to.localTags).toBeUndefined();
    expect(parse().to.localTags).toBeUndefined();
  });

  test('tags alone are nowhere to push to', () => {
    expect(refusal({ push: 'true', tags: 'a' })).toMatchObject({ input: 'push' });
  });
});

describe('capitals in the owner of a repository', () => {
  test('are lowered for ghcr.io, with one notice each', () => {
    const given = { image: 'ghcr.io/K0sProject/App\nghcr.io/K0sProject/App', tags: 'ghcr.io/K0sProject/App:V1,V2' };
    expect(destinations(given)).toEqual([['ghcr.io/k0sproject/app', ['V2', 'V1']]]);
    expect(parse(given).to.notices).toEqual([
      'ghcr.io takes lower-case names only: ghcr.io/K0sProject/App becomes ghcr.io/k0sproject/app',
    ]);
  });

  test('a tag keeps its capitals, and nothing is said where nothing was changed', () => {
    expect(destinations({ tags: 'ghcr.io/me/app:V1' })).toEqual([['ghcr.io/me/app', ['V1']]]);
    expect(parse({ tags: 'ghcr.io/me/app:V1', image: 'ghcr.io/me/app' }).to.notices).toEqual([]);
  });

  test.each([
    'quay.io/Me/app',
    'docker.io/Me/app',
    'Me/app',
    'ghcr.io.example.com/Me/app',
    'ghcr.io:443/Me/app',
    'App',
  ])('are refused in %s, with the name that is meant', (image) => {
    const { message, input } = refusal({ image });
    expect(input).toBe('image');
    expect(message).toContain(JSON.stringify(image));
    expect(message).toContain(`lower-case, as in ${image.toLowerCase()}`);
  });

  test('only letters of ASCII are lowered', () => {
    expect(refusal({ image: 'ghcr.io/\u212a0s/app' })).toMatchObject({ input: 'image' });
    expect(refusal({ image: 'ghcr.io/Me/\u212a' })).toMatchObject({ input: 'image' });
  });
});

describe('what is refused', () => {
  const cases: ['image' | 'tags', string, RegExp][] = [
    ['image', 'ghcr.io/me/app:latest', /repository without tag or digest.*tags have an input of their own/],
    ['image', `ghcr.io/me/app@${DIGEST}`, /repository without tag or digest/],
    ['image', `ghcr.io/me/app:a@${DIGEST}`, /repository without tag or digest/],
    ['image', 'localhost:5000', /repository without tag or digest/],
    ['image', 'https://ghcr.io/me/app', /REGISTRY\/NAME/],
    ['image', 'docker://ghcr.io/me/app', /REGISTRY\/NAME/],
    ['image', 'ghcr.io/me/a b', /REGISTRY\/NAME/],
    ['image', 'ghcr.io/', /REGISTRY\/NAME/],
    ['image', '--tls-verify=false', /REGISTRY\/NAME/],
    ['image', '$IMAGE', /REGISTRY\/NAME/],
    ['tags', '1.11.3+ttl.1', /1 to 128 letters, digits and _ \. -/],
    ['tags', '.a', /the first no \. or -/],
    ['tags', '-a', /the first no \. or -/],
    ['tags', 'a b', /1 to 128 letters/],
    ['tags', 'a'.repeat(129), /1 to 128 letters/],
    ['tags', 'ghcr.io/me/app', /REPOSITORY:TAG/],
    ['tags', `ghcr.io/me/app@${DIGEST}`, /REPOSITORY:TAG/],
    ['tags', `ghcr.io/me/app:a@${DIGEST}`, /REPOSITORY:TAG/],
    ['tags', `app@${DIGEST}`, /REPOSITORY:TAG/],
    ['tags', 'ghcr.io/me/app:1.11.3+ttl.1', /a tag is 1 to 128 letters/],
    ['tags', 'ghcr.io/me/app:', /a tag is 1 to 128 letters/],
    ['tags', ':a', /REGISTRY\/NAME/],
    ['tags', 'type=semver', /1 to 128 letters/],
  ];
  test.each(cases)('%s: %s', (name, given, accepted) => {
    const { message, input } = refusal({ [name]: given });
    expect(input).toBe(name);
    expect(message).toContain(JSON.stringify(given));
    expect(message).toMatch(accepted);
    // One wrong value among right ones is the one that is named.
    const among = refusal({ [name]: name === 'tags' ? `a,${given},b.c/d:e` : `b.c/d,${given},b.c/e` });
    expect(among).toMatchObject({ message, input });
  });

  test('a password before the host is not repeated', () => {
    for (const name of ['image', 'tags'] as const) {
      const { message, input } = refusal({ [name]: 'me:s3cret@ghcr.io/me/app:1' });
      expect(input).toBe(name);
      expect(message).not.toContain('s3cret');
    }
  });
});

test('whatever the order and the form, every repository has every tag that it was given, once', () => {
  const names = ['ghcr.io/me/app', 'quay.io/me/app', 'localhost:5000/x', 'docker.io/library/app'];
  const subsets = fc.shuffledSubarray(names);
  const tags = fc.array(fc.constantFrom('a', 'b', '1.0', 'V1'), { maxLength: 5 });
  const full = fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom('a', 'x', 'y')), { maxLength: 5 });
  fc.assert(
    fc.property(subsets, tags, full, (images, plain, references) => {
      const given = fc.sample(
        fc.shuffledSubarray([...plain, ...references.map((pair) => pair.join(':'))], {
          minLength: plain.length + references.length,
        }),
        1,
      )[0];
      const { destinations, localTags } = parseDestinations(images, given ?? []);
      const wanted = new Map<string, Set<string>>();
      for (const name of images) wanted.set(name, new Set(plain));
      for (const [name, tag] of references) wanted.set(name, (wanted.get(name) ?? new Set()).add(tag));
      const found = destinations.map(({ repository, tags }) => [repositoryName(repository), tags] as const);
      expect(found.map(([name]) => name).sort()).toEqual([...wanted.keys()].sort());
      for (const [name, tags = []] of found) {
        expect(new Set(tags)).toEqual(wanted.get(name));
        expect(tags.length).toBe(new Set(tags).size);
      }
      expect(localTags?.length).toBe(plain.length === 0 ? undefined : new Set(plain).size);
    }),
    { numRuns: 300 },
  );
});
