// Gathers the files of a release in one folder, with SHA256SUMS of them all: the program as an archive, the binaries and
// SBOMs of the default build, its spec and its digests. The digest has to be the one that the tests hold.
//
// Environment: OUTPUTS (the build's, as JSON), VERSION, FOLDER.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { VERSION, FOLDER } = process.env;
const outputs = JSON.parse(process.env.OUTPUTS ?? '{}');
/** What running the program takes, and what one reads before. */
const PROGRAM = [
  ...['action.yml', 'merge', 'publish', 'verify', 'dist', 'patches', 'package.json'],
  ...['LICENSE', 'README.md', 'docs'],
];

function archiveProgram() {
  const name = `pushgateway-ttl-action-${VERSION}`;
  const args = ['archive', '--format=tar.gz', `--prefix=${name}/`, '-o', join(FOLDER, `${name}.tar.gz`), 'HEAD'];
  const { status, stderr, error } = spawnSync('git', [...args, '--', ...PROGRAM], { encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(`git archive: ${stderr}`);
}

const golden = JSON.parse(readFileSync('__tests__/integration/golden-digests.json', 'utf8'));
const known = golden.find(({ digest }) => digest === outputs.digest);
if (!known) throw new Error(`${outputs.digest} is not among the golden digests`);
console.log(`${outputs.digest} is the golden digest «${known.name}»`);

mkdirSync(FOLDER, { recursive: true });
archiveProgram();
const digests = JSON.parse(outputs['image-digests']);
// The full version, as in the default tag, without its `+`, which GitHub would write as a dot.
const full = JSON.parse(outputs.spec).version.replaceAll('+', '-');
for (const platform of Object.keys(digests)) {
  const dashed = platform.replaceAll('/', '-');
  copyFileSync(join(outputs.binaries, platform, 'pushgateway'), join(FOLDER, `pushgateway-${full}-${dashed}`));
  copyFileSync(join(outputs.sbom, `${dashed}.cdx.json`), join(FOLDER, `pushgateway-${full}-${dashed}.cdx.json`));
}
writeFileSync(join(FOLDER, `pushgateway-${full}-spec.json`), outputs.spec);
const told = { index: outputs.digest, images: digests, 'spec-digest': outputs['spec-digest'] };
writeFileSync(join(FOLDER, `pushgateway-${full}-digests.json`), `${JSON.stringify(told, null, 2)}\n`);

const sums = readdirSync(FOLDER)
  .sort()
  .map(
    (name) =>
      `${createHash('sha256')
        .update(readFileSync(join(FOLDER, name)))
        .digest('hex')}  ${name}\n`,
  )
  .join('');
writeFileSync(join(FOLDER, 'SHA256SUMS'), sums);
process.stdout.write(sums);
