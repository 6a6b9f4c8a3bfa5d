import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError, RunError } from '../../src/base/errors.js';
import { DamagedImageError, type OpenedImage } from '../../src/verify/open/open-image.js';
import { CONFIG, imageOf, indexOf, type Json, layoutFiles, madeOf, openArchive, openMade, tarOf } from './images.js';

/** Values that a stranger may put in place of any other. */
const STRANGE = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>,
  fc.constantFrom<unknown>(
    ...[
      null,
      -1,
      0,
      1.5,
      2 ** 53,
      1e308,
      '',
      'sha256:',
      `sha256:${'0'.repeat(64)}`,
      'linux',
      'unknown',
      '\u0000',
      '\ud800',
    ],
    ...[[], {}, [null], { '': null }, { __proto__: 1 }, 'application/vnd.oci.image.index.v1+json', 'x'.repeat(5000)],
  ),
);

/** How a document is changed: which of its values, counted through, and to what. */
const CHANGE = fc.record({ at: fc.nat(60), value: STRANGE, kind: fc.constantFrom('replace', 'remove', 'case', 'add') });
type Change = typeof CHANGE extends fc.Arbitrary<infer T> ? T : never;

function mutate(document: unknown, { at, value: shared, kind }: Change): void {
  const value = structuredClone(shared);
  const places: { holder: Json; key: string }[] = [];
  const walk = (holder: Json) => {
    for (const key of Object.keys(holder)) {
      places.push({ holder, key });
      const below = holder[key];
      if (typeof below === 'object' && below !== null) walk(below as Json);
    }
  };
  walk(document as Json);
  const place = places[at % Math.max(1, places.length)];
  if (!place) return;
  const { holder, key } = place;
  if (kind === 'remove') delete holder[key];
  else if (kind === 'case') holder[key.toUpperCase()] = value;
  else if (kind === 'add') holder[`${key}x`] = value;
  else holder[key] = value;
}

/** Reads all that there is, and says how that ended; anything but the three kinds of error fails the test. */
async function outcome(opening: Promise<OpenedImage>): Promise<string> {
  try {
    const image = await opening;
    for (const entry of image.entries) {
      const { layers } = await image.read(entry);
      await image.layerFiles(entry, layers);
    }
    return 'read';
  } catch (error) {
    if (error instanceof DamagedImageError) {
      expect(error.difference.a).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect((error.difference.a ?? '').length).toBeLessThan(300);
      return 'damaged';
    }
    if (error instanceof InputError || error instanceof RunError) return 'refused';
    throw error;
  }
}

describe('whatever an image holds', () => {
  const seen = new Map<string, number>();
  const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);

  test('random bytes in place of a document are found out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.nat(3), async (bytes, which) => {
        const content = Buffer.from(bytes);
        const images = [
          () => madeOf(content, ''),
          () => indexOf([imageOf({ manifest: content })]),
          () => indexOf([imageOf({ config: content })]),
          () => imageOf({ config: content }),
        ];
        expect(await outcome(openMade(images[which]?.() ?? madeOf('', '')))).toBe('damaged');
      }),
      { numRuns: 80, seed: 6 },
    );
  });

  test('changed documents are read, or refused with an error that has a name', async () => {
    const changes = fc.array(CHANGE, { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(changes, fc.nat(2), async (list, which) => {
        const apply = (document: unknown) => list.forEach((change) => void mutate(document, change));
        const config = structuredClone(CONFIG);
        if (which === 0) apply(config);
        const image = imageOf({ config: JSON.stringify(config), change: which === 1 ? apply : () => {} });
        count(await outcome(openMade(indexOf([image, imageOf({})], which === 2 ? apply : undefined))));
      }),
      { numRuns: 200, seed: 6 },
    );
    // Both happen, so neither is what always happens.
    expect(seen.get('read')).toBeGreaterThan(10);
    expect(seen.get('damaged')).toBeGreaterThan(50);
  });

  test('changed bytes of an archive are found out, or lie where they do not matter', async () => {
    const whole = tarOf(layoutFiles(indexOf([imageOf({})])));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        await outcome(openArchive(bytes));
      }),
      { numRuns: 100, seed: 6 },
    );
  });

  test('random bytes are no archive', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        expect(['refused', 'damaged']).toContain(await outcome(openArchive(Buffer.from(bytes))));
      }),
      { numRuns: 100, seed: 6 },
    );
  });
});
