import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build, exec, mustExec, program } from '../support/program.js';
import { contentOf, emptyFolder, folderForTests, readLayout } from './folders.js';
import { storeWithoutResults } from './stores.js';

const HERE = folderForTests('overrides');
const OVERRIDE = 'golang.org/x/crypto@v0.53.0';
const AMD64 = ['--platforms', 'linux/amd64'];

describe('a dependency that is raised', () => {
  it('stands in the spec, in the binary and in the SBOM', async () => {
    const outputs = await build([...AMD64, '--module-overrides', OVERRIDE, '--output-dir', join(HERE, 'raised')]);
    const spec = JSON.parse(outputs.spec);
    expect(spec.modules).toEqual({ overrides: [OVERRIDE], goMod: expect.stringMatching(/^[0-9a-f]{64}$/) });
    // The release of the override is newer than upstream's.
    expect(spec.sourceDateEpoch).toBeGreaterThanOrEqual(Date.parse('2026-06-08T15:52:49Z') / 1000);
    const [image] = readLayout(outputs.layout).children;
    expect(image?.config.config.Labels['io.k0sproject.pushgateway-ttl.spec']).toBe(outputs.spec);

    const binary = join(outputs.binaries, 'linux', 'amd64', 'pushgateway');
    expect(await mustExec('go', ['version', '-m', binary])).toMatch(/\tdep\tgolang\.org\/x\/crypto\tv0\.53\.0\t/);
    const sbom = JSON.parse(readFileSync(join(outputs.sbom, 'linux-amd64.cdx.json'), 'utf8'));
    const crypto = sbom.components.filter((each: { name: string }) => each.name === 'golang.org/x/crypto');
    expect(crypto).toMatchObject([{ version: 'v0.53.0' }]);
  }, 400_000);

  it('is known to the plan once it was built, and gives the same digest from the store', async () => {
    const args = [...AMD64, '--module-overrides', OVERRIDE, '--output-dir', join(HERE, 'again')];
    const outputs = await build(args);
    const plan = JSON.parse((await program(['build', '--dry-run', '--json', ...args])).stdout);
    expect(plan.unresolved).toEqual([]);
    expect(plan['spec-digest']).toBe(outputs['spec-digest']);
  }, 400_000);

  it('is found out anew where what was kept of it is damaged', async () => {
    const args = [...AMD64, '--module-overrides', OVERRIDE];
    const first = await build([...args, '--output-dir', join(HERE, 'first')]);
    const store = storeWithoutResults(join(HERE, 'store'));
    const facts = join(store, 'facts');
    const name = contentOf(facts)
      ?.map((line) => line.split(' ')[0] ?? '')
      .find(
        (each) => each.startsWith('go-mod-') && readFileSync(join(facts, each), 'utf8').includes(modOf(first.spec)),
      );
    const record = join(facts, name ?? 'missing');
    // Another time, still a number: it would be the time of the images.
    writeFileSync(record, readFileSync(record, 'utf8').replace(/"time":\d/, '"time":2'));
    const again = await build([...args, '--output-dir', join(HERE, 'anew')], { env: { PUSHGATEWAY_TTL_CACHE: store } });
    expect(again.digest).toBe(first.digest);
  }, 400_000);
});

function modOf(spec: string): string {
  return JSON.parse(spec).modules.goMod;
}

describe('a patch that breaks the source', () => {
  it('is named with the file and line that the compiler shows, and nothing is left', async () => {
    const file = join(HERE, 'break-it.patch');
    const lines = [
      '--- a/main.go',
      '+++ b/main.go',
      '@@ -54,3 +54,5 @@',
      ' func init() {',
      '+\tvar broken int = "text"',
    ];
    lines.push('+\t_ = broken');
    lines.push(' \tprometheus.MustRegister(versioncollector.NewCollector("pushgateway"))', ' }');
    writeFileSync(file, `${lines.join('\n')}\n`);
    const out = join(HERE, 'broken');
    const temporary = emptyFolder(HERE, 'temporary');
    const args = ['build', ...AMD64, '--patches', 'ttl', '--patches', file, '--output-dir', out];
    const ended = await program(args, { env: { TMPDIR: temporary } });
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/^error: Compiling for linux\/amd64 failed:\n/m);
    expect(ended.stderr).toMatch(/^\.\/main\.go:55:19: cannot use "text" .* as int value/m);
    expect(ended.stderr).toContain('The tree is patched with ttl, break-it.');
    expect(ended.stderr).not.toMatch(/^ +at /m);
    expect(contentOf(out)).toBeUndefined();
    expect(contentOf(temporary)).toEqual([]);
  }, 400_000);

  it('leaves no process behind', async () => {
    const { stdout } = await exec('ps', ['-eo', 'args']);
    expect(stdout.split('\n').filter((line) => line.includes(HERE))).toEqual([]);
  });
});
