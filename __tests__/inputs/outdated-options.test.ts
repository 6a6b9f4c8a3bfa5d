import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/base/secret.js';
import { parseOutdatedOptions } from '../../src/inputs/outdated-options.js';
import type { InputName } from '../../src/inputs/raw-inputs.js';

function parse(inputs: Partial<Record<InputName, string>>, password?: string) {
  const raw = new Map(Object.entries(inputs).map(([name, value]) => [name as InputName, [value]]));
  return parseOutdatedOptions(raw, ['ttl'], password === undefined ? undefined : new Secret(password));
}

describe('the inputs of outdated', () => {
  it('are those of build, which neither loads nor pushes', () => {
    const options = parse({ 'pushgateway-version': '1.9.0', 'module-overrides': 'golang.org/x/net@v0.56.0' });
    expect(options.build).toMatchObject({ source: { type: 'module', version: '1.9.0' }, load: false, push: false });
    expect(options).toMatchObject({ image: undefined, db: undefined, makesImages: true, outputDir: undefined });
  });

  it('are an image’s own where one is named; what is accepted in its spec may be', () => {
    const { image, build } = parse({
      image: 'oci:x',
      platforms: 'linux/amd64',
      'base-image': 'gcr.io/distroless/static',
    });
    expect(image).toMatchObject({ image: { type: 'layout', path: 'x' }, platforms: [{ architecture: 'amd64' }] });
    expect(build.to.destinations).toEqual([]); // it is read, never a place to push to
    const said = [
      'pushgateway-version',
      'source',
      'module-overrides',
      'go-version',
      'version-suffix',
      'labels',
    ] as const;
    for (const name of said) {
      expect(() => parse({ image: 'oci:x', [name]: '1.26.8' })).toThrow(expect.objectContaining({ input: name }));
    }
  });

  it('bring a login for the image’s registry, or the base’s', () => {
    const ofImage = parse({ image: 'ghcr.io/me/x:1', 'registry-username': 'me' }, 'secret');
    expect(ofImage.image?.login).toMatchObject({ registry: 'ghcr.io', username: 'me' });
    expect(ofImage.build.login).toBeUndefined();
    const ofBase = parse({ 'base-image': 'quay.io/a/b', 'registry-username': 'me' }, 'secret');
    expect(ofBase.build.login).toMatchObject({ registry: 'quay.io' });
    // The inputs of the re-cut are printed, and parsed again where there is no password.
    expect([...ofImage.raw.keys(), ...ofBase.raw.keys()]).not.toContain('registry-username');
  });

  it.each([
    ['http://127.0.0.1:80/', 'http://127.0.0.1:80'],
    ['https://vuln.example.com/go//', 'https://vuln.example.com/go'],
    ['file:///a/b', 'file:///a/b'],
    ['', undefined],
  ])('take %s for a database', (db, expected) => {
    expect(parse({ db }).db).toBe(expected);
  });

  it.each(['vuln.go.dev', 'ftp://x', '-json', 'https://me@x', 'https://x?y', 'https://x#y'])('do not take %s', (db) => {
    expect(() => parse({ db })).toThrow(expect.objectContaining({ name: 'InputError', input: 'db' }));
  });

  it('have no time of a published image', () => {
    expect(() => parse({ 'source-date-epoch': 'published' })).toThrow(/source-date-epoch|published/);
  });
});
