// Checks the tag of a release and says what follows from it. It is refused where it is no version, where package.json
// has another, where the checkout is not at the tag, and where no branch that releases come from has its commit. A dry
// run is for a tag that is not there yet: only what can be known before is checked.
//
// Environment: TAG; DRY_RUN, `true` or `false`. Outputs: version, tag, commit, prerelease, moves (`v1`, or nothing),
// latest, previous (the tag of the release before, or nothing).
import { appendFileSync } from 'node:fs';
import { allTags, branchesWith, commitOf, fileAt } from './release-facts.mjs';
import { moves, parseTag, previousRelease } from './release-version.mjs';

const { TAG = '', DRY_RUN, GITHUB_OUTPUT } = process.env;
/** Where releases come from: the newest from main, later patches of an older minor version from its own branch. */
const BRANCHES = /^origin\/(main|release-\d+\.\d+)$/;

function problemWith(tag, commit) {
  const version = JSON.parse(fileAt(commit, 'package.json') ?? '{}').version;
  if (tag !== `v${version}`) return `package.json has the version ${version}; the tag has to be v${version}`;
  const tagged = commitOf(`refs/tags/${tag}`);
  if (tagged && tagged !== commit)
    return `it is at ${tagged} already, not at ${commit}, and a released tag never moves: take the next version`;
  if (DRY_RUN === 'true') return undefined;
  if (!tagged) return 'there is no such tag';
  const branches = branchesWith(commit);
  if (!branches.some((branch) => BRANCHES.test(branch)))
    return `its commit is neither on main nor on a branch release-N.N (but on ${branches.join(', ') || 'none'})`;
  return undefined;
}

const version = parseTag(TAG);
const commit = commitOf('HEAD');
const problem = version ? problemWith(TAG, commit) : 'a release’s tag is like v1.2.3 or v1.2.3-rc.1';
if (problem) {
  console.error(`::error title=No release::${TAG}: ${problem}`);
  process.exitCode = 1;
} else {
  const tags = allTags();
  const { tag, isLatest } = moves(version, tags);
  const outputs = {
    version: TAG.slice(1),
    tag: TAG,
    commit,
    prerelease: version.pre.length > 0,
    moves: tag ?? '',
    latest: isLatest,
    previous: previousRelease(version, tags) ?? '',
  };
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  appendFileSync(GITHUB_OUTPUT, lines.join(''));
  process.stdout.write(lines.join(''));
}
