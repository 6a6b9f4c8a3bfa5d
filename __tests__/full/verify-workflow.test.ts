import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folderForTests } from '../integration/folders.js';
import { act, cleanClone, edit, summariesOf } from '../support/act.js';
import { isolatedStorage } from '../support/container-storage.js';
import { startIssueTracker } from '../support/issue-tracker.js';
import { build, mustExec } from '../support/program.js';
import { startRegistry } from '../support/servers.js';

const HERE = folderForTests('verify-workflow');
const RUNNERS = ['ubuntu-22.04', 'ubuntu-24.04', 'ubuntu-22.04-arm', 'ubuntu-24.04-arm'];

it('verifies the published images on every runner under act, and opens an issue about the one that does not', async () => {
  const port = await startRegistry(HERE);
  const outputs = await build(['--platforms', 'linux/amd64', '--output-dir', join(HERE, 'out')]);
  const good = `127.0.0.1:${port}/k0s/pushgateway-ttl:1`;
  const odd = `127.0.0.1:${port}/k0s/other:1`;
  const copy = ['copy', '--all', '--preserve-digests', '--dest-tls-verify=false'];
  await mustExec('skopeo', [...copy, `oci:${outputs.layout}`, `docker://${good}`]);
  await unlabelled(odd);

  const tracker = await startIssueTracker('k0s/ttl');
  const clone = await cleanClone(HERE);
  edit(clone, '.github/workflows/verify.yml', 'API_URL: $', `API_URL: ${tracker.url} # $`);
  edit(
    clone,
    '.github/workflows/verify.yml',
    'node .github/workflows/report-verdicts.mjs',
    'GITHUB_REPOSITORY=k0s/ttl node .github/workflows/report-verdicts.mjs',
  );
  const run = await act(clone, 'verify.yml', [...RUNNERS], join(HERE, 'place'), [
    '--var',
    `VERIFY_IMAGES=${good},${odd}`,
  ]);
  const said = `${run.stdout}\n${run.stderr}`;

  expect(run.code, said).toBe(1); // one image is not good
  for (const host of ['ubuntu-22-04', 'ubuntu-24-04', 'ubuntu-22-04-arm', 'ubuntu-24-04-arm']) {
    expect(run.stdout, said).toContain(`${good} on ${host}: reproducible ${outputs.digest}`);
    expect(run.stdout).toContain(`${odd} on ${host}: not-performed`);
  }
  expect(tracker.issues).toMatchObject([{ state: 'open', title: 'Published images do not verify' }]);
  const summaries = summariesOf(run).join('\n');
  expect(summaries).toContain('reproducible');
  expect(summaries).toContain('not-performed');
}, 1_800_000);

/** Pushes an image without a spec. */
async function unlabelled(reference: string): Promise<void> {
  const env = isolatedStorage(join(HERE, 'storage'));
  const container = (await mustExec('buildah', ['from', 'scratch'], { env })).trim();
  await mustExec('buildah', ['commit', '--tls-verify=false', container, `docker://${reference}`], { env });
  await mustExec('buildah', ['rm', container], { env });
}
