import type { Difference } from '../difference.js';
import { allStated, bestOf, capital, type Facts, lastPart, listed, ownerOf, short, stated } from './cause-facts.js';
import type { CauseTexts } from './cause-texts.js';

/** Longest value that is shown as part of a command. */
const MAX_FLAG = 150;

export const base: CauseTexts = {
  sentence: (facts) => {
    const { differences, words } = facts;
    const spec = differences.find(({ where }) => where === 'spec.base');
    if (!spec) return allStated('The base image differs', facts);
    return `${capital(words.a)} stands on ${short(spec.a ?? 'scratch')}, ${words.b} on ${short(spec.b ?? 'scratch')}.`;
  },
  fix: ({ differences, words }) => {
    const spec = differences.find(({ where }) => where === 'spec.base');
    if (!spec) return 'Make both on the same base, named by its digest: --base-image REPOSITORY@sha256:DIGEST.';
    return `Make ${words.b} with ${baseFlag(spec.a)}, or ${words.a} with ${baseFlag(spec.b)}.`;
  },
};

/** Values of an image become part of a command only where they are what has to stand there: somebody will paste it. */
function baseFlag(value: string | undefined): string {
  const names = value?.split(', ') ?? [];
  const isPlain = names.every((name) => name === 'scratch' || /^[\w./:[\]=-]+@sha256:[0-9a-f]{64}$/.test(name));
  if (value === undefined || value.length > MAX_FLAG || !isPlain) return 'that --base-image';
  return names.map((name) => `--base-image ${name}`).join(' ');
}

const [SOURCE, PATCHES] = ['spec.source', 'spec.patches'];

export const patches: CauseTexts = {
  sentence: ({ differences, words }) => {
    const both = (is: string, { a, b }: Difference) =>
      `${words.a} ${is} ${short(a ?? 'nothing')}, ${words.b} ${is} ${short(b ?? 'nothing')}.`;
    const source = differences.find(({ where }) => where === SOURCE);
    const sets = differences.find(({ where }) => where === PATCHES);
    const inSpec = [
      ...(source ? [`It is another source: ${both('comes from', source)}`] : []),
      ...(sets ? [`The patches differ: ${both('has', sets)}`] : []),
    ];
    if (inSpec.length > 0) return inSpec.join(' ');
    const places = listed(differences.map((found) => stated(found, words)));
    return `The code of the program itself differs, by another patch or another source: ${places}.`;
  },
  fix: ({ differences, words }) => {
    const isInSpec = differences.some(({ where }) => where === SOURCE || where === PATCHES);
    return isInSpec
      ? `Make ${words.b} with the --source and --patches of ${words.a}, or the other way round.`
      : `No spec tells of it, so that ${words.a} or ${words.b} does not come from what its spec says. Build it again with this ` +
          'program, from the same --source and --patches.';
  },
};

export const goVersion: CauseTexts = {
  sentence: ({ differences, words }) => {
    const { a, b } = versionsOf(differences);
    const named = (version: string | undefined) => (version === undefined ? 'an unknown Go' : `go${short(version)}`);
    return `${capital(words.a)} was built with ${named(a)}, ${words.b} with ${named(b)}.`;
  },
  fix: ({ differences, words }) => {
    const { a, b } = versionsOf(differences);
    const flag = (version: string | undefined) =>
      version !== undefined && /^\d[\w.]*$/.test(version) ? `--go-version ${version}` : 'that Go';
    return `Make ${words.b} with ${flag(a)}, or ${words.a} with ${flag(b)}.`;
  },
};

/** What the binaries say comes before what the specs say. */
function versionsOf(differences: readonly Difference[]): { a: string | undefined; b: string | undefined } {
  const found = differences.find(({ where }) => where.endsWith(': Go version')) ?? bestOf(differences, 'spec.go');
  return { a: found?.a?.replace(/^go/, ''), b: found?.b?.replace(/^go/, '') };
}

export const modules: CauseTexts = {
  sentence: (facts) =>
    allStated('Modules differ', facts, ({ where }) => {
      return where === 'spec.modules' ? 'the list of raised modules' : lastPart(where).replace(/^module /, '');
    }),
  fix: ({ differences, words }) => {
    const [ofA, ofB] = [moduleFlags(differences, 'a'), moduleFlags(differences, 'b')];
    const options = [
      ...(ofA === '' ? [] : [`${words.b} with ${ofA}`]),
      ...(ofB === '' ? [] : [`${words.a} with ${ofB}`]),
    ];
    return options.length === 0 ? 'Make both with the same --module-overrides.' : `Make ${options.join(', or ')}.`;
  },
};

function moduleFlags(differences: readonly Difference[], side: 'a' | 'b'): string {
  const flags = differences.flatMap((found) => {
    const path = /: module ([\w./~-]+)$/.exec(found.where)?.[1];
    const version = /^(v\d[\w.+-]*)(?: |$)/.exec(found[side] ?? '')?.[1];
    return path === undefined || version === undefined ? [] : [`--module-overrides ${path}@${version}`];
  });
  return listed(flags).replaceAll('; ', ' ');
}

/** Settings of Go, which are shown with their names: `GOAMD64=v3`. */
export function settings(fix: string): CauseTexts {
  const sentence = ({ differences, words }: Facts) => {
    const clauses = differences.map((found) => {
      const name = lastPart(found.where);
      if (!name.startsWith('setting '))
        return `${words.a} and ${words.b} were built otherwise: ${stated(found, words, name)}`;
      const how = (value: string | undefined) =>
        value === undefined ? `without ${name.slice('setting '.length)}` : `with ${short(value)}`;
      return `${words.a} was built ${how(found.a)}, ${words.b} ${how(found.b)}`;
    });
    return `${capital(listed(clauses))}.`;
  };
  return { sentence, fix: () => fix };
}

const TRIMPATH = 'setting -trimpath';

export const trimpath: CauseTexts = {
  sentence: (facts) => {
    const paths = facts.differences.filter(({ where }) => lastPart(where) !== TRIMPATH);
    const clauses = paths.map((found) => stated(found, facts.words, lastPart(found.where)));
    const seen = paths.length === 0 ? '' : `: ${listed(clauses)}`;
    return `${capital(untrimmed(facts))} was built without -trimpath, so that it holds paths of its builder${seen}.`;
  },
  fix: (facts) => `Build ${untrimmed(facts)} with -trimpath.`,
};

function untrimmed({ differences, words }: Facts): string {
  const setting = differences.find(({ where }) => lastPart(where) === TRIMPATH);
  if (setting) return setting.a?.endsWith('=true') ? words.b : words.a;
  // A path of a builder begins at the root of a disk; those of modules do not.
  return differences.some(({ b }) => /^([A-Z]:)?[/\\]/.test(b ?? '')) ? words.b : words.a;
}

export const vcsStamping: CauseTexts = {
  sentence: ({ differences, words }) => {
    const clauses = differences.map((found) => {
      const side = (value: string | undefined) => (value === undefined ? 'nothing' : short(value));
      return `${side(found.a)} in ${words.a}, ${side(found.b)} in ${words.b}`;
    });
    return `Go recorded the state of a version control checkout: ${listed(clauses)}.`;
  },
  fix: ({ differences: [first], words }) => {
    const isBoth = first?.a !== undefined && first.b !== undefined;
    return `Build ${isBoth ? 'both' : first ? ownerOf(first, words) : words.a} with -buildvcs=false.`;
  },
};
