import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PROJECT } from '../support/program.js';

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

interface Job {
  permissions?: Record<string, string>;
  'timeout-minutes'?: number;
  uses?: string;
  steps?: Step[];
}

interface Workflow {
  permissions?: unknown;
  concurrency?: unknown;
  jobs: Record<string, Job>;
}

const FOLDER = join(PROJECT, '.github', 'workflows');
const FILES = readdirSync(FOLDER).filter((name) => /\.ya?ml$/.test(name));
const text = (file: string) => readFileSync(join(FOLDER, file), 'utf8');

/** Every job of every workflow, as `FILE: JOB`. */
const JOBS = FILES.flatMap((file) =>
  Object.entries((parse(text(file)) as Workflow).jobs).map(([name, job]) => ({ at: `${file}: ${name}`, job })),
);
const STEPS = JOBS.flatMap(({ at, job }) => (job.steps ?? []).map((step) => ({ at, step })));

/** Where something is not as it has to be. */
const where = <T extends { at: string }>(all: readonly T[], isWrong: (one: T) => boolean) =>
  all.filter(isWrong).map(({ at }) => at);

describe('the workflows', () => {
  it('are there', () => {
    const needed = ['ci', 'check-dist', 'codeql', 'release', 'image', 'verify'].map((name) => `${name}.yml`);
    expect(FILES).toEqual(expect.arrayContaining(needed));
    expect(STEPS.length).toBeGreaterThan(30);
  });

  it.each(FILES)('%s pins every action of others by the commit of a version that it names', (file) => {
    const lines = text(file).split('\n');
    const remote = lines.filter((line) => /^\s*(- )?uses:/.test(line) && !/uses: \.\//.test(line));
    const loose = remote.filter((line) => !/uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line));
    expect(loose).toEqual([]);
  });

  it('have one commit for a version of an action, and one version of it', () => {
    const pins = new Map<string, Set<string>>();
    for (const [, action = '', pin = ''] of FILES.map(text)
      .join('\n')
      .matchAll(/uses: ([\w-]+\/[\w-]+)\S*?@(.*)$/gm))
      pins.set(action, new Set([...(pins.get(action) ?? []), pin]));
    expect(pins.size).toBeGreaterThan(5);
    expect([...pins].filter(([, found]) => found.size > 1)).toEqual([]);
  });

  it('begin with no permission at all, and each job states its own', () => {
    for (const file of FILES) expect([file, (parse(text(file)) as Workflow).permissions]).toEqual([file, {}]);
    expect(where(JOBS, ({ job }) => typeof job.permissions !== 'object')).toEqual([]);
  });

  it('say of each permission but that to read the source what it is for', () => {
    for (const file of FILES) {
      const lines = text(file).matchAll(/^ +([a-z-]+): (read|write)(.*)$/gm);
      const silent = [...lines].filter(([line, name, level, rest]) => {
        return !(name === 'contents' && level === 'read') && !/^ # \S/.test(rest ?? '') && line !== undefined;
      });
      expect([file, silent.map(([line]) => line)]).toEqual([file, []]);
    }
  });

  it('end, however long something hangs', () => {
    expect(where(JOBS, ({ job }) => !job.uses && !job['timeout-minutes'])).toEqual([]);
  });

  it('put no expression into a line of a shell: it goes through the environment', () => {
    expect(where(STEPS, ({ step }) => /\$\{\{/.test(step.run ?? ''))).toEqual([]);
  });

  it('leave no token in the checkout', () => {
    const checkouts = STEPS.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(10);
    expect(where(checkouts, ({ step }) => step.with?.['persist-credentials'] !== false)).toEqual([]);
  });

  it('never run what a pull request brings with more than it may have', () => {
    expect(FILES.filter((file) => /pull_request_target|workflow_run/.test(text(file)))).toEqual([]);
  });

  it('run scripts that are there', () => {
    const scripts = STEPS.flatMap(({ step }) => [...(step.run ?? '').matchAll(/node (\.github\/workflows\/\S+)/g)]);
    expect(scripts.length).toBeGreaterThan(8);
    const there = new Set(readdirSync(FOLDER).map((name) => `.github/workflows/${name}`));
    expect(scripts.map(([, path = '']) => path).filter((path) => !there.has(path))).toEqual([]);
  });

  it('run every suite that package.json has for CI, and no other script than those', () => {
    const { scripts } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { scripts: object };
    const called = STEPS.flatMap(({ step }) => [...(step.run ?? '').matchAll(/npm run ([\w:]+)/g)]).map(
      ([, name]) => name,
    );
    const { jobs } = parse(text('robustness.yml')) as {
      jobs: Record<string, { strategy: { matrix: { suite: string[] } } }>;
    };
    const suites = jobs.suite?.strategy.matrix.suite ?? [];
    expect(suites.toSorted()).toEqual(['coverage', 'test:faults', 'test:fuzz', 'test:mutations', 'test:workflows']);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining([...called, ...suites]));
    expect(text('ci.yml')).toContain('uses: ./.github/workflows/robustness.yml');
  });

  it('have one gate, which waits for every other job of CI', () => {
    const { jobs } = parse(text('ci.yml')) as { jobs: Record<string, { needs?: string[]; if?: string }> };
    const others = Object.keys(jobs).filter((name) => name !== 'gate');
    expect(jobs.gate?.needs?.toSorted()).toEqual(others.toSorted());
    expect(jobs.gate?.if).toBe('always()');
  });

  it('are checked with nothing left out: no finding is ignored in place, and one rule of zizmor for a reason', () => {
    expect(FILES.filter((file) => /zizmor: *ignore|shellcheck disable/.test(text(file)))).toEqual([]);
    const { rules } = parse(readFileSync(join(PROJECT, '.github', 'zizmor.yml'), 'utf8'));
    expect(rules).toEqual({ 'self-repository': { disable: true } });
    expect(readdirSync(join(PROJECT, '.github'))).not.toContain('actionlint.yaml');
  });
});
