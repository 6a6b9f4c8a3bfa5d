import type { BuildOptions } from '../../inputs/build-options.js';
import { locationName } from '../../inputs/image-location.js';
import type { BaseReference, BaseRequest } from '../../inputs/requests.js';
import type { PatchSet } from '../../source/patches.js';
import { UPSTREAM_GIT, UPSTREAM_MODULE } from '../../source/releases.js';
import { platformName } from '../../spec/platform.js';
import { referenceName, repositoryName } from '../../spec/reference.js';

/** What a build will do, in order, in the words of `build --dry-run`. */
export function planSteps(options: BuildOptions, go: string, sets: readonly PatchSet[], outputDir: string): string[] {
  const raise = options.overrides.map(({ path, version }) => `${path}@${version}`).join(', ');
  const { platforms, extraFiles, sbom, dockerArchives, published } = options;
  const names = platforms === 'all' ? ['every platform that the base offers'] : platforms.map(platformName);
  const archives = `OCI archive, ${dockerArchives ? 'docker archives, ' : ''}binaries${sbom ? ', SBOMs' : ''}`;
  return [
    ...(published ? [`look at the published image ${locationName(published)}`] : []),
    sourceStep(options),
    ...sets.map((set) => `apply the patch set ${set.spec.name} (sha256 ${set.spec.sha256})`),
    ...(raise === '' ? [] : [`raise ${raise}`]),
    `find, check or fetch Go ${go}`,
    ...baseSteps(options.base),
    ...names.map((name) => `compile for ${name}${options.cache ? ', unless an earlier run has' : ''}`),
    ...(extraFiles.length === 0
      ? []
      : [`put ${extraFiles.map(({ target }) => target).join(', ')} into one more layer`]),
    `write images, index, ${archives} and checksums to ${outputDir}`,
    ...(options.smokeTest ? ['run what was built: version, push, read, expiry'] : []),
    ...(options.rebuildCheck ? ['build all of it again from empty caches in another environment, and compare'] : []),
    ...(published
      ? ['compare with the published image; where it is the same, only tags that are missing are set']
      : []),
    ...deliverySteps(options),
  ];
}

function sourceStep({ source }: BuildOptions): string {
  switch (source.type) {
    case 'module':
      return `get ${UPSTREAM_MODULE} as a Go module and check its sum`;
    case 'git-tag':
      return `fetch the tag from ${UPSTREAM_GIT}`;
    case 'git-commit':
      return `fetch ${source.commit} from ${source.url}`;
    case 'folder':
      return `copy the folder ${source.path}`;
  }
}

function baseSteps(base: BaseRequest): string[] {
  const name = (from: BaseReference) => (from.type === 'layout' ? `oci:${from.path}` : referenceName(from.reference));
  switch (base.type) {
    case 'scratch':
      return [];
    case 'image':
      return [`fetch the base image ${name(base.from)}`];
    case 'images':
      return base.images.map(
        ({ platform, from }) => `fetch the base image ${name(from)} for ${platformName(platform)}`,
      );
  }
}

function deliverySteps({ load, push, to }: BuildOptions): string[] {
  const loading = load === 'auto' ? ', where that is possible' : '';
  return [
    ...(load === false ? [] : [`put the image into local storage${loading}`]),
    ...(push
      ? to.destinations.map(({ repository, tags }) => {
          const shown = tags ? `the tags ${tags.join(', ')}` : 'the default tag, unless it names another image';
          return `push to ${repositoryName(repository)} and set ${shown}`;
        })
      : []),
  ];
}
