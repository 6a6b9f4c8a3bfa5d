import type { Family } from '../../support/families.js';
import { type Groups, groupsOfApi, groupsOfMetrics, groupsOfPage } from '../../support/groups.js';
import { type Encoding, type Pushed, push } from '../../support/push.js';
import type { Server } from '../../support/pushgateway.js';

/** Pushes families to a job, and fails where they are refused. */
export async function pushTo(
  server: Server,
  job: string,
  body: readonly Family[],
  encoding: Encoding = 'text',
): Promise<Pushed> {
  const pushed = await push(server.url, { method: 'POST', path: `/metrics/job/${job}`, body, encoding });
  if (pushed.status !== 200 && pushed.status !== 202) throw new Error(`${job}: ${pushed.status} ${pushed.text}`);
  return pushed;
}

/** The groups that a server shows, which have to be the same in every way of reading: `JOB FAMILY`, in order. */
export async function shown(server: Server): Promise<string[]> {
  const [metrics = [], api = [], page = []] = await allNames(server);
  if (metrics.join() !== api.join() || metrics.join() !== page.join())
    throw new Error(`/metrics has ${metrics}\nthe API has ${api}\nthe page has ${page}`);
  return metrics;
}

/** Whether nothing shows any of these `JOB FAMILY`, although the server may be about to remove others. */
export async function isGone(server: Server, names: readonly string[]): Promise<boolean> {
  const found = await allNames(server);
  return found.flat().every((name) => !names.includes(name));
}

/** What each way of reading shows. */
function allNames({ url }: Server): Promise<string[][]> {
  const namesIn = async (path: string, parse: (text: string) => Groups) => {
    const response = await fetch(`${url}${path}`);
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 1000)}`);
    return namesOf(parse(text));
  };
  return Promise.all([
    namesIn('/metrics', groupsOfMetrics),
    namesIn('/api/v1/metrics', groupsOfApi),
    namesIn('/', groupsOfPage),
  ]);
}

/** `JOB FAMILY` of all, in order. */
export function namesOf(groups: Groups): string[] {
  return [...groups].flatMap(([job, families]) => [...families.keys()].map((name) => `${job} ${name}`)).sort();
}

/** What `shown` gives for groups with these families. */
export function groups(families: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.entries(families)
    .flatMap(([job, names]) =>
      [...names, 'push_time_seconds', 'push_failure_time_seconds'].map((name) => `${job} ${name}`),
    )
    .sort();
}
