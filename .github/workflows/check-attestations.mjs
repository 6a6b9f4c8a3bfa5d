// Asks GitHub whether an image is attested: the provenance of its index, and an SBOM for each platform.
// Environment: IMAGE, DIGEST (the index's), SUBJECTS (as image-subjects.mjs writes them), GITHUB_REPOSITORY, and GH_TOKEN
// for gh; REQUIRED=true: fails where something is missing. Output: attested, true or false. What could not be asked counts
// as missing: to attest once more harms nobody.
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';

const { IMAGE, DIGEST, SUBJECTS = '[]', REQUIRED, GITHUB_REPOSITORY, GITHUB_OUTPUT } = process.env;
const subjects = JSON.parse(SUBJECTS);
if (!IMAGE || !DIGEST || !GITHUB_REPOSITORY || subjects.length === 0) throw new Error('there is no image to ask for');

function isAttested(digest, ...flags) {
  const args = ['attestation', 'verify', `oci://${IMAGE}@${digest}`, '--repo', GITHUB_REPOSITORY, ...flags];
  const { status, error } = spawnSync('gh', args, { stdio: 'inherit' });
  if (error) throw new Error(`gh cannot be run: ${error.message}`);
  return status === 0;
}

const missing = [];
if (!isAttested(DIGEST)) missing.push(`the provenance of ${DIGEST}`);
for (const { digest, platform } of subjects) {
  const hasBom = isAttested(digest, '--predicate-type', 'https://cyclonedx.org/bom');
  if (!hasBom) missing.push(`the SBOM of ${platform}, ${digest}`);
}
appendFileSync(GITHUB_OUTPUT, `attested=${missing.length === 0}\n`);
for (const what of missing) console.log(`Not attested: ${what}`);
if (missing.length === 0) console.log(`${IMAGE}@${DIGEST} is attested`);
else if (REQUIRED === 'true') process.exitCode = 1;
