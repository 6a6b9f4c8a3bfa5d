import { isDeepStrictEqual } from 'node:util';
import { InputError } from '../../base/errors.js';
import type { SourceRequest } from '../../inputs/requests.js';
import { goFrom, isNewerGo, newerGo, newerUpstream } from '../../outdated/newer.js';
import { UPSTREAM_MODULE } from '../../source/releases.js';
import type { BuildSpec } from '../../spec/build-spec.js';
import type { BuildShape } from '../steps/prepare.js';
import { type CandidateSearch, doesNotCarry, type Examined } from './candidate.js';
import type { Current } from './current.js';
import type { Desk } from './desk.js';

/** Newer releases that are tried: who is further behind than that has more to do than a re-cut. */
const MOST_RELEASES = 5;

/** A release of upstream. */
type Release = Extract<SourceRequest, { type: 'module' | 'git-tag' }>;

/**
 * The newest release that goes with what is used and the Go for it, with the least overrides; on the release in use where
 * none of the newer ones does.
 */
export async function findNext(
  current: Current,
  shape: BuildShape,
  now: Examined,
  search: CandidateSearch,
  desk: Desk,
): Promise<Examined> {
  const go = newerGo(await desk.maintained(), now.chosen.go);
  for (const release of await newerReleases(now, desk)) {
    try {
      return await search.settle({ ...now.chosen, source: release, go: await goFor(release, go, desk) });
    } catch (error) {
      if (!doesNotCarry(error)) throw error;
      search.leftOut.push({ what: `pushgateway ${release.version}`, why: error.message });
    }
  }
  if (go !== now.chosen.go) {
    try {
      return await search.settle({ ...now.chosen, go });
    } catch (error) {
      if (!doesNotCarry(error)) throw error;
      search.leftOut.push({ what: `Go ${go}`, why: error.message });
    }
  }
  const isSame = await isFresh(current, { ...shape, ...now.chosen }, now, desk);
  return search.settle(isSame ? now : now.chosen);
}

/** The newest first; none where the source is none of upstream's releases. */
async function newerReleases({ chosen }: Examined, desk: Desk): Promise<Release[]> {
  const { source } = chosen;
  if (source.type !== 'module' && source.type !== 'git-tag') return [];
  const answer = await desk.answerTo('newer releases of Pushgateway', () => desk.ask(UPSTREAM_MODULE));
  let versions = answer?.versions ?? [];
  const releases: Release[] = [];
  while (releases.length < MOST_RELEASES) {
    const version = newerUpstream(versions, source.version);
    if (version === undefined) break;
    releases.push({ type: source.type, version });
    versions = versions.filter((each) => each !== `v${version}`);
  }
  return releases;
}

/**
 * The Go for a release: one that is maintained and that its go.mod accepts.
 * @throws InputError where there is none
 */
async function goFor({ version }: Release, go: string, desk: Desk): Promise<string> {
  const answer = await desk.answerTo(`the Go that pushgateway ${version} asks for`, () =>
    desk.ask(`${UPSTREAM_MODULE}@v${version}`),
  );
  const least = answer?.go;
  if (least === undefined || !isNewerGo(least, go)) return go;
  const found = goFrom(await desk.maintained(), least);
  if (found !== undefined) return found;
  throw new InputError(`its go.mod asks for Go ${least}, and no such release is known`, 'go-version');
}

/** Whether what an image was made with, its patch sets and its base, is what they are today. */
async function isFresh({ image }: Current, shape: BuildShape, now: Examined, desk: Desk): Promise<boolean> {
  if (image === undefined) return true;
  const { spec } = await desk.prepare(shape);
  return hasSameParts(spec, now.prepared.spec);
}

/** Whether two builds have the same patch sets, and the same base. */
export function hasSameParts(a: BuildSpec, b: BuildSpec): boolean {
  return isDeepStrictEqual([a.patches, a.base], [b.patches, b.base]);
}
