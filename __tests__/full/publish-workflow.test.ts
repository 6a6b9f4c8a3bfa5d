import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { sha256Hex } from '../../src/base/hash.js';
import { folderForTests } from '../integration/folders.js';
import { act, cleanClone, edit, summariesOf } from '../support/act.js';
import { startVersity } from '../support/buckets.js';
import { type Ended, mustExec, PROJECT, SHARED_STORE } from '../support/program.js';
import { keysIn, mustPublish, pullWhole, tagsOn, versionedImages } from '../support/published.js';
import { tool } from '../support/tools.js';
import { startWebsite } from '../support/website.js';

const HERE = folderForTests('publish-workflow');
const WORKFLOW = '.github/workflows/publish.yml';
const TAG = '1.11.3-ttl.1';
const OLD = ['1.9.0', '1.10.0', '1.11.3'];

/** What act shows of an output, of the last step that has one of that name. */
function output({ stdout }: Ended, name: string): string | undefined {
  return [...stdout.matchAll(new RegExp(`::set-output:: ${name}=(.*)$`, 'gm'))].at(-1)?.[1];
}

it('asks for the permissions and shows the secrets where they are needed, and nowhere else', () => {
  const text = readFileSync(join(PROJECT, WORKFLOW), 'utf8');
  const { permissions, jobs } = parse(text);
  expect(permissions).toEqual({});
  expect(jobs.publish.permissions).toEqual({ contents: 'read' });
  const { steps, ...rest } = jobs.publish;
  const [last, ...others] = [...steps].reverse();
  expect(last.uses).toBe('./publish');
  expect(Object.keys(last.env)).toEqual(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']);
  expect(JSON.stringify([rest, others])).not.toContain('secrets.');
  for (const { run = '' } of steps) expect(run).not.toContain('${{');
  // Every variable and secret is explained, and every input is one of the action's.
  const [comment = ''] = text.split('name: Publish');
  for (const [, name] of text.matchAll(/(?:vars|secrets)\.(\w+)/g)) expect(comment).toContain(name);
  const { inputs } = parse(readFileSync(join(PROJECT, 'publish/action.yml'), 'utf8'));
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(last.with)));
});

it('builds and publishes under act; the next run uploads nothing; and the newest tags stay', async () => {
  const store = await startVersity(join(HERE, 'store'));
  const to = store.destination('', '&suffix=.json');
  const site = await startWebsite(store);
  for (const [seed, tag] of OLD.entries()) {
    await versionedImages(join(HERE, tag), seed, tag);
    await mustPublish(store, 'container', 'push', '-t', `pushgateway:${tag}`, join(HERE, tag), to);
    const bin = join(HERE, tag, 'bin', 'linux', 'amd64');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'pushgateway'), tag);
    await mustPublish(store, 'static', 'push', '-t', `pushgateway:${tag}`, join(HERE, tag, 'bin'), to);
  }

  const clone = await cleanClone(HERE);
  // Other tests have compiled these; that a build without cache is another process of the same bytes, they show too.
  edit(clone, WORKFLOW, '          cache: false #', '          cache: true #');
  const secrets = Object.entries(store.env).flatMap(([name, value]) => ['--secret', `${name}=${value}`]);
  const publish = (place: string, variables: readonly string[]) =>
    act(clone, 'publish.yml', 'ubuntu-24.04', join(HERE, place), [
      ...['--input', 'platforms=linux/amd64,linux/arm64', '--env', `PUSHGATEWAY_TTL_CACHE=${SHARED_STORE}`],
      ...variables.flatMap((each) => ['--var', each]),
      ...secrets,
    ]);

  const refused = await publish('refused', []);
  expect(refused.code).toBe(1);
  expect(`${refused.stdout}${refused.stderr}`).toContain('Set the repository variable PUBLISH_TO');

  const first = await publish('first', [`PUBLISH_TO=${to}`, 'PUBLISH_KEEP=2']);
  const said = `${first.stdout}\n${first.stderr}`;
  expect(first.code, said).toBe(0);
  expect(said).not.toContain(store.env.AWS_SECRET_ACCESS_KEY);
  const digest = output(first, 'digest');
  expect(Number(output(first, 'uploaded')), said).toBeGreaterThan(10);
  expect(summariesOf(first).join('\n')).toContain(`Published pushgateway:${TAG}`);

  // The two that are newest by version, and what they need.
  expect(await tagsOn(site.url, 'pushgateway')).toEqual(['1.11.3', TAG]);

  expect(await (await fetch(`${site.url}/df-dist-v1/pushgateway.json`)).json()).toEqual({
    name: 'pushgateway',
    tags: ['1.11.3', TAG],
  });
  const keys = await keysIn(store);
  expect(keys.filter((key) => /1\.9\.0|1\.10\.0/.test(key))).toEqual([]);
  for (const tag of ['1.11.3', TAG]) await pullWhole(site.url, 'pushgateway', tag);

  const source = `docker://${site.host}/pushgateway:${TAG}`;
  const copy = ['--insecure-policy', 'copy', '--all', '--preserve-digests', '--src-tls-verify=false', source];
  await mustExec(tool('skopeo'), [...copy, `oci:${join(HERE, 'pulled')}:x`]);
  const [index] = JSON.parse(readFileSync(join(HERE, 'pulled', 'index.json'), 'utf8')).manifests;
  expect(index.digest).toBe(digest);
  const platform = 'linux/amd64/pushgateway';
  const address = `${site.url}/df-dist-v1/pushgateway/${TAG}/${platform}`;
  await mustExec('curl', ['-sS', '--fail', '-o', join(HERE, 'curled'), address]);
  const checksums = JSON.parse(output(first, 'checksums') ?? '{}');
  expect(checksums[platform], said).toBe(sha256Hex(readFileSync(join(HERE, 'curled'))));

  const second = await publish('second', [`PUBLISH_TO=${to}`, 'PUBLISH_KEEP=2']);
  expect(second.code, second.stdout).toBe(0);
  expect([output(second, 'uploaded'), output(second, 'digest')]).toEqual(['0', digest]);
  expect(await keysIn(store)).toEqual(keys);
}, 600_000);
