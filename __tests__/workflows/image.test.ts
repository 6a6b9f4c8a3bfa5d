import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folderForTests } from '../integration/folders.js';
import { act, cleanClone, edit, WARM } from '../support/act.js';
import { standIns } from '../support/act-stand-ins.js';
import { type Ended, mustExec } from '../support/program.js';
import { startRegistry } from '../support/servers.js';

const HERE = folderForTests('image-workflow');

/** Every job, as act says that it ended. */
const succeeded = ({ stdout }: Ended) =>
  new Set([...stdout.matchAll(/^\[Image\/(.*?)(?:-\d+)?\s*\] 🏁 {2}Job succeeded/gm)].map(([, name]) => name?.trim()));

it('builds, pushes, attests, verifies and then moves latest, under act; later runs do what is left to do', async () => {
  const port = await startRegistry(HERE);
  const image = `127.0.0.1:${port}/k0s/pushgateway-ttl`;
  const clone = await cleanClone(HERE);
  // What is replaced: GitHub's registry by one here, and gh, which asks GitHub for attestations, by one that writes down
  // what it was asked, and knows them all, or none of what was pushed before. The actions that attest and log in are
  // stand-ins. The first build uses what other tests have compiled, and the second is left out, as the release's test has
  // one; what verifies compiles anew, as ever, though only the first of the platforms.
  const workflow = '.github/workflows/image.yml';
  const [gh, unknown] = [join(HERE, 'gh'), join(HERE, 'nothing-is-attested')];
  writeFileSync(gh, `#!/bin/sh\necho "gh $*"\n[ "$GITHUB_JOB" = verify ] || [ ! -e ${unknown} ]\n`, { mode: 0o755 });
  edit(clone, '.github/workflows/check-attestations.mjs', "spawnSync('gh'", `spawnSync('${gh}'`);
  edit(clone, workflow, 'rebuild-check: true', 'cache: true');
  edit(
    clone,
    workflow,
    'uses: ./verify\n        with:\n',
    'uses: ./verify\n        with:\n          platforms: linux/amd64\n',
  );
  const run = async (name: string) => {
    const { flags, seen } = standIns(clone, join(HERE, name, 'stand-ins'));
    const given = ['--var', `IMAGE=${image}`, '--secret', 'GITHUB_TOKEN=token', ...WARM];
    const ended = await act(clone, 'image.yml', ['ubuntu-24.04'], join(HERE, name), [...flags, ...given]);
    return { ...ended, seen: seen() };
  };

  const first = await run('first');
  expect(first.code, `${first.stdout}\n${first.stderr}`).toBe(0);
  const digestOf = async (tag: string) => {
    const inspect = ['inspect', '--raw', '--tls-verify=false', `docker://${image}:${tag}`];
    const manifest = await mustExec('sh', ['-c', `skopeo ${inspect.join(' ')} | sha256sum`]);
    return `sha256:${manifest.slice(0, 64)}`;
  };
  const golden = JSON.parse(readFileSync(join(clone, '__tests__/integration/golden-digests.json'), 'utf8')) as {
    name: string;
    digest: string;
  }[];
  const { digest } = golden.find(({ name }) => name.endsWith('the default')) ?? {};
  expect([await digestOf('1.11.3-ttl.1'), await digestOf('latest')]).toEqual([digest, digest]);
  expect(first.stdout).toContain('verdict=reproducible');
  expect(first.stdout).toContain(`| gh attestation verify oci://${image}@${digest} --repo`);

  const attested = first.seen.flatMap(({ attest }) => (attest ? [attest as Record<string, string>] : []));
  expect(attested.filter(({ sbom }) => !sbom)).toEqual([{ name: image, digest }]);
  const boms = attested.filter(({ sbom }) => sbom === 'CycloneDX');
  expect(new Set(boms.map((bom) => bom.digest)).size).toBe(3);
  expect(boms.map((bom) => bom.name)).toEqual([image, image, image]);
  expect(boms.map((bom) => bom.digest)).not.toContain(digest);
  const checked = [
    ...first.stdout.matchAll(/\| gh attestation verify \S+@(\S+) --repo \S+ --predicate-type \S+bom$/gm),
  ];
  expect(checked.map(([, each]) => each).sort()).toEqual(boms.map((bom) => bom.digest).sort());

  const second = await run('second');
  expect(second.code, `${second.stdout}\n${second.stderr}`).toBe(0);
  expect(second.stdout).toMatch(/changed=false$/m);
  expect(succeeded(second)).toEqual(new Set(['Build and push']));
  expect(second.stdout).toContain(`${image}@${digest} is attested`);
  expect(second.seen.filter((each) => !('login' in each))).toEqual([{ upload: 'sbom' }]);

  writeFileSync(unknown, '');
  const third = await run('third');
  expect(third.code, `${third.stdout}\n${third.stderr}`).toBe(0);
  expect(third.stdout).toMatch(/changed=false$/m);
  expect(third.stdout).toContain(`Not attested: the provenance of ${digest}`);
  expect(succeeded(third)).toEqual(succeeded(first));
  const again = third.seen.flatMap(({ attest }) => (attest ? [attest as Record<string, string>] : []));
  expect(again.map((each) => each.digest).sort()).toEqual(attested.map((each) => each.digest).sort());
}, 1_800_000);
