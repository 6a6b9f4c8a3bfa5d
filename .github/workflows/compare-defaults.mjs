// Compares what a release makes unasked with what the release before it made. Who writes `@v1` takes every patch release
// unread, so a patch release makes the same images: a changed default that changes a digest is at least a minor release.
// And a digest that was once released stays derivable, whatever the version: a golden digest that is gone, or that has
// moved though its spec has not, is no release at all.
//
// Environment: PREVIOUS (a tag, or nothing before the first release), TAG. Compares with the checkout's commit.
import { fileAt } from './release-facts.mjs';
import { parseTag, step } from './release-version.mjs';

const GOLDEN = '__tests__/integration/golden-digests.json';

/**
 * The inputs of action.yml that reach a digest: `SHAPING` of src/output/summary-text.ts, which a test compares. The
 * others say where the image goes, and what is checked before.
 */
const INPUTS = [
  'pushgateway-version',
  'source',
  'patches',
  'module-overrides',
  'go-version',
  'version-suffix',
  'platforms',
  'base-image',
  'extra-files',
  'labels',
  'source-date-epoch',
];

/** Input → its default as action.yml writes it. */
function defaultsAt(revision) {
  const [, inputs = ''] = /^inputs:\n((?: .*\n|\n)*)/m.exec(fileAt(revision, 'action.yml') ?? '') ?? [];
  const blocks = inputs.matchAll(/^ {2}([a-z0-9-]+):\n((?: {4}.*\n|\n)*)/gm);
  const found = new Map(
    [...blocks].map(([, name, block]) => [name, /^ {4}default: (.*\n(?: {6}.*\n)*)/m.exec(block)?.[1].trim()]),
  );
  return INPUTS.map((name) => {
    if (!found.get(name)) throw new Error(`action.yml at ${revision} has no default for ${name}`);
    return [name, found.get(name)];
  });
}

/** Arguments of a build, as JSON → what it came to. */
function goldenAt(revision) {
  const golden = JSON.parse(fileAt(revision, GOLDEN) ?? '[]');
  if (golden.length === 0) throw new Error(`there is no ${GOLDEN} at ${revision}`);
  return new Map(golden.map((entry) => [JSON.stringify(entry.args), entry]));
}

/** @returns what asks for a minor release, and what no release may do */
function compare(before, now) {
  const [asked, refused] = [[], []];
  const old = new Map(defaultsAt(before));
  for (const [name, value] of defaultsAt(now))
    if (old.get(name) !== value) asked.push(`the default of ${name} was ${old.get(name)} and is ${value}`);
  const golden = goldenAt(now);
  for (const [args, { name, digest, 'spec-digest': spec }] of goldenAt(before)) {
    const other = golden.get(args);
    if (!other) refused.push(`the golden digest «${name}» is gone`);
    else if (other.digest === digest) continue;
    else if (other['spec-digest'] === spec) refused.push(`«${name}» has the same spec and another digest`);
    else asked.push(`«${name}» was ${digest} and is ${other.digest}`);
  }
  return { asked, refused };
}

const { PREVIOUS, TAG } = process.env;
if (!PREVIOUS) console.log('no release before this one');
else {
  const { asked, refused } = compare(`refs/tags/${PREVIOUS}`, 'HEAD');
  const size = step(parseTag(PREVIOUS), parseTag(TAG));
  for (const line of [...asked, ...refused]) console.log(line);
  const problems = refused.length > 0 ? refused : size === 'patch' ? asked : [];
  for (const line of problems) console.error(`::error title=No ${size} release::since ${PREVIOUS}: ${line}`);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`${TAG} is a ${size} release after ${PREVIOUS}, and may be`);
}
