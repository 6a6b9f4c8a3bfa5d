import type { BaseReference, BaseRequest } from '../../inputs/requests.js';
import { openLayoutBase } from '../../registry/base-layout.js';
import type { BaseSpec, ImageBase } from '../../spec/build-spec.js';
import { platformName } from '../../spec/platform.js';
import { parsePlatform } from '../../spec/platforms.js';
import { parseReference, repositoryName } from '../../spec/reference.js';
import type { Allowances } from './allowances.js';
import { refuseSpec } from './not-performed.js';

/**
 * The base of a spec, by digest, where the caller named it. Layouts that the caller named are read.
 * @throws NotPerformedError
 * @throws InputError where a layout that the caller named cannot be read
 */
export async function trustBase(
  base: BaseSpec | null,
  { base: request, specIsCallers }: Allowances,
  signal?: AbortSignal,
): Promise<BaseRequest> {
  if (base === null) return { type: 'scratch' };
  const trust = async (image: ImageBase, at: string, platform?: string) => {
    if (image.repository !== undefined && specIsCallers) return byDigest(image.repository, image);
    const named = namedFor(request, platform);
    return image.repository === undefined
      ? trustLayout(image, at, named, signal)
      : trustRepository({ ...image, repository: image.repository }, at, named);
  };
  if (!isList(base)) return { type: 'image', from: await trust(base, 'base') };
  const images = [];
  for (const [index, { platform, ...image }] of base.entries()) {
    images.push({ platform: parsePlatform(platform), from: await trust(image, `base[${index}]`, platform) });
  }
  return { type: 'images', images };
}

function isList(base: BaseSpec): base is Exclude<BaseSpec, ImageBase> {
  return Array.isArray(base);
}

/** What the caller named for a platform; where one image is for all platforms, what was named for any. */
function namedFor(request: BaseRequest, platform: string | undefined): readonly BaseReference[] {
  switch (request.type) {
    case 'scratch':
      return [];
    case 'image':
      return [request.from];
    case 'images':
      return request.images
        .filter((image) => platform === undefined || platformName(image.platform) === platform)
        .map(({ from }) => from);
  }
}

function trustRepository(
  image: ImageBase & { readonly repository: string },
  at: string,
  named: readonly BaseReference[],
): BaseReference {
  const { repository, digest } = image;
  const references = named.flatMap((from) => (from.type === 'registry' ? [from.reference] : []));
  const same = references.filter((reference) => repositoryName(reference.repository) === repository);
  const [first] = same;
  if (!first) {
    throw refuseSpec(`${at}.repository`, `is ${repository}; name the base (base-image) where you trust it`);
  }
  if (same.some((reference) => reference.digest === undefined || reference.digest === digest)) {
    return byDigest(repository, image);
  }
  throw refuseSpec(`${at}.digest`, `is ${digest}; ${first.digest} was named`);
}

function byDigest(repository: string, { digest }: ImageBase): BaseReference {
  return { type: 'registry', reference: { repository: parseReference(repository).repository, digest } };
}

async function trustLayout(
  { digest }: ImageBase,
  at: string,
  named: readonly BaseReference[],
  signal: AbortSignal | undefined,
): Promise<BaseReference> {
  const layouts = named.filter((from) => from.type === 'layout');
  const found: string[] = [];
  for (const from of layouts) {
    const { spec } = await openLayoutBase(from.path, from.tag, { signal });
    if (spec.digest === digest) return from;
    found.push(`oci:${from.path} holds ${spec.digest}`);
  }
  const seen = found.length === 0 ? 'name it (base-image) as oci:FOLDER where you trust it' : found.join(', ');
  throw refuseSpec(`${at}.digest`, `is that of a folder that only its builder has, ${digest}; ${seen}`);
}
