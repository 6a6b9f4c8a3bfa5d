// What is to be attested of an image beside its provenance: an SBOM for each platform, by the digest of its manifest.
// Environment: OUTPUTS (the build's, as JSON). Output: subjects, a JSON list for a job matrix.
import { appendFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

const outputs = JSON.parse(process.env.OUTPUTS ?? '{}');
const subjects = Object.entries(JSON.parse(outputs['image-digests'])).map(([platform, digest]) => {
  const sbom = `${platform.replaceAll('/', '-')}.cdx.json`;
  if (!existsSync(join(outputs.sbom, sbom))) throw new Error(`there is no SBOM ${sbom} for ${platform}`);
  return { platform, digest, sbom };
});
if (subjects.length === 0) throw new Error('the build has no image');
appendFileSync(process.env.GITHUB_OUTPUT, `subjects=${JSON.stringify(subjects)}\n`);
for (const { platform, digest, sbom } of subjects) console.log(`${platform} ${digest}: ${sbom}`);
