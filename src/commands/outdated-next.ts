import { isDeepStrictEqual } from 'node:util';
import { InputError } from '../base/errors.js';
import type { SourceRequest } from '../inputs/requests.js';
import { goFrom, isNewerGo, newerGo, newerUpstream } from '../outdated/newer.js';
import { UPSTREAM_MODULE } from '../source/releases.js';
import type { BuildSpec } from '../spec/build-spec.js';
import { type CandidateSearch, doesNotCarry, type Examined } from './outdated-candidate.js';
import type { Current } from './outdated-current.js';
import type { Desk } from './outdated-desk.js';
import type { BuildShape } from './prepare.js';

/** A release of upstream. */
type Release = Extract<SourceRequest, { type: 'module' | 'git-tag' }>;

/**
 * The newest release and the Go for it, with the least overrides; on the release in use where the newest does not go
 * with what is used.
 */
export async function findNext(
  current: Current,
  shape: BuildShape,
  now: Examined,
  search: CandidateSearch,
  desk: Desk,
): Promise<Examined> {
  const go = newerGo(await desk.maintained(), now.chosen.go);
  const release = await newestRelease(now, desk);
  if (release !== undefined) {
    try {
      return await search.settle({ ...now.chosen, source: release, go: await goFor(release, go, desk) });
    } catch (error) {
      if (!doesNotCarry(error)) throw error;
      search.leftOut.push({ what: `pushgateway ${release.version}`, why: error.message });
    }
  }
  const chosen = { ...now.chosen, go };
  const isSame = go === now.chosen.go && (await isFresh(current, { ...shape, ...chosen }, now, desk));
  return search.settle(isSame ? now : chosen);
}

/** Undefined where there is no newer one, or the source is none of upstream's releases. */
async function newestRelease({ chosen }: Examined, desk: Desk): Promise<Release | undefined> {
  const { source } = chosen;
  if (source.type !== 'module' && source.type !== 'git-tag') return undefined;
  const answer = await desk.answerTo('newer releases of Pushgateway', () => desk.ask(UPSTREAM_MODULE));
  const version = answer && newerUpstream(answer.versions, source.version);
  return version === undefined ? undefined : { type: source.type, version };
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
