import { isIPv6 } from 'node:net';
import { InputError } from '../base/errors.js';
import { type Digest, isDigest } from '../base/hash.js';

/** A repository of a registry: `ghcr.io` and `k0sproject/pushgateway-ttl`. */
export interface Repository {
  /** Host, and port where it is given. */
  readonly registry: string;
  readonly path: string;
}

/** What an image is asked for by. Without tag and digest it names the repository alone. */
export interface ImageReference {
  readonly repository: Repository;
  readonly tag?: string;
  readonly digest?: Digest;
}

/** Where a reference without a registry belongs, as docker and podman have it. */
const DEFAULT_REGISTRY = 'docker.io';
const OTHER_NAMES_OF_IT = ['index.docker.io', 'registry-1.docker.io'];

const HOST_NAME = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
/** Longest name of a repository, registry included. */
const MAX_NAME = 255;

/** A tag by the grammar of distribution/reference. */
export function isTag(text: string): boolean {
  return TAG.test(text);
}

/** A repository's name without a registry, by the same grammar: `pushgateway`, `k0sproject/pushgateway-ttl`. */
export function isRepositoryPath(text: string): boolean {
  return text.length <= MAX_NAME && isPath(text);
}

/** `ghcr.io/k0sproject/pushgateway-ttl`. */
export function repositoryName({ registry, path }: Repository): string {
  return `${registry}/${path}`;
}

/** `ghcr.io/a/b:tag@sha256:…`, with what is there. */
export function referenceName({ repository, tag, digest }: ImageReference): string {
  return `${repositoryName(repository)}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/**
 * Reads a reference by the grammar of distribution/reference (`reference.ParseNormalizedNamed`): the first part is the
 * registry where it has a dot or a port or is `localhost`; else the registry is docker.io, and a single word is below
 * `library/`. What comes out is canonical: hosts are lower-case, and docker.io has one name. Stricter than there: ports
 * and IPv6 addresses must be some, digests are SHA-256, and a word with capitals is no host (`Me/app`).
 * @param input name of the input that it came from, for the message
 * @throws InputError that says what was given and what is accepted
 */
export function parseReference(text: string, input?: string): ImageReference {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  if (digest !== undefined && !isDigest(digest)) throw refuse(text, 'a digest is sha256: and 64 hex digits', input);
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  const tag = hasTag ? named.slice(colon + 1) : undefined;
  if (tag !== undefined && !isTag(tag)) throw refuse(text, 'a tag is 1 to 128 letters, digits and _ . -', input);
  const repository = parseRepository(text, hasTag ? named.slice(0, colon) : named, input);
  return { repository, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

function parseRepository(given: string, name: string, input: string | undefined): Repository {
  const accepted = 'REGISTRY/NAME, as in ghcr.io/k0sproject/pushgateway-ttl';
  if (/^[0-9a-f]{64}$/.test(given)) throw refuse(given, `${accepted}; this has the form of an image ID`, input);
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isRegistry = /[.:]/.test(first) || /^localhost$/i.test(first);
  // The host is checked before it is lowered: letters beyond ASCII can become some of it (the Kelvin sign, k).
  if (isRegistry && !isHost(first)) throw refuse(given, accepted, input);
  const host = isRegistry ? first.toLowerCase() : DEFAULT_REGISTRY;
  const rest = isRegistry ? name.slice(slash + 1) : name;
  const registry = OTHER_NAMES_OF_IT.includes(host) ? DEFAULT_REGISTRY : host;
  const path = registry === DEFAULT_REGISTRY && !rest.includes('/') ? `library/${rest}` : rest;
  if (!isPath(path)) {
    const isForCapitals = isPath(path.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()));
    const lowered = `names of repositories are lower-case, as in ${name.toLowerCase()}`;
    throw refuse(given, isForCapitals ? lowered : accepted, input);
  }
  const repository = { registry, path };
  if (repositoryName(repository).length > MAX_NAME) {
    throw refuse(given, `a name of at most ${MAX_NAME} letters, registry included`, input);
  }
  return repository;
}

function isPath(text: string): boolean {
  return text.split('/').every((part) => COMPONENT.test(part));
}

/** A host name, IPv4 address or IPv6 address in brackets, perhaps with a port. */
function isHost(text: string): boolean {
  const [, address, name = '', port] = /^(?:\[([0-9a-f:]+)\]|([^:]*))(?::([1-9][0-9]{0,4}))?$/i.exec(text) ?? [];
  if (port !== undefined && Number(port) > 65_535) return false;
  return address === undefined ? HOST_NAME.test(name) : isIPv6(address);
}

function refuse(given: string, accepted: string, input: string | undefined): InputError {
  return new InputError(
    `${JSON.stringify(withoutUserInfo(given))} is no image reference. Accepted: ${accepted}`,
    input,
  );
}

/** The text without a user name and password before a host, so that a message does not repeat them. */
export function withoutUserInfo(text: string): string {
  return text.replace(/^.*:\/\/.*@|^.*@(?=[^@]*\/)/s, '***@');
}
