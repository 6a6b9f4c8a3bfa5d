import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/base/hash.js';
import { SPEC_LABEL } from '../../src/spec/build-spec.js';
import { canonicalJson } from '../../src/spec/canonical.js';
import type { Difference } from '../../src/verify/difference.js';
import type { Report } from '../../src/verify/report/report.js';
import { removeFolder, scratch } from '../support/files.js';
import { build, freshFolder } from '../support/program.js';
import { schemaErrors } from '../support/report-schema.js';
import { writeFiles } from '../support/repository.js';
import { asStranger, type StrangerRun } from '../support/stranger.js';
import { changedLayout, type ImageParts, type Json, type TakenApart, takeApart } from '../support/taken-apart.js';
import { patchThatSays, VERSIONED_TREE } from '../support/versioned-tree.js';
import { bombOf, manyFiles, TAMPERINGS } from './tamperings.js';

const PLACE = freshFolder('tampering');
const SOURCE = join(PLACE, 'source');
const [ONE, TWO] = ['greets-you', 'greets-all'].map((name) => join(PLACE, `${name}.patch`)) as [string, string];
const NAMED = ['--allow-source', SOURCE, '--patches', ONE, '--patches', TWO];

/** Megabytes that a run may have at most, whatever it is given. */
const MEMORY = 500;
/** Milliseconds in which two images are compared. */
const LIMIT = 60_000;

async function make(name: string, args: readonly string[]): Promise<string> {
  const shared = ['--sbom=false', '--source', SOURCE, '--source-date-epoch=1700000000'];
  const { layout } = await build([...shared, ...args, '--output-dir', join(PLACE, name)], { cwd: PLACE });
  return layout;
}

function bounded(args: readonly string[], limit = LIMIT): Promise<StrangerRun> {
  return asStranger(args, { heap: 400, limit });
}

function tampered(from: string, change: (image: TakenApart) => void = () => {}): string {
  const to = join(scratch(), 'tampered');
  changedLayout(from, to, change);
  return to;
}

function differences({ index, platforms }: Report): Difference[] {
  return [...index, ...platforms.flatMap((platform) => platform.differences)];
}

beforeAll(() => {
  writeFiles(SOURCE, VERSIONED_TREE);
  writeFileSync(ONE, patchThatSays('You'));
  writeFileSync(TWO, patchThatSays('Everyone'));
});

const told: string[] = [];

describe('diff', () => {
  let good: string;

  beforeAll(async () => {
    writeFileSync(join(PLACE, 'motd'), 'hello\n');
    const extra = ['--extra-files', `${join(PLACE, 'motd')}:/etc/motd`];
    good = await make('good', [
      '--platforms=linux/amd64,linux/arm64',
      '--labels=com.example.a=b',
      ...extra,
      '--patches',
      ONE,
    ]);
  }, 300_000);

  it('tells nothing where nothing was done', async () => {
    const { code, stdout } = await bounded(['diff', '--json', `oci:${good}`, `oci:${tampered(good)}`]);
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, verdict: 'reproducible', causes: [] });
  });

  it.each(TAMPERINGS)('tells $title', async ({ change, after, verdict, cause, where, says, level }) => {
    const bad = tampered(good, change);
    await after?.(bad);
    const { code, stdout, stderr, milliseconds, peak } = await bounded(['diff', '--json', `oci:${good}`, `oci:${bad}`]);
    told.push(`${milliseconds} ms, ${Math.round(peak)} MB`);
    expect(stdout, stderr).not.toBe('');
    const report: Report = JSON.parse(stdout);
    expect(schemaErrors(report)).toEqual([]);
    const found = differences(report);
    const shown = JSON.stringify({ verdict: report.verdict, found: found.slice(0, 20) }, undefined, 1);
    expect({ code, verdict: report.verdict }, shown).toEqual({ code: 1, verdict });
    const weight = {
      'content-differs': 'content',
      'metadata-differs': 'metadata',
      'compression-differs': 'compression',
    };
    const there = found.filter((each) => each.level === level && each.cause === cause && where.test(each.where));
    expect(there, shown).not.toEqual([]);
    expect(
      there.map((each) => each.weight),
      shown,
    ).toContain(weight[verdict]);
    if (says) expect(there.map(({ a, b }) => `${a} ${b}`).join('\n'), shown).toMatch(says);
    // What is told first is what weighs most.
    const [first] = report.causes;
    if (cause !== undefined) {
      expect(
        report.causes.map(({ id }) => id),
        shown,
      ).toContain(cause);
      expect(first, shown).toMatchObject({ weight: weight[verdict], sentence: /./, fix: /./ });
    }
    expect(peak).toBeLessThan(MEMORY);
  });

  it('stops at 8 GB of whatever a layer unpacks to', async () => {
    const bad = tampered(good, ({ images: [image] }) => {
      const [layer] = image?.layers ?? [];
      if (layer) layer.packed = bombOf(1000);
    });
    const { stdout, milliseconds, peak } = await bounded(['diff', '--json', `oci:${good}`, `oci:${bad}`], 240_000);
    told.push(`${milliseconds} ms, ${Math.round(peak)} MB`);
    const [found] = differences(JSON.parse(stdout));
    expect(found).toMatchObject({ cause: 'hostile', where: 'layer 1', b: /more than 8589934592/ });
    expect(peak).toBeLessThan(MEMORY);
  }, 300_000);

  it('stops where there are more files than it can keep', async () => {
    const [one, other] = ['a', 'b'].map((seed) =>
      tampered(good, ({ images }) => {
        const [layer] = images[0]?.layers ?? [];
        if (layer) layer.packed = manyFiles(seed, 299);
        images.pop();
      }),
    );
    const { stdout, milliseconds, peak } = await bounded(['diff', '--json', `oci:${one}`, `oci:${other}`], 240_000);
    told.push(`${milliseconds} ms, ${Math.round(peak)} MB`);
    const report: Report = JSON.parse(stdout);
    expect(schemaErrors(report)).toEqual([]);
    expect(report).toMatchObject({ verdict: 'content-differs' });
    expect(differences(report).length).toBeLessThanOrEqual(1000);
    expect(peak).toBeLessThan(MEMORY);
  }, 300_000);

  it('names what it is told of on the side that it is on', async () => {
    const bad = tampered(good, ({ images: [image] }) => image?.layers.splice(0, 1));
    const sides = async (a: string, b: string) => {
      const { stdout } = await bounded(['diff', '--json', `oci:${a}`, `oci:${b}`]);
      return differences(JSON.parse(stdout)).map(({ where, a, b }) => ({ where, a, b }));
    };
    const forth = await sides(good, bad);
    expect(forth).not.toEqual([]);
    expect(await sides(bad, good)).toEqual(forth.map(({ where, a, b }) => ({ where, a: b, b: a })));
  });
});

const setSpec = ({ config }: ImageParts, change: (spec: Json) => void) => {
  const labels = config.json.config.Labels;
  const spec = JSON.parse(labels[SPEC_LABEL]);
  change(spec);
  labels[SPEC_LABEL] = canonicalJson(spec);
};

describe('verify', () => {
  let [one, two, both, older] = ['', '', '', ''];

  beforeAll(async () => {
    one = await make('one', ['--platforms=linux/amd64', '--patches', ONE]);
    two = await make('two', ['--platforms=linux/amd64', '--patches', TWO]);
    both = await make('both', ['--platforms=linux/amd64,linux/arm64', '--patches', ONE]);
    older = await make('older', ['--platforms=linux/amd64', '--patches', ONE, '--go-version=1.26.7']);
  }, 600_000);

  async function judged(
    layout: string,
    more: readonly string[] = [],
  ): Promise<{ run: StrangerRun; report: Report; shown: string }> {
    const run = await bounded(['verify', `oci:${layout}`, ...NAMED, ...more], 240_000);
    const { report } = run;
    expect(report, run.stderr).toBeDefined();
    expect(schemaErrors(report)).toEqual([]);
    expect(run.peak).toBeLessThan(MEMORY);
    expect(run.stdout.trim()).toBe(report.verdict);
    told.push(`${run.milliseconds} ms, ${Math.round(run.peak)} MB`);
    return { run, report, shown: `${run.stderr}\n${JSON.stringify(differences(report), undefined, 1)}` };
  }

  it('finds nothing where nothing was done', async () => {
    const { run, report, shown } = await judged(tampered(both));
    expect({ code: run.code, verdict: report.verdict }, shown).toEqual({ code: 0, verdict: 'reproducible' });
  }, 300_000);

  interface Lie {
    readonly about: string;
    readonly from: () => string;
    readonly change: (spec: Json) => void;
    readonly cause: string;
    readonly where: RegExp;
    readonly sentence: RegExp;
    readonly fix: RegExp;
  }

  const lies: readonly Lie[] = [
    {
      about: 'Go',
      from: () => older,
      change: (spec) => {
        spec.go = '1.26.8';
      },
      cause: 'go-version',
      where: /^usr\/local\/bin\/pushgateway: Go version$/,
      sentence: /go1\.26\.7, the rebuild with go1\.26\.8/,
      fix: /--go-version 1\.26\.7/,
    },
    {
      about: 'patches',
      from: () => one,
      change: (spec) => {
        spec.patches = [{ name: 'greets-all', sha256: sha256Hex(readFileSync(TWO)) }];
      },
      cause: 'patches',
      where: /^usr\/local\/bin\/pushgateway: function main\.sayYou$/,
      sentence: /sayYou/,
      fix: /--patches/,
    },
    {
      about: 'the version',
      from: () => one,
      change: (spec) => {
        spec.version = '1.11.3-evil';
      },
      cause: 'version',
      where: /^usr\/local\/bin\/pushgateway: text given to the linker$/,
      sentence: /1\.11\.3\+greets-you.*1\.11\.3-evil/,
      fix: /--version-suffix/,
    },
    {
      about: 'the time',
      from: () => one,
      change: (spec) => {
        spec.sourceDateEpoch += 1;
      },
      cause: 'epoch',
      where: /^created$/,
      sentence: /22:13:20Z, in the rebuild 2023-11-14T22:13:21Z/,
      fix: /--source-date-epoch 1700000000/,
    },
  ];

  it.each(lies)(
    'finds a spec that lies about $about',
    async ({ from, change, cause, where, sentence, fix }) => {
      const bad = tampered(from(), ({ images: [image] }) => image && setSpec(image, change));
      const { run, report, shown } = await judged(bad);
      expect({ code: run.code, verdict: report.verdict }, shown).toEqual({ code: 1, verdict: 'content-differs' });
      expect(report.causes[0], shown).toMatchObject({ id: cause, platforms: ['linux/amd64'] });
      expect(report.causes[0]?.sentence).toMatch(sentence);
      expect(report.causes[0]?.fix).toMatch(fix);
      expect(
        differences(report).filter((each) => each.cause === cause && where.test(each.where)),
        shown,
      ).not.toEqual([]);
      // As a person reads it.
      expect(run.stderr).toMatch(/^verdict: {2}content-differs \(1 of 1 platform\)$/m);
      expect(run.stderr).toMatch(sentence);
    },
    300_000,
  );

  const flip = ({ images: [image] }: TakenApart) => {
    const [layer] = image?.layers ?? [];
    if (!layer) throw new Error('there is no layer');
    layer.archive = Buffer.from(layer.archive);
    const at = layer.archive.indexOf('the program greets');
    layer.archive[at] = (layer.archive[at] ?? 0) ^ 1;
  };

  it('finds a bit in the binary, on the platform that has it', async () => {
    const { run, report, shown } = await judged(tampered(both, flip));
    expect({ code: run.code, verdict: report.verdict }, shown).toEqual({ code: 1, verdict: 'content-differs' });
    expect(report.platforms.map(({ platform, verdict }) => [platform, verdict])).toEqual([
      ['linux/amd64', 'content-differs'],
      ['linux/arm64', 'reproducible'],
    ]);
    expect(report.causes, shown).toMatchObject([{ id: 'files', platforms: ['linux/amd64'] }]);
    expect(
      differences(report).map(({ level, where }) => `${level} ${where}`),
      shown,
    ).toMatchObject([expect.stringMatching(/^binary usr\/local\/bin\/pushgateway: \.rodata/)]);
  }, 300_000);

  it('finds a bit on the platform that was asked for alone', async () => {
    const bad = tampered(both, flip);
    const other = await judged(bad, ['--platforms=linux/arm64']);
    expect(other.run.code, other.shown).toBe(0);
    expect(other.report).toMatchObject({
      verdict: 'reproducible',
      checked: { platforms: 1, of: 2 },
      unchecked: ['linux/amd64'],
    });
    expect(other.run.stderr).toMatch(/^verdict: {2}reproducible \(1 of 2 platforms\)$/m);
    expect(other.run.stderr).toMatch(/^not checked: linux\/amd64$/m);
  }, 300_000);

  it('finds a changed label, and says that it weighs little', async () => {
    const bad = tampered(one, ({ images: [image] }) => {
      if (image) image.config.json.config.Labels['org.opencontainers.image.source'] = 'https://evil.example';
    });
    const { run, report, shown } = await judged(bad, ['--fail-on=content-differs']);
    expect({ code: run.code, verdict: report.verdict }, shown).toEqual({ code: 0, verdict: 'metadata-differs' });
    expect(report.causes, shown).toMatchObject([{ id: 'labels', weight: 'metadata' }]);
    expect(report.causes[0]?.sentence).toContain('https://evil.example');
  }, 300_000);

  it('finds that a layer was compressed again', async () => {
    const bad = tampered(one, ({ images: [image] }) => {
      const [layer] = image?.layers ?? [];
      if (layer) layer.packed = gzipSync(layer.archive, { level: 9 });
    });
    const { run, report, shown } = await judged(bad);
    expect({ code: run.code, verdict: report.verdict }, shown).toEqual({ code: 1, verdict: 'compression-differs' });
    expect(report.causes, shown).toMatchObject([{ id: 'compressor' }]);
  }, 300_000);

  it('finds another entrypoint', async () => {
    const bad = tampered(one, ({ images: [image] }) => {
      if (image) image.config.json.config.Entrypoint = ['/bin/sh', '-c', 'evil'];
    });
    const { run, report, shown } = await judged(bad);
    expect({ code: run.code, verdict: report.verdict }, shown).toEqual({ code: 1, verdict: 'content-differs' });
    expect(report.causes, shown).toMatchObject([{ id: 'behaviour' }]);
    expect(report.causes[0]?.sentence).toContain('evil');
  }, 300_000);

  it('finds a platform that is there twice', async () => {
    const bad = tampered(one, ({ index }) => {
      index.finish = ({ manifests }) => void manifests.push(manifests[0]);
    });
    const { run, report, shown } = await judged(bad);
    expect({ code: run.code, verdict: report.verdict }, shown).toEqual({ code: 1, verdict: 'content-differs' });
    expect(report.causes, shown).toMatchObject([{ id: 'platforms' }]);
  }, 300_000);

  it('refuses to choose between the specs of two builds', async () => {
    const [stranger] = takeApart(two).images;
    const bad = tampered(both, ({ images }) => {
      if (!stranger) throw new Error('there is no image');
      images[1] = { ...stranger, entry: { ...stranger.entry, platform: images[1]?.entry.platform } };
    });
    const { run, report, shown } = await judged(bad);
    expect({ code: run.code, verdict: report.verdict }, shown).toEqual({ code: 3, verdict: 'not-performed' });
    expect(report.reason).toMatchObject({ kind: 'spec-differs', field: 'patches[0].name' });
    expect(report.reason?.message).toContain('linux/arm64');
  });

  it('finds a child of another build, whatever spec it shows', async () => {
    const [stranger] = takeApart(two).images;
    const bad = tampered(both, ({ images }) => {
      const [image, other] = images;
      if (!stranger || !image || !other) throw new Error('there is no image');
      const labels = image.config.json.config.Labels;
      stranger.config.json.config.Labels[SPEC_LABEL] = labels[SPEC_LABEL];
      images[1] = { ...stranger, entry: { ...stranger.entry, platform: other.entry.platform } };
    });
    const { run, report, shown } = await judged(bad);
    expect({ code: run.code, verdict: report.verdict }, shown).toEqual({ code: 1, verdict: 'content-differs' });
    expect(
      report.platforms.map(({ platform, verdict }) => [platform, verdict]),
      shown,
    ).toEqual([
      ['linux/amd64', 'reproducible'],
      ['linux/arm64', 'content-differs'],
    ]);
    expect(report.causes.map(({ id }) => id)).toEqual(expect.arrayContaining(['go-architecture', 'behaviour']));
  }, 300_000);

  it('finds damage before anything is built', async () => {
    const bad = tampered(both, ({ images }) => {
      const image = images[1];
      if (image) image.config.bytes = (bytes) => bytes.subarray(0, 100);
    });
    const { run, report, shown } = await judged(bad);
    expect({ code: run.code, verdict: report.verdict }, shown).toEqual({ code: 1, verdict: 'content-differs' });
    expect(report.index, shown).toMatchObject([{ where: 'linux/arm64: config', cause: 'damaged' }]);
    expect(report).toMatchObject({ checked: { platforms: 0, of: 2 }, rebuiltDigest: null });
    expect(run.stderr).not.toContain('Rebuild');
  });

  it('finds an index that nobody can read', async () => {
    const bad = tampered(one, ({ index }) => {
      index.bytes = (bytes) => Buffer.concat([bytes, Buffer.from('x')]);
    });
    const { run, report, shown } = await judged(bad);
    expect({ code: run.code, verdict: report.verdict }, shown).toEqual({ code: 1, verdict: 'content-differs' });
    expect(report).toMatchObject({ digest: null, rebuiltDigest: null, causes: [{ id: 'damaged' }] });
  });

  it('finds a bomb where a layer should be', async () => {
    const bad = tampered(one, ({ images: [image] }) => {
      const [layer] = image?.layers ?? [];
      if (layer) layer.packed = bombOf(20);
    });
    const { run, report, shown } = await judged(bad);
    expect({ code: run.code, verdict: report.verdict }, shown).toEqual({ code: 1, verdict: 'content-differs' });
    expect(report.causes, shown).toMatchObject([{ id: 'hostile' }]);
  }, 300_000);
});

afterAll(() => {
  console.log(told.join('\n'));
  removeFolder(PLACE);
});
