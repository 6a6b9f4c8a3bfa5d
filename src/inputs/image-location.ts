import { InputError } from '../base/errors.js';
import { type ImageReference, isTag, parseReference, referenceName, withoutUserInfo } from '../spec/reference.js';

/** Where an image lies that is to be examined. */
export type ImageLocation =
  /** With a tag or a digest. */
  | { readonly type: 'registry'; readonly reference: ImageReference }
  /** An OCI image layout in a folder. */
  | { readonly type: 'layout'; readonly path: string; readonly tag: string | undefined }
  /** An OCI image layout in a tar archive. */
  | { readonly type: 'archive'; readonly path: string; readonly tag: string | undefined };

const ACCEPTED =
  'a reference as in ghcr.io/k0sproject/pushgateway-ttl@sha256:…, oci:FOLDER[:TAG], oci-archive:FILE[:TAG], or FILE.tar';

/** How skopeo writes a reference. `docker:27` is an image. */
const DOCKER = 'docker://';

/** Names of skopeo's for other places, and how an image gets from there to one that is read here. */
const OTHER_TRANSPORTS: Readonly<Record<string, string>> = {
  'containers-storage': 'skopeo copy --all containers-storage:NAME oci:FOLDER',
  dir: 'skopeo copy dir:FOLDER oci:OTHER',
  'docker-archive': 'skopeo copy docker-archive:FILE oci:FOLDER',
  'docker-daemon': 'skopeo copy docker-daemon:NAME:TAG oci:FOLDER',
};

/**
 * Reads where an image lies: `oci:FOLDER[:TAG]`, `oci-archive:FILE[:TAG]`, a path that ends in `.tar`, else a reference,
 * also one behind `docker://`. A reference without tag and digest has the tag `latest`, as podman and docker have it.
 * @param input name of the input that it came from
 * @throws InputError
 */
export function parseImageLocation(text: string, input: string): ImageLocation {
  if (text.startsWith('oci:')) return { type: 'layout', ...splitTag(text, 'oci:', input) };
  if (text.startsWith('oci-archive:')) return { type: 'archive', ...splitTag(text, 'oci-archive:', input) };
  if (text.startsWith(DOCKER)) return atRegistry(text.slice(DOCKER.length), input);
  const transport = /^([a-z-]+):/.exec(text)?.[1] ?? '';
  const way = Object.hasOwn(OTHER_TRANSPORTS, transport) ? OTHER_TRANSPORTS[transport] : undefined;
  if (way !== undefined) throw refuse(text, input, `${ACCEPTED}. The transport ${transport}: is not; use ${way}`);
  if (isArchivePath(text)) return { type: 'archive', path: text, tag: undefined };
  return atRegistry(text, input);
}

/** As the user would write it. */
export function locationName(location: ImageLocation): string {
  if (location.type === 'registry') return referenceName(location.reference);
  const { type, path, tag } = location;
  return `${type === 'layout' ? 'oci' : 'oci-archive'}:${path}${tag === undefined ? '' : `:${tag}`}`;
}

/** `TRANSPORT:PATH[:TAG]`, as skopeo and podman write it. */
function splitTag(text: string, prefix: string, input: string): { path: string; tag: string | undefined } {
  const [, path = '', tag] = /^(.*?)(?::([^:/]*))?$/s.exec(text.slice(prefix.length)) ?? [];
  if (path === '' || path.includes('\0') || (tag !== undefined && !isTag(tag))) throw refuse(text, input, ACCEPTED);
  return { path, tag };
}

/** A tag may end in `.tar`; a path does not hold the colon before it. */
function isArchivePath(text: string): boolean {
  return text.endsWith('.tar') && text.length > '.tar'.length && !text.includes('\0') && !/:[^:/]*$/.test(text);
}

function atRegistry(text: string, input: string): ImageLocation {
  const reference = parseReference(text, input);
  const isNamed = reference.tag !== undefined || reference.digest !== undefined;
  return { type: 'registry', reference: isNamed ? reference : { ...reference, tag: 'latest' } };
}

function refuse(given: string, input: string, accepted: string): InputError {
  return new InputError(
    `${JSON.stringify(withoutUserInfo(given))} is not accepted for ${input}. Accepted: ${accepted}`,
    input,
  );
}
