// Runs commands of the documents against what is on the internet, where the tests have stand-ins for it: GitHub, ghcr.io
// and gcr.io, the fork, attestations. What needs a registry or a bucket of the reader's own is left to the tests.
// `--list` prints the lines of each and runs nothing.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const IMAGE = 'ghcr.io/k0sproject/pushgateway-ttl';
/** The digest of the latest release of the image, as a word of a shell. */
const LATEST = `$(skopeo inspect --format '{{.Digest}}' docker://${IMAGE}:latest)`;
const RELEASE = 'gh release download --repo k0sproject/pushgateway-ttl-action --clobber';

/**
 * Each block that is run, by the document and what stands in it, in this order. `at`: `start` is the folder that the clone
 * is made in, `clone` the clone; another is a new folder. `only`: the lines that are run. `changes`: names that are the
 * reader's own, and what stands for them. Without `has`, all blocks of the document in one session.
 */
const RUNS = [
  { document: 'README.md', has: 'git clone', at: 'start' },
  {
    document: 'README.md',
    has: 'node . verify',
    changes: [
      ['ghcr.io/me/pushgateway-ttl@sha256:…', `${IMAGE}@${LATEST}`],
      ['diff A B', 'diff out/pushgateway.oci.tar oci:out/oci'],
    ],
  },
  {
    document: 'README.md',
    has: 'docker pull',
    only: /^docker pull /,
    changes: [['downloads.example.org/pushgateway:1.11.3-ttl.1', `${IMAGE}:latest`]],
  },
  {
    document: 'docs/outdated.md',
    has: 'node . outdated',
    changes: [['ghcr.io/me/pushgateway-ttl:latest', `${IMAGE}:latest`]],
  },
  { document: 'docs/original-recipe.md', has: 'skopeo inspect' },
  {
    document: 'docs/original-recipe.md',
    has: 'node . build',
    changes: [
      ['sha256:<digest>', `$(skopeo inspect --format '{{.Digest}}' docker://gcr.io/distroless/static:nonroot)`],
      ['--tags v1.4.3-k0s.latest \\\n  --push', '--tags v1.4.3-k0s.latest'],
      ['ghcr.io/OWNER', 'ghcr.io/k0sproject'],
    ],
  },
  {
    document: 'docs/patch-sets.md',
    has: 'git diff',
    before: 'git clone -q https://github.com/dinumathai/pushgateway fork',
    changes: [
      ['git diff', 'git -C fork diff'],
      ['| sha256sum', '| sha256sum | grep c347073b23893e6277fbde9f39e70c399fea5c33e3b2cb158f11ec7095f3bc91'],
    ],
  },
  { document: 'docs/releases.md', has: 'sha256sum --check', at: 'release', before: RELEASE },
  { document: 'docs/releases.md', has: 'gh attestation verify oci:' },
  { document: 'docs/verify-by-hand.md', at: 'by-hand', before: `IMAGE=docker://${IMAGE}@${LATEST}` },
];

function linesOf({ document, has, only, before = '', changes = [] }) {
  const text = readFileSync(join(root, document), 'utf8');
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, lines]) => lines);
  const meant = has === undefined ? blocks : blocks.filter((lines) => lines.includes(has));
  if (meant.length === 0 || (has !== undefined && meant.length > 1))
    throw new Error(`${document} has ${meant.length} blocks with ${has}`);
  let lines = meant.join('\n');
  if (only)
    lines = lines
      .split('\n')
      .filter((line) => only.test(line))
      .join('\n');
  for (const [from, to] of changes) {
    if (!lines.includes(from)) throw new Error(`${document} has no ${from}`);
    lines = lines.replaceAll(from, to);
  }
  return `${before}\n${lines}`.trim();
}

const runs = RUNS.map((run) => ({ ...run, lines: linesOf(run) }));
if (process.argv.includes('--list')) {
  console.log(JSON.stringify(runs.map(({ document, lines }) => ({ document, lines }))));
} else {
  const start = mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), 'documents-'));
  const failed = [];
  for (const { document, has, at = 'clone', lines } of runs) {
    const name = has === undefined ? document : `${document} (${has})`;
    console.log(`::group::${name}\n${lines}`);
    const places = { start, clone: join(start, 'pushgateway-ttl-action') };
    const cwd = places[at] ?? join(start, at);
    if (at !== 'clone') mkdirSync(cwd, { recursive: true });
    const { status, error } = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', lines], { cwd, stdio: 'inherit' });
    console.log('::endgroup::');
    console.log(`${name}: ${error?.message ?? `ended with ${status}`}`);
    if (status !== 0) failed.push(name);
  }
  console.log(`${runs.length - failed.length} of ${runs.length} went well`);
  for (const name of failed) console.log(`::error::${name} did not end with 0`);
  if (failed.length > 0) process.exitCode = 1;
}
