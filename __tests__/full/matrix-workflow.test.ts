import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { folderForTests } from '../integration/folders.js';
import { act, cleanClone, edit } from '../support/act.js';
import { PROJECT, SHARED_STORE } from '../support/program.js';

const HERE = folderForTests('matrix-workflow');
const WORKFLOW = '.github/workflows/matrix.yml';

/** Three that other tests compile, too, and one that no other does. */
const PLATFORMS = ['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/riscv64'];

/** A step of the workflow as it stands there, from its dash to the next one. */
function step(uses: string): string {
  const text = readFileSync(join(PROJECT, WORKFLOW), 'utf8');
  const [found] = new RegExp(` {6}- uses: ${uses}@[0-9a-f]{40} # v\\S+\\n(?: {8}.*\\n)*`).exec(text) ?? [];
  if (found === undefined) throw new Error(`${WORKFLOW} has no ${uses}`);
  return found;
}

it('is about the same platforms however it is called', () => {
  const { on } = parse(readFileSync(join(PROJECT, WORKFLOW), 'utf8'));
  const lists = [on.workflow_call, on.workflow_dispatch].map(({ inputs }) => JSON.parse(inputs.platforms.default));
  expect(lists[0]).toHaveLength(8);
  expect(lists[1]).toEqual(lists[0]);
});

it('builds each platform in a job of its own under act, and merges them to the digest of one job', async () => {
  const clone = await cleanClone(HERE);
  const shared = join(HERE, 'artifacts');
  mkdirSync(shared);
  // GitHub's own actions for artifacts are not to be had everywhere: a folder stands in for their service.
  const upload = `      - run: mkdir "$SHARED/\${PLATFORM//\\//-}" && cp "$ARCHIVE" "$SHARED/\${PLATFORM//\\//-}/"
        shell: bash
        env:
          PLATFORM: \${{ matrix.platform }}
          ARCHIVE: \${{ steps.build.outputs.archive }}
`;
  edit(clone, WORKFLOW, step('actions/upload-artifact'), upload);
  edit(clone, WORKFLOW, step('actions/download-artifact'), '      - run: cp -R "$SHARED" layouts\n');
  const run = await act(clone, 'matrix.yml', 'ubuntu-24.04', join(HERE, 'place'), [
    ...['--input', `platforms=${JSON.stringify(PLATFORMS)}`],
    ...['--env', `SHARED=${shared}`, '--env', `PUSHGATEWAY_TTL_CACHE=${SHARED_STORE}`],
  ]);
  const said = `${run.stdout}\n${run.stderr}`;
  expect(run.code, said).toBe(0);
  expect(readdirSync(shared).sort()).toEqual(['linux-amd64', 'linux-arm-v7', 'linux-arm64', 'linux-riscv64']);
  for (const name of readdirSync(shared)) expect(readdirSync(join(shared, name))).toEqual(['pushgateway.oci.tar']);
  const digests = ['merged', 'at once'].map(
    (how) => new RegExp(`\\| ${how}: (sha256:[0-9a-f]{64})$`, 'm').exec(said)?.[1],
  );
  expect(digests[0], said).toBeDefined();
  expect(digests[1]).toBe(digests[0]);
  expect(run.stdout).toContain('Success - Main ./merge');
}, 1_800_000);
