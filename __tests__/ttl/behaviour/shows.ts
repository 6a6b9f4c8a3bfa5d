import { expect } from 'vitest';
import type { ShownFamily } from '../../support/exposition.js';
import type { Times } from '../../support/push.js';
import type { Judge } from './lives.js';
import { fullName, type Shown, TooLate } from './rows.js';
import { PATHS, type Read } from './watch.js';

/** Checks what is shown of a family by all reads that began after the last step and have to show it. */
export function checkShown(
  shown: Shown,
  id: string,
  steps: readonly Times[],
  reads: readonly Read[],
  judges: ReadonlyMap<string, Judge>,
): void {
  const name = fullName(id, shown.family);
  const since = Math.max(...steps.map(({ answered }) => answered));
  const fit = reads.filter((read) => read.start >= since && judges.get(name)?.expects(read) === true);
  const [job, plain] = [name.slice(0, name.lastIndexOf(' ')), name.slice(name.lastIndexOf(' ') + 1)];
  for (const path of PATHS) {
    const found = fit.filter(({ source }) => source === path);
    if (found.length === 0) throw new TooLate(`no read of ${path} for ${name}`);
    for (const read of found) {
      const family = read.groups().get(job)?.get(plain);
      expect(family, `${name} in ${path}`).toBeDefined();
      if (family) checkFamily(shown, family, job, steps, `${name} in ${path}`, path !== '/');
    }
  }
}

function checkFamily(
  { type, help, value, labels }: Shown,
  family: ShownFamily,
  job: string,
  steps: readonly Times[],
  where: string,
  hasSamples: boolean,
): void {
  if (type !== undefined) expect(family.type, where).toBe(type);
  if (help !== undefined) expect(family.help, where).toBe(help);
  if (!hasSamples || (value === undefined && labels === undefined)) return;
  const [sample, ...others] = family.samples;
  expect(others, where).toEqual([]);
  if (labels) expect(sample?.labels, where).toEqual({ job, ...labels });
  if (typeof value === 'number') expect(Number(sample?.value), where).toBe(value);
  else if (value) checkTime(Number(sample?.value) * 1000, steps[value.step], where);
}

function checkTime(milliseconds: number, step: Times | undefined, where: string): void {
  expect(milliseconds, where).toBeGreaterThan((step?.sentDate ?? Number.NaN) - 50);
  expect(milliseconds, where).toBeLessThan((step?.answeredDate ?? Number.NaN) + 50);
}
