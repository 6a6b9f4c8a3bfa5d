import { setTimeout as sleep } from 'node:timers/promises';
import { type Family, family, type Metric, type Value } from '../../support/families.js';
import { stampsOfApi } from '../../support/groups.js';
import { type Encoding, type Push, type Pushed, push } from '../../support/push.js';
import type { Life } from './lives.js';

/** One push or deletion of a row. */
export interface Step {
  /** Seconds after the answer to the first step. */
  readonly at: number;
  readonly method: Push['method'];
  /** Which of the row's groups; they differ in their job. */
  readonly group: string;
  readonly body: readonly Family[] | string;
  /** The status that is expected. */
  readonly status: number;
  /** What the answer's body has to contain. */
  readonly says: string;
  readonly gzip: boolean;
  /** What follows `/metrics/`; JOB stands for the job, JOB64 for the job in base64. */
  readonly path: string;
}

/** What is shown once the last step is answered. */
export interface Shown {
  readonly family: string;
  readonly type?: string;
  readonly help?: string;
  /** Of the only sample; `step` stands for a time between a step's start and its answer. */
  readonly value?: number | { readonly step: number };
  /** Of the only sample, but for the job. */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * One row of the table: what is pushed, and what is there for how long. Families are named `NAME`, or `GROUP:NAME`
 * where the row has more than one group; what is not named may never be there.
 */
export interface Row {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly lives: Readonly<Record<string, Life | readonly Life[]>>;
  readonly shows?: readonly Shown[];
  /** Both unless said otherwise. */
  readonly encodings?: readonly Encoding[];
}

type More = Partial<Pick<Step, 'status' | 'says' | 'group' | 'gzip' | 'path'>>;

function step(method: Push['method'], at: number, body: Step['body'], more: More): Step {
  const status = method === 'DELETE' ? 202 : 200;
  return { at, method, body, group: '', says: '', gzip: false, path: 'job/JOB', status, ...more };
}

export const post = (at: number, body: Step['body'], more: More = {}) => step('POST', at, body, more);
export const put = (at: number, body: Step['body'], more: More = {}) => step('PUT', at, body, more);
export const del = (at: number, more: More = {}) => step('DELETE', at, '', more);

/** `push_ttl_seconds`. */
export function ttl(value: Value | readonly Metric[], type: Family['type'] = 'gauge', help = ''): Family {
  return family('push_ttl_seconds', value, type, help);
}

/** The two families that the Pushgateway adds to every group, and those that a row names to go with them. */
export function groupLives(life: Life | readonly Life[], ...names: string[]): Record<string, Life | readonly Life[]> {
  return Object.fromEntries(['push_time_seconds', 'push_failure_time_seconds', ...names].map((name) => [name, life]));
}

/** The same lives in another group of the row. */
export function inGroup(group: string, lives: Row['lives']): Row['lives'] {
  return Object.fromEntries(Object.entries(lives).map(([name, one]) => [`${group}:${name}`, one]));
}

/** A step came too late for what the row wants to see: the machine was busy. To be tried again. */
export class TooLate extends Error {}

/** How much later than planned a step may be answered, in seconds. Rows are made so that this makes no difference. */
const LATENESS = 1;

/** Does the steps of a row at their times, in groups of which the jobs begin with `id`. */
export async function perform(url: string, row: Row, encoding: Encoding, id: string): Promise<Pushed[]> {
  const done: Pushed[] = [];
  for (const [index, { at, method, group, body, status, says, gzip, path }] of row.steps.entries()) {
    const [first] = done;
    if (first) await sleep(Math.max(0, first.answered + at * 1000 - performance.now()));
    const job = jobOf(id, group);
    const full = path.replace('JOB64', Buffer.from(job).toString('base64url')).replace('JOB', job);
    const answer = await push(url, { method, path: `/metrics/${full}`, body, encoding, gzip });
    const latest = (first ?? answer).sent + (at + LATENESS) * 1000;
    const isInTime = () => performance.now() <= latest;
    if (isInTime()) {
      const text = answer.text.replaceAll(/\s+/g, ' ');
      if (answer.status !== status || !text.includes(says))
        throw new Error(`${method} ${full} answered ${answer.status} ${text}, not ${status} ${says}`);
      // Without the consistency check, the answer comes before the push is stored.
      if (status === 202 && method !== 'DELETE') while (isInTime() && !(await isStored(url, job, answer)));
    }
    if (!isInTime()) throw new TooLate(`step ${index} of ${row.name}`);
    done.push({ ...answer, answered: performance.now(), answeredDate: Date.now() });
  }
  return done;
}

/** Whether a push to a job's group, successful or not, is to be seen. */
async function isStored(url: string, job: string, { sentDate }: Pushed): Promise<boolean> {
  const stamps = stampsOfApi(await (await fetch(`${url}/api/v1/metrics`)).text());
  return [...stamps].some(([name, stamp]) => name.startsWith(`${job} push_`) && stamp >= sentDate);
}

export function jobOf(id: string, group: string): string {
  return group === '' ? id : `${id}.${group}`;
}

/** `JOB FAMILY` of what a row calls `FAMILY` or `GROUP:FAMILY`. */
export function fullName(id: string, name: string): string {
  const [family = '', group = ''] = name.split(':').reverse();
  return `${jobOf(id, group)} ${family}`;
}
