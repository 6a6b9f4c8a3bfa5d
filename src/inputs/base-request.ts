import { InputError } from '../base/errors.js';
import { platformName } from '../spec/platform.js';
import { parsePlatform } from '../spec/platforms.js';
import { isTag, parseReference, withoutUserInfo } from '../spec/reference.js';
import type { BaseReference, BaseRequest, ExtraFileRequest, PlatformBaseRequest } from './requests.js';

const ACCEPTED = 'scratch, a reference as in gcr.io/distroless/static:nonroot, oci:FOLDER, or lines PLATFORM=REFERENCE';

/**
 * Reads `base-image`.
 * @param lines of the input, trimmed, none of them empty
 * @throws InputError
 */
export function parseBase(lines: readonly string[]): BaseRequest {
  const [first = 'scratch'] = lines;
  if (lines.length > 0 && lines.every(isOfPlatform)) {
    return { type: 'images', images: withoutDoubles(lines.map(parsePlatformBase)) };
  }
  if (lines.length > 1) throw refuse(lines.join(', '), ACCEPTED);
  return first === 'scratch' ? { type: 'scratch' } : { type: 'image', from: parseBaseReference(first) };
}

/** References hold no equals sign; folders may. */
function isOfPlatform(line: string): boolean {
  return line.includes('=') && !line.startsWith('oci:');
}

function parsePlatformBase(line: string): PlatformBaseRequest {
  const equals = line.indexOf('=');
  const reference = line.slice(equals + 1).trim();
  if (reference === 'scratch' || reference === '') throw refuse(line, 'a reference or oci:FOLDER for each platform');
  return { platform: parsePlatform(line.slice(0, equals).trim(), 'base-image'), from: parseBaseReference(reference) };
}

function withoutDoubles(images: PlatformBaseRequest[]): PlatformBaseRequest[] {
  const names = images.map(({ platform }) => platformName(platform));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new InputError(`base-image names ${twice} twice; once is accepted`, 'base-image');
  }
  return images;
}

function parseBaseReference(text: string): BaseReference {
  if (text.startsWith('oci:')) return parseLayout(text);
  // `docker:27` is an image.
  const transport = /^(docker-daemon|docker-archive|oci-archive|containers-storage|dir|docker(?=:\/\/)):/.exec(
    text,
  )?.[1];
  if (transport !== undefined) throw refuse(text, `${ACCEPTED}; the transport ${transport}: is not`);
  const reference = parseReference(text, 'base-image');
  const isNamed = reference.tag !== undefined || reference.digest !== undefined;
  return { type: 'registry', reference: isNamed ? reference : { ...reference, tag: 'latest' } };
}

/** `oci:FOLDER[:TAG]`, as skopeo and podman write it. */
function parseLayout(text: string): BaseReference {
  const [, path = '', tag] = /^oci:(.*?)(?::([^:/]*))?$/.exec(text) ?? [];
  if (path === '' || path.includes('\0') || (tag !== undefined && !isTag(tag))) {
    throw refuse(text, 'oci:FOLDER or oci:FOLDER:TAG, with the folder of an OCI image layout');
  }
  return { type: 'layout', path, tag };
}

/**
 * Reads `extra-files`.
 * @throws InputError
 */
export function parseExtraFiles(lines: readonly string[]): ExtraFileRequest[] {
  return lines.map((line): ExtraFileRequest => {
    const link = /^(\/[^\0]*?)\s+->\s+(\S[^\0]*)$/.exec(line);
    if (link) return { type: 'link', target: link[1] ?? '', to: link[2] ?? '' };
    const copy = /^([^\0]+?):(\/[^:\0]*)(?::([0-7]{3,4}))?$/.exec(line);
    if (!copy) {
      throw new InputError(
        `${JSON.stringify(line)} is not accepted for extra-files. Accepted: SOURCE:TARGET[:MODE] with an absolute target and an octal mode, as in ca.pem:/etc/ssl/ca.pem:0644, or TARGET -> LINK`,
        'extra-files',
      );
    }
    const mode = copy[3] === undefined ? undefined : Number.parseInt(copy[3], 8);
    return { type: 'copy', source: copy[1] ?? '', target: copy[2] ?? '', mode };
  });
}

function refuse(given: string, accepted: string): InputError {
  return new InputError(
    `${JSON.stringify(withoutUserInfo(given))} is not accepted for base-image. Accepted: ${accepted}`,
    'base-image',
  );
}
