import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderForTests } from '../integration/folders.js';
import { act, cleanClone, summariesOf } from '../support/act.js';
import { type Ended, mustExec } from '../support/program.js';

const HERE = folderForTests('act-registry');
const place = join(HERE, 'place');
let clone: string;
let run: Ended;

beforeAll(async () => {
  clone = await cleanClone(HERE);
  run = await act(clone, 'registry.yml', 'ubuntu-24.04', place);
}, 1_800_000);

/** An output, as the step that reads them has printed it. */
function output(name: string): string {
  const value = new RegExp(`\\| ${name}=(.*)$`, 'm').exec(run.stdout)?.[1];
  if (value === undefined) throw new Error(`no output ${name} in\n${run.stdout}`);
  return value;
}

describe('the action, pushing to a registry with certificate and password under act in host mode', () => {
  it('ends well, and so do the steps that read the outputs and ask the registry and the storage', () => {
    expect(run.code, `${run.stdout}\n${run.stderr}`).toBe(0);
    for (const step of ['./', 'Read every output', 'Ask the registry and the container storage', 'End the registry'])
      expect(run.stdout).toContain(`Success - Main ${step}`);
    expect(run.stdout).toContain('Success - Post ./');
    const digest = output('digest');
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(run.stdout).toContain(`| the registry has ${digest} with 3 images, byte for byte\n`);
    expect(run.stdout).toContain(
      `| podman has ${output('references')} as a manifest list, and pushes it on as ${digest}\n`,
    );
    expect(run.stdout).toContain('| no login was left\n');
  });

  it('restores and saves no cache, since it pushes', () => {
    expect(run.stdout).not.toMatch(/Restored the cache|No cache of an earlier run|Saved the cache/);
    expect(run.stdout).not.toContain('compiled by an earlier run');
  });

  it('leaves no login, neither in a home nor among temporary files', () => {
    const files = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(0);
    const logins = files
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => /(auth|config)\.json$/.test(path) && readFileSync(path, 'latin1').includes('"auths"'));
    expect(logins).toEqual([]);
    expect(run.stdout).toMatch(/ {2}\*\*\*$/m); // where a mask was asked for
  });
});

describe('the job summary', () => {
  const texts = (html: string, tag: string) =>
    [...html.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs'))].map(([, text = '']) => plain(text));
  const plain = (html: string) =>
    html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  let summary: string;

  beforeAll(() => {
    const summaries = summariesOf(run);
    expect(summaries).toHaveLength(1);
    summary = summaries[0] ?? '';
  });

  it('has a table of the platforms', () => {
    const [table = ''] = texts(summary, 'table');
    const [head = '', ...rows] = texts(table, 'tr');
    expect(texts(head, 'th')).toEqual(['platform', 'digest', 'size', 'compiled in', 'smoke test']);
    const digests = Object.entries(JSON.parse(output('image-digests')) as Record<string, string>);
    const cells = rows.map((row) => texts(row, 'td'));
    expect(cells.map(([platform, digest]) => [platform, digest])).toEqual(digests);
    for (const [, , size, time, test] of cells) {
      expect(size).toMatch(/^\d+\.\d MB$/);
      expect(time).toMatch(/^\d+\.\d s$/);
      expect(test).toMatch(/^passed \(.+\)$/);
    }
  });

  it('has the digest of the index and the command that pulls it, each alone, to be copied', () => {
    const blocks = texts(summary, 'code');
    expect(blocks).toContain(output('digest'));
    expect(blocks).toContain(`podman pull ${output('image')}@${output('digest')}`);
  });

  it('has the command that builds the same again', async () => {
    const command = texts(summary, 'code').find((block) => block.startsWith('node . build'));
    const plan = await mustExec('sh', ['-c', `${command} --dry-run --json`], { cwd: clone });
    expect(JSON.parse(plan)).toMatchObject({ 'spec-digest': output('spec-digest') });
    // As given, and not what any build would have.
    const without = await mustExec('sh', ['-c', 'node . build --dry-run --json'], { cwd: clone });
    expect(JSON.parse(without)['spec-digest']).not.toBe(output('spec-digest'));
  });

  it('has the phases as a diagram, one after the other', () => {
    const [, diagram = ''] = /\n\n```mermaid\n(gantt\n.*?)\n```\n/s.exec(summary) ?? [];
    const bars = [...diagram.matchAll(/^ {2}(.+) \(\d+\.\d s\) : (\d+), (\d+)$/gm)];
    const titles = bars.map(([, title]) => title);
    expect(titles).toEqual(['Registry', 'Source and spec', 'Compile', 'Images', 'Smoke test', 'Load', 'Push']);
    let before = 0;
    for (const [, title, start, end] of bars) {
      expect(Number(start), title).toBeGreaterThanOrEqual(before);
      expect(Number(end), title).toBeGreaterThan(Number(start));
      before = Number(start);
    }
  });
});
