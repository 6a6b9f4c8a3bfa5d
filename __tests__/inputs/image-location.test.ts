import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { type ImageLocation, locationName, parseImageLocation } from '../../src/inputs/image-location.js';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

function failure(text: string): InputError {
  try {
    parseImageLocation(text, 'image');
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error(`${text} was taken`);
}

describe('where an image lies', () => {
  test.each<readonly [string, ImageLocation['type'], string]>([
    ['ghcr.io/a/b:1.0', 'registry', 'ghcr.io/a/b:1.0'],
    [`ghcr.io/a/b@${DIGEST}`, 'registry', `ghcr.io/a/b@${DIGEST}`],
    [`ghcr.io/a/b:1.0@${DIGEST}`, 'registry', `ghcr.io/a/b:1.0@${DIGEST}`],
    ['docker://ghcr.io/a/b:1.0', 'registry', 'ghcr.io/a/b:1.0'],
    ['docker:27', 'registry', 'docker.io/library/docker:27'],
    ['prom/pushgateway', 'registry', 'docker.io/prom/pushgateway:latest'],
    ['localhost:5000/a', 'registry', 'localhost:5000/a:latest'],
    ['ghcr.io/a/b:1.tar', 'registry', 'ghcr.io/a/b:1.tar'],
    ['oci:out/oci', 'layout', 'oci:out/oci'],
    ['oci:/a b/c:1.0', 'layout', 'oci:/a b/c:1.0'],
    ['oci:a:b/c', 'layout', 'oci:a:b/c'],
    ['oci:x.tar', 'layout', 'oci:x.tar'],
    ['oci-archive:out/x.tar', 'archive', 'oci-archive:out/x.tar'],
    ['oci-archive:x:1.0', 'archive', 'oci-archive:x:1.0'],
    ['out/pushgateway.oci.tar', 'archive', 'oci-archive:out/pushgateway.oci.tar'],
    ['/C:/x/y.tar', 'archive', 'oci-archive:/C:/x/y.tar'],
  ])('%s is taken', (text, type, name) => {
    const location = parseImageLocation(text, 'image');
    expect(location.type).toBe(type);
    expect(locationName(location)).toBe(name);
  });

  test.each([
    ['oci:', 'oci:FOLDER'],
    ['oci:a:', 'oci:FOLDER'],
    ['oci:a:b c', 'oci:FOLDER'],
    ['oci-archive:', 'oci-archive:FILE'],
    ['docker://', 'REGISTRY/NAME'],
    ['.tar', 'REGISTRY/NAME'],
    ['--tls-verify', 'REGISTRY/NAME'],
    ['Ghcr.io/A/b', 'lower-case'],
    ['', 'REGISTRY/NAME'],
    ['docker-archive:x.tar', 'skopeo copy docker-archive:FILE oci:FOLDER'],
    ['docker-archive:/a/x', 'skopeo copy docker-archive:FILE oci:FOLDER'],
    ['docker-daemon:a:1', 'skopeo copy docker-daemon:NAME:TAG oci:FOLDER'],
    ['containers-storage:localhost/a', 'skopeo copy --all containers-storage:NAME oci:FOLDER'],
    ['dir:1', 'skopeo copy dir:FOLDER oci:OTHER'],
    ['dir:/a/b', 'skopeo copy dir:FOLDER oci:OTHER'],
  ])('%s is refused, with a way out', (text, accepted) => {
    const error = failure(text);
    expect(error.input).toBe('image');
    expect(error.message).toContain(accepted);
  });

  test('no user name or password is repeated', () => {
    expect(failure('dir:/a/user:secret@host/b').message).not.toContain('secret');
    expect(failure('oci-archive:user:secret@host/\0').message).not.toContain('secret');
  });

  test('what is taken is taken under its name, too, and all else is an InputError', () => {
    const words = fc.constantFrom(
      'oci:',
      'oci-archive:',
      'docker://',
      'a',
      'B',
      '/',
      ':',
      '@',
      '.tar',
      '1.0',
      '..',
      DIGEST,
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(words, { maxLength: 6 }).map((parts) => parts.join('')),
    );
    let taken = 0;
    fc.assert(
      fc.property(texts, (text) => {
        let location: ImageLocation;
        try {
          location = parseImageLocation(text, 'image');
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          return;
        }
        taken++;
        expect(parseImageLocation(locationName(location), 'image')).toEqual(location);
      }),
      { numRuns: 2000, seed: 6 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});
