import { InputError } from '../base/errors.js';
import { parseReference, type Repository, repositoryName } from '../spec/reference.js';
import { ENDPOINT_FORM, isRegion, readEndpoint } from './s3/endpoint.js';

/** Where something is published to. */
export type PublishDestination = S3Destination | RegistryDestination;

export interface S3Destination {
  readonly type: 's3';
  readonly bucket: string;
  /** `''`, or `a/b/`. */
  readonly prefix: string;
  /** `https://HOST[:PORT][/PATH]`, or http; undefined: that of AWS, or of AWS_ENDPOINT_URL. */
  readonly endpoint: string | undefined;
  /** Undefined: that of AWS_REGION, or of the profile. */
  readonly region: string | undefined;
  /** The bucket stands in the path of requests, not in the name of the host. */
  readonly forcePathStyle: boolean;
  /** `''`, or what the names of lists end with, as `.json`, for stores that map keys to files. */
  readonly suffix: string;
  /** `s3://bucket/prefix`. */
  readonly shown: string;
}

export interface RegistryDestination {
  readonly type: 'registry';
  readonly repository: Repository;
  /** `docker://HOST/NAME`. */
  readonly shown: string;
}

const ACCEPTED =
  's3://BUCKET[/PREFIX] with the parameters endpoint, region, s3ForcePathStyle and suffix, as in s3://downloads?endpoint=s3.example.org&region=eu-1&s3ForcePathStyle=true; or docker://HOST/NAME';

/** S3's rules for names of buckets, and the capitals and underscores that older ones and other stores have. */
const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/;
const SUFFIX = /^\.[A-Za-z0-9][A-Za-z0-9._-]{0,15}$/;

/** Whether a text can be what the names of lists end with. */
export function isListSuffix(text: string): boolean {
  return SUFFIX.test(text);
}

/** No `.` or `..`, no empty part, nothing that an URL would have to escape. */
const PREFIX_PART = /^(?!\.{1,2}$)[A-Za-z0-9._~-]+$/;

/**
 * Reads a destination.
 * @param input name of the input that it came from, for the message
 * @throws InputError that says what was given and what is accepted; it repeats no user name or password
 */
export function parseDestination(text: string, input: string): PublishDestination {
  if (text.startsWith('docker://')) return parseRegistry(text, input);
  const [, rest] = /^s3:\/\/(.*)$/s.exec(text) ?? [];
  if (rest === undefined) throw refuse(text, ACCEPTED, input);
  const [, place = '', query = ''] = /^([^?#]*)(?:\?([^#]*))?$/s.exec(rest) ?? [undefined, undefined, undefined];
  if (place === '' || place.includes('@'))
    throw refuse(text, `${ACCEPTED}. Credentials come from the AWS environment variables and files`, input);
  const [bucket = '', ...parts] = place.replace(/\/$/, '').split('/');
  if (!BUCKET.test(bucket) || bucket.includes('..'))
    throw refuse(text, `${ACCEPTED}. A bucket's name is 3 to 63 letters, digits and . - _`, input);
  if (!parts.every((part) => PREFIX_PART.test(part)))
    throw refuse(text, `${ACCEPTED}. A prefix is letters, digits and . _ ~ - in parts between /`, input);
  const parameters = readQuery(text, query, input);
  return {
    type: 's3',
    bucket,
    prefix: parts.map((part) => `${part}/`).join(''),
    endpoint: undefined,
    region: undefined,
    forcePathStyle: false,
    suffix: '',
    ...parameters,
    shown: `s3://${[bucket, ...parts].join('/')}`,
  };
}

type Parameters = Partial<Pick<S3Destination, 'endpoint' | 'region' | 'forcePathStyle' | 'suffix'>>;

const READERS: Readonly<Record<string, (value: string) => Parameters | undefined>> = {
  endpoint: (value) => {
    const endpoint = readEndpoint(value);
    return endpoint === undefined ? undefined : { endpoint };
  },
  region: (value) => (isRegion(value) ? { region: value } : undefined),
  s3ForcePathStyle: (value) => (/^(true|false)$/.test(value) ? { forcePathStyle: value === 'true' } : undefined),
  suffix: (value) => (SUFFIX.test(value) ? { suffix: value } : undefined),
};

const FORMS: Readonly<Record<string, string>> = {
  endpoint: ENDPOINT_FORM,
  region: 'a name such as eu-central-1',
  s3ForcePathStyle: 'true or false',
  suffix: 'a dot and up to 16 letters, digits and . _ -, as .json',
};

function readQuery(text: string, query: string, input: string): Parameters {
  const found: Parameters = {};
  const seen = new Set<string>();
  // A plus sign is one here: nothing in these values has blanks.
  for (const [name, value] of new URLSearchParams(query.replaceAll('+', '%2B'))) {
    const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
    if (reader === undefined) {
      const known = Object.keys(READERS).join(', ');
      throw refuse(text, `the parameters ${known}; ${JSON.stringify(name)} is none of them`, input);
    }
    if (seen.has(name)) throw refuse(text, `each parameter once; ${name} is there twice`, input);
    seen.add(name);
    const parameters = reader(value);
    if (parameters === undefined) throw refuse(text, `for ${name}: ${FORMS[name]}; ${quoted(value)} is none`, input);
    Object.assign(found, parameters);
  }
  return found;
}

function parseRegistry(text: string, input: string): RegistryDestination {
  const name = text.slice('docker://'.length);
  const { repository, tag, digest } = parseReference(name, input);
  if (tag !== undefined || digest !== undefined)
    throw refuse(text, 'docker://HOST/NAME without a tag or digest; the tag is given beside it', input);
  return { type: 'registry', repository, shown: `docker://${repositoryName(repository)}` };
}

/** The query stays out of the message, since somebody may have tried to give credentials there. */
function refuse(given: string, accepted: string, input: string): InputError {
  const shown = quoted(given.replace(/\?.+$/s, '?…'));
  return new InputError(`${shown} is no destination. Accepted: ${accepted}`, input);
}

/** A text without what may be a user name and password in it. */
function quoted(text: string): string {
  return JSON.stringify(text.replace(/^.*@/s, '***@').slice(0, 200));
}
