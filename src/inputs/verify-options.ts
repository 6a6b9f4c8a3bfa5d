import { InputError } from '../base/errors.js';
import type { Secret } from '../base/secret.js';
import { type Platform, platformName } from '../spec/platform.js';
import { parsePlatform } from '../spec/platforms.js';
import { parseBase, parseExtraFiles } from './base-request.js';
import { type ImageLocation, parseImageLocation } from './image-location.js';
import { type RawInputs, VERIFY } from './raw-inputs.js';
import { type Reader, reader, refuse } from './reader.js';
import { type LookOptions, parseLogin, parseRetries, registriesOf } from './registry-options.js';
import type { BaseRequest, ExtraFileRequest, PatchRequest, SourceRequest } from './requests.js';
import { parsePatches, parsePlace } from './source-requests.js';

/** Verdicts on which a run may be told to fail; `not-performed` always fails. */
const FAILING = ['compression-differs', 'metadata-differs', 'content-differs'] as const;

export type FailingVerdict = (typeof FAILING)[number];

/** Everything that `verify` was asked for. */
export interface VerifyOptions extends LookOptions {
  readonly image: ImageLocation;
  /** Undefined for all that the image has. */
  readonly platforms: readonly Platform[] | undefined;
  /** What the caller accepts in a spec beyond the project's own. */
  readonly patches: readonly PatchRequest[];
  readonly sources: readonly SourceRequest[];
  readonly base: BaseRequest;
  readonly extraFiles: readonly ExtraFileRequest[];
  /** The spec's JSON, or the path of a file with it; undefined for the image's own. */
  readonly spec: string | undefined;
  readonly failOn: readonly FailingVerdict[];
  /** Undefined for the edge's own default. */
  readonly reportDir: string | undefined;
  readonly summary: boolean;
}

/** What `diff` was asked for, beside its two images. */
export interface DiffOptions extends LookOptions {
  readonly platforms: readonly Platform[] | undefined;
}

/** @throws InputError */
export function parseDiffOptions(raw: RawInputs): DiffOptions {
  const read = reader(raw, VERIFY);
  return {
    platforms: parseChosenPlatforms(read),
    login: undefined,
    tlsVerify: read.boolean('tls-verify'),
    retries: parseRetries(read.text('retries')),
  };
}

/**
 * Understands all inputs of `verify`, or refuses them before anything has been started or written.
 * @param builtins names of the patch sets that come with the project
 * @throws InputError that says what was given, what is accepted, and which input it was
 */
export function parseVerifyOptions(raw: RawInputs, builtins: readonly string[], password?: Secret): VerifyOptions {
  const read = reader(raw, VERIFY);
  const given = read.text('image');
  if (given === undefined) {
    throw new InputError(
      'no image was given. Accepted: a reference as in ghcr.io/me/pushgateway-ttl:1.11.3-ttl.1, oci:FOLDER, or an OCI archive',
      'image',
    );
  }
  const image = parseImageLocation(given, 'image');
  const base = parseBase(read.isExplicit('base-image') ? read.list('base-image') : []);
  return {
    image,
    platforms: parseChosenPlatforms(read),
    patches: parsePatches(read.list('patches'), builtins),
    sources: read.list('allow-source').map(parseAllowedSource),
    base,
    extraFiles: parseExtraFiles(read.lines('extra-files')),
    spec: read.text('spec'),
    failOn: parseFailOn(read.list('fail-on')),
    login: parseLogin(read.text('registry-username'), password, [
      { input: 'image', registries: image.type === 'registry' ? [image.reference.repository.registry] : [] },
      { input: 'base-image', registries: registriesOf(base) },
    ]),
    tlsVerify: read.boolean('tls-verify'),
    retries: parseRetries(read.text('retries')),
    reportDir: read.text('report-dir'),
    summary: read.boolean('summary'),
  };
}

/** The platforms to look at; undefined for all. */
function parseChosenPlatforms(read: Reader): Platform[] | undefined {
  const platforms = read.list('platforms').map((item) => parsePlatform(item));
  const unique = new Map(platforms.map((platform) => [platformName(platform), platform]));
  return unique.size === 0 ? undefined : [...unique.values()];
}

function parseAllowedSource(text: string): SourceRequest {
  return parsePlace(
    text,
    undefined,
    'allow-source',
    'URL#COMMIT with the whole commit of 40 or 64 hex digits, or a folder',
  );
}

function parseFailOn(items: readonly string[]): FailingVerdict[] {
  if (items.length === 1 && items[0] === 'none') return [];
  return items.flatMap((item): FailingVerdict[] => {
    if (item === 'not-performed') return []; // always
    const found = FAILING.find((verdict) => verdict === item);
    if (!found) throw refuse('fail-on', item, `${FAILING.join(', ')}, or none alone`);
    return [found];
  });
}
