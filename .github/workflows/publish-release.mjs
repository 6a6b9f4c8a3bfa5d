// Publishes a release of files that are ready: a draft, its files, and only then the release and the tag that follows it
// (`v1`). Until then nobody sees anything; a draft that fails is taken away. Run again after a success, it finds the
// release as it should be and goes on with the tag. A dry run asks the same questions and changes nothing.
//
// Environment: TAG, COMMIT, PRERELEASE, MOVES, LATEST (from release-tag.mjs), FILES (a folder), DRY_RUN, and those of
// github-api.mjs.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { api, find, list } from './github-api.mjs';

const { TAG, COMMIT, PRERELEASE, MOVES, LATEST, FILES, DRY_RUN } = process.env;
const isDry = DRY_RUN !== 'false';

const files = readdirSync(FILES)
  .sort()
  .map((name) => {
    const data = readFileSync(join(FILES, name));
    return { name, data, digest: `sha256:${createHash('sha256').update(data).digest('hex')}` };
  });

/** The commit of a tag on GitHub, also of one with a message; undefined where there is no such tag. */
async function commitAt(tag) {
  const ref = await find(`/git/ref/tags/${tag}`);
  let target = ref?.object;
  while (target?.type === 'tag') target = (await api('GET', `/git/tags/${target.sha}`)).object;
  return target?.sha;
}

async function checkTags() {
  const at = await commitAt(TAG);
  if (at !== COMMIT && !(isDry && at === undefined))
    throw new Error(`${TAG} is at ${at ?? 'no commit'}, not at ${COMMIT}: it moved while this ran`);
  if (MOVES && (await find(`/releases/tags/${MOVES}`)))
    throw new Error(`${MOVES} has a release of its own, which would not move with it: remove that release`);
}

/** Whether GitHub has a file whole. It computes digests of its own, though not at once for every file. */
function isSame({ name, data, digest }, asset) {
  const has = asset.digest ? asset.digest === digest : asset.size === data.length;
  return asset.name === name && asset.state === 'uploaded' && has;
}

/** Fails where a release that is out was made of anything else than these files at this commit. */
function checkPublished({ body, assets }) {
  if (!body?.includes(`<!-- commit: ${COMMIT} -->`))
    throw new Error(`${TAG} was released from another commit, and a release never changes: take the next version`);
  const other = files.filter((file) => !assets.some((asset) => isSame(file, asset))).map(({ name }) => name);
  if (other.length > 0 || assets.length !== files.length)
    throw new Error(`${TAG} is released with other files (${other.join(', ') || 'more'}): take the next version`);
}

function bodyOf() {
  const digests = files.find(({ name }) => name.endsWith('-digests.json'));
  return [
    'The default build comes to these digests:',
    '',
    '```json',
    digests ? digests.data.toString().trim() : '{}',
    '```',
    '',
    '`SHA256SUMS` names every file; `gh attestation verify FILE` says which workflow made it.',
    '',
    `<!-- commit: ${COMMIT} -->`,
  ].join('\n');
}

async function removeDrafts() {
  const drafts = [];
  for await (const release of list('/releases')) if (release.draft && release.tag_name === TAG) drafts.push(release.id);
  for (const id of drafts) await api('DELETE', `/releases/${id}`);
}

async function upload(release) {
  const address = release.upload_url.replace(/\{.*$/, '');
  for (const file of files) {
    const asset = await api('POST', `${address}?name=${encodeURIComponent(file.name)}`, file.data);
    if (!isSame(file, asset))
      throw new Error(`${file.name} arrived as ${asset.name}, ${asset.state}, ${asset.size} bytes, ${asset.digest}`);
  }
}

async function publish() {
  await removeDrafts();
  const release = await api('POST', '/releases', {
    tag_name: TAG,
    target_commitish: COMMIT,
    name: TAG,
    body: bodyOf(),
    draft: true,
    prerelease: PRERELEASE === 'true',
    generate_release_notes: true,
  });
  try {
    await upload(release);
    // Asked again as late as can be: what was built is what the tag says.
    await checkTags();
    await api('PATCH', `/releases/${release.id}`, { draft: false, make_latest: LATEST === 'true' ? 'true' : 'false' });
  } catch (error) {
    // Where only the answer was lost, it is out, and stays.
    const left = await find(`/releases/${release.id}`).catch(() => undefined);
    if (left?.draft)
      await api('DELETE', `/releases/${release.id}`).catch(() => console.error(`${TAG}: a draft is left`));
    throw error;
  }
  console.log(`published ${TAG} with ${files.length} files`);
}

async function moveTag() {
  const at = await commitAt(MOVES);
  if (at === COMMIT) return console.log(`${MOVES} is at ${COMMIT} already`);
  if (at === undefined) await api('POST', '/git/refs', { ref: `refs/tags/${MOVES}`, sha: COMMIT });
  else await api('PATCH', `/git/refs/tags/${MOVES}`, { sha: COMMIT, force: true });
  console.log(`moved ${MOVES} from ${at ?? 'nowhere'} to ${COMMIT}`);
}

async function main() {
  if (files.length === 0) throw new Error(`there are no files in ${FILES}`);
  await checkTags();
  const published = await find(`/releases/tags/${TAG}`);
  if (published) checkPublished(published);
  if (isDry) {
    console.log(published ? `${TAG} is released already` : `would publish ${TAG} of ${COMMIT} with these files:`);
    for (const { name, digest, data } of files) console.log(`  ${name}, ${data.length} bytes, ${digest}`);
    console.log(MOVES ? `would move ${MOVES} to ${COMMIT}` : 'would move no tag');
    return;
  }
  if (published) console.log(`${TAG} is released already, of the same commit with the same files`);
  else await publish();
  if (MOVES) await moveTag();
  else console.log('no tag moves');
}

try {
  await main();
} catch (error) {
  console.error(`::error title=Not released::${error.message}`);
  process.exitCode = 1;
}
