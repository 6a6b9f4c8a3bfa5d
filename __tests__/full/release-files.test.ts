import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderForTests } from '../integration/folders.js';
import { scratch } from '../support/files.js';
import { build, exec, mustExec, PROJECT, SHARED_STORE } from '../support/program.js';
import { runScript } from '../support/workflow-script.js';

const HERE = folderForTests('release-files');

describe('the files of a release', () => {
  it('are the program, binaries, SBOMs, spec and digests of the default build, all in SHA256SUMS', async () => {
    const outputs = await build(['--output-dir', join(HERE, 'out')]);
    const folder = join(HERE, 'release');
    const env = { OUTPUTS: JSON.stringify(outputs), VERSION: '1.2.3', FOLDER: folder };
    const ended = await runScript('collect-release.mjs', env);
    expect(ended.code, ended.stderr).toBe(0);
    const platforms = ['linux-amd64', 'linux-arm-v7', 'linux-arm64'];
    const names = platforms.flatMap((platform) => [platform, `${platform}.cdx.json`]);
    expect(readdirSync(folder).sort()).toEqual(
      [
        ...['SHA256SUMS', 'pushgateway-ttl-action-1.2.3.tar.gz'],
        ...[...names, 'digests.json', 'spec.json'].map((name) => `pushgateway-1.11.3-ttl.1-${name}`),
      ].sort(),
    );
    await mustExec('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: folder });
    expect(readFileSync(join(folder, 'SHA256SUMS'), 'utf8').trim().split('\n')).toHaveLength(9);
    const digests = JSON.parse(readFileSync(join(folder, 'pushgateway-1.11.3-ttl.1-digests.json'), 'utf8'));
    expect(digests).toMatchObject({ index: outputs.digest, images: JSON.parse(outputs['image-digests']) });

    // The archive is a program: it comes to the same spec.
    await mustExec('tar', ['-xzf', join(folder, 'pushgateway-ttl-action-1.2.3.tar.gz'), '-C', HERE]);
    const program = join(HERE, 'pushgateway-ttl-action-1.2.3');
    const plan = await mustExec(process.execPath, ['.', 'build', '--dry-run', '--json'], {
      cwd: program,
      env: { ...process.env, GITHUB_ACTIONS: undefined, PUSHGATEWAY_TTL_CACHE: SHARED_STORE },
    });
    expect(JSON.parse(plan)['spec-digest']).toBe(outputs['spec-digest']);
  }, 600_000);

  it('are none where the digest is not among the golden ones', async () => {
    const folder = join(scratch(), 'release');
    const digest = `sha256:${'0'.repeat(64)}`;
    const { code, stderr } = await runScript('collect-release.mjs', {
      ...{ OUTPUTS: JSON.stringify({ digest }), VERSION: '1.2.3', FOLDER: folder },
    });
    expect([code, stderr]).toEqual([1, expect.stringContaining('not among the golden digests')]);
    expect((await exec('ls', [folder])).code).not.toBe(0);
  });
});

describe('the plan of the image’s release', () => {
  const plan = (env: Record<string, string>) =>
    runScript('plan-image.mjs', { PUSHGATEWAY_TTL_CACHE: SHARED_STORE, OWNER: 'K0sProject', ...env });

  it('is the default build under its own tag', async () => {
    const { code, stderr, outputs } = await plan({ GITHUB_ACTIONS: 'true' });
    expect(code, stderr).toBe(0);
    expect(outputs).toEqual({
      image: 'ghcr.io/k0sproject/pushgateway-ttl',
      tag: '1.11.3-ttl.1',
      registry: 'ghcr.io',
      push: 'true',
      published: 'ghcr.io/k0sproject/pushgateway-ttl:1.11.3-ttl.1',
      'tls-verify': 'true',
    });
  });

  it('follows the inputs of a re-cut, and asks no registry in a dry run', async () => {
    const { outputs } = await plan({
      ...{ IMAGE: '127.0.0.1:5000/x/y', PUSHGATEWAY_VERSION: 'v1.9.0', VERSION_SUFFIX: '+ttl.1.2', DRY_RUN: 'true' },
    });
    expect(outputs).toMatchObject({ tag: '1.9.0-ttl.1.2', push: 'false', published: '', 'tls-verify': 'false' });
    expect(outputs.registry).toBe('127.0.0.1:5000');
  });

  it('gives bad input back as the program does, and takes nothing for a flag', async () => {
    for (const PUSHGATEWAY_VERSION of ['nonsense', '1.9.0 --push', '--push'])
      expect(await plan({ PUSHGATEWAY_VERSION })).toMatchObject({ code: 2, outputs: {} });
  });
});

it('an SBOM is attested for the digest of its own platform, and a missing one stops the run', async () => {
  const folder = scratch();
  cpSync(join(PROJECT, 'LICENSE'), join(folder, 'linux-arm-v7.cdx.json'));
  mkdirSync(join(folder, 'empty'));
  writeFileSync(join(folder, 'linux-amd64.cdx.json'), '{}');
  const digests = JSON.stringify({ 'linux/amd64': 'sha256:1', 'linux/arm/v7': 'sha256:2' });
  const run = (sbom: string) =>
    runScript('image-subjects.mjs', { OUTPUTS: JSON.stringify({ 'image-digests': digests, sbom }) });
  const { code, outputs } = await run(folder);
  expect(code).toBe(0);
  expect(JSON.parse(outputs.subjects ?? '')).toEqual([
    { platform: 'linux/amd64', digest: 'sha256:1', sbom: 'linux-amd64.cdx.json' },
    { platform: 'linux/arm/v7', digest: 'sha256:2', sbom: 'linux-arm-v7.cdx.json' },
  ]);
  expect(await run(join(folder, 'empty'))).toMatchObject({ code: 1, outputs: {} });
});

describe('an image is asked for its attestations', () => {
  const SUBJECTS = JSON.stringify([
    { platform: 'linux/amd64', digest: 'sha256:1' },
    { platform: 'linux/arm64', digest: 'sha256:2' },
  ]);
  const IMAGE = { IMAGE: 'ghcr.io/k0s/ttl', DIGEST: 'sha256:0', SUBJECTS, GITHUB_REPOSITORY: 'k0s/ttl' };
  const bom = '--predicate-type https://cyclonedx.org/bom';

  /** @param missing what a stand-in for gh does not find */
  async function ask(missing: string, env: Record<string, string> = IMAGE) {
    const folder = scratch();
    const script = `#!/bin/sh\necho "$*" >> ${folder}/asked\ncase "$*" in ${missing}) exit 1;; esac\n`;
    writeFileSync(join(folder, 'gh'), script, { mode: 0o755 });
    const ended = await runScript('check-attestations.mjs', { ...env, PATH: `${folder}:/usr/bin:/bin` });
    return { ...ended, asked: () => readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n') };
  }

  it('its index for the provenance, and each platform for its SBOM', async () => {
    const { code, outputs, asked } = await ask('nothing');
    expect([code, outputs]).toEqual([0, { attested: 'true' }]);
    expect(asked()).toEqual([
      'attestation verify oci://ghcr.io/k0s/ttl@sha256:0 --repo k0s/ttl',
      `attestation verify oci://ghcr.io/k0s/ttl@sha256:1 --repo k0s/ttl ${bom}`,
      `attestation verify oci://ghcr.io/k0s/ttl@sha256:2 --repo k0s/ttl ${bom}`,
    ]);
  });

  it.each([
    ['*@sha256:0*', 'the provenance of sha256:0'],
    ['*@sha256:2*', 'the SBOM of linux/arm64, sha256:2'],
  ])('and where %s is not found, says so, and fails where it is required', async (missing, what) => {
    const asked = await ask(missing);
    expect([asked.code, asked.outputs]).toEqual([0, { attested: 'false' }]);
    expect(asked.stdout).toBe(`Not attested: ${what}\n`);
    expect((await ask(missing, { ...IMAGE, REQUIRED: 'true' })).code).toBe(1);
    expect((await ask('nothing', { ...IMAGE, REQUIRED: 'true' })).code).toBe(0);
  });

  it('and nothing is said of none', async () => {
    for (const [name, value] of Object.entries({ IMAGE: '', DIGEST: '', SUBJECTS: '[]' }))
      expect(await ask('nothing', { ...IMAGE, [name]: value })).toMatchObject({ code: 1, outputs: {} });
  });
});
