import type { CauseId, Difference } from '../difference.js';
import { allStated, capital, type Facts, listed, onlyValue, ownerOf, short, stated } from './cause-facts.js';
import { base, goVersion, modules, patches, settings, trimpath, vcsStamping } from './cause-origins.js';
import { epoch, version } from './cause-stamps.js';

/** What is said of a cause, and what can be done. */
export interface CauseTexts {
  sentence(facts: Facts): string;
  fix(facts: Facts): string;
}

/** Nothing that runs differs, and another tool wrote the bytes. */
const AS_BUILT =
  'Nothing that runs differs. Publish the layout that the build wrote, as it is (--push, skopeo copy --all ' +
  '--preserve-digests, or crane push), not a copy that another tool wrote anew.';

const written = (lead: string): CauseTexts => ({ sentence: (facts) => allStated(lead, facts), fix: () => AS_BUILT });

/** All causes, the weightiest first: what may harm, what runs, what is told of it, how it is written. */
export const CAUSE_TEXTS: Readonly<Record<CauseId, CauseTexts>> = {
  hostile: {
    sentence: (facts) => wrongs(facts, 'can harm who reads it'),
    fix: ({ differences: [first], words }) =>
      `Do not pull or run ${first ? ownerOf(first, words) : words.a}. No tool makes this by mistake: find out who published it.`,
  },
  damaged: { sentence: (facts) => wrongs(facts, 'is damaged'), fix: damagedFix },
  platforms: { sentence: platformsSentence, fix: platformsFix },
  behaviour: {
    sentence: (facts) => allStated('Settings by which the image runs differ', facts),
    fix: () =>
      'Only the platform and the base image reach these settings in a build, no other input: one of the two was changed after ' +
      'its build, or made by another tool. Publish the layout that the build wrote, as it is.',
  },
  base,
  patches,
  'go-version': goVersion,
  'module-version': modules,
  'go-architecture': settings(
    'Build with the settings of the profile (GOAMD64=v1, GOARM64=v8.0, GOARM=7, and what Go takes by itself for all others): unset these ' +
      'variables, or build with this program, which never takes them over.',
  ),
  'build-setting': settings(
    'Build both with the same flags and the same environment of Go; this program sets all of them itself, and ' +
      'docs/verify-by-hand.md lists them.',
  ),
  trimpath,
  'vcs-stamping': vcsStamping,
  version,
  files: {
    sentence: (facts) => allStated('Files differ', facts),
    fix: ({ words }) =>
      'A file that no input explains was changed, added or lost after its build, or comes from --extra-files. Make ' +
      `${words.b} with the --extra-files of ${words.a}, or publish ${words.a} anew from a clean build.`,
  },
  layers: written('The same files are cut into layers otherwise'),
  'tar-modes': {
    sentence: (facts) => allStated('Modes in tar headers differ', facts),
    fix: () =>
      `The permissions are the same; old releases of buildah write the kind of file into the mode, too. ${AS_BUILT}`,
  },
  epoch,
  labels: {
    sentence: (facts) => allStated('Labels differ', facts, labelName),
    fix: ({ words }) =>
      `Make ${words.b} with the --labels of ${words.a}. Labels that another tool added are gone where the layout that the ` +
      'build wrote is published as it is.',
  },
  history: written('The history differs'),
  'config-keys': written('Keys of the config differ by which nothing runs'),
  annotations: written('Annotations differ'),
  'media-types': written('Media types differ'),
  'key-order': written('The same JSON is written otherwise'),
  'tar-format': written('The same files are packed in another form of tar'),
  compressor: { sentence: compressorSentence, fix: compressorFix },
};

function wrongs({ differences, words }: Facts, verb: string): string {
  const clauses = differences.map((found) => {
    if (found.a !== undefined && found.b !== undefined) return `one of the two ${verb}: ${stated(found, words)}`;
    return `${ownerOf(found, words)} ${verb}: ${short(found.where)}: ${onlyValue(found)}`;
  });
  return `${capital(listed(clauses))}.`;
}

function damagedFix({ differences: [first], words }: Facts): string {
  if (first?.a === undefined || first.b === undefined) {
    return `Push or copy ${first ? ownerOf(first, words) : words.a} again, with all its blobs.`;
  }
  return 'One of the two says of itself what is not so: push it again from its build.';
}

function platformsSentence({ differences, words }: Facts): string {
  const clauses = differences.map((found) => {
    return stated(found, words, found.where === 'the image' ? 'an image for this platform' : short(found.where));
  });
  return `Platforms differ: ${listed(clauses)}.`;
}

function platformsFix({ differences, words }: Facts): string {
  const isMissing = (found: Difference) => found.where === 'the image' && found.a === undefined;
  return differences.some(isMissing)
    ? `Build both with the same --platforms. If ${words.a} lost one on its way, push its layout again.`
    : `Build both with the same --platforms, and push ${words.a} anew from its layout, so that each platform is there once.`;
}

function labelName({ where }: Difference): string {
  const [, plain, quoted] = /^config\.Labels(?:\.([\w-]+)|\["(.*)"\])$/.exec(where) ?? [];
  const key = plain ?? quoted;
  return key === undefined ? short(where) : `the label ${key}`;
}

/** What cannot be unpacked may hold anything. */
function isOpaque({ differences }: Facts): boolean {
  return differences.some(({ weight }) => weight === 'content');
}

function compressorSentence(facts: Facts): string {
  return isOpaque(facts)
    ? allStated('Layers cannot be unpacked here, so that nobody knows whether they differ', facts)
    : allStated('The same layers are compressed otherwise', facts);
}

function compressorFix(facts: Facts): string {
  return isOpaque(facts) ? 'Run this again with Node.js 22.15 or later, which unpacks zstd.' : AS_BUILT;
}
