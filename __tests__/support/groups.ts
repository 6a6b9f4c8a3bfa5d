import { parseExposition, type ShownFamily } from './exposition.js';

/** What was pushed: job → name of the family → the family. Tests give each group a job of its own. */
export type Groups = Map<string, Map<string, ShownFamily>>;

/** The groups in what `/metrics` answers. */
export function groupsOfMetrics(text: string): Groups {
  const groups: Groups = new Map();
  for (const [name, { type, help, samples }] of parseExposition(text)) {
    for (const sample of samples) {
      const { job } = sample.labels;
      if (job === undefined) continue;
      const group = groups.get(job) ?? new Map<string, ShownFamily>();
      group.set(name, { type, help, samples: [...(group.get(name)?.samples ?? []), sample] });
      groups.set(job, group);
    }
  }
  return groups;
}

interface ApiGroup {
  readonly labels: Readonly<Record<string, string>>;
  readonly last_push_successful: boolean;
  /** All others are families. */
  readonly [family: string]: unknown;
}

interface ApiFamily {
  readonly time_stamp: string;
  readonly type: string;
  readonly help?: string;
  readonly metrics: readonly { readonly labels: Readonly<Record<string, string>>; readonly value?: string }[];
}

/** The groups in what `/api/v1/metrics` answers. Histograms and summaries come without values. */
export function groupsOfApi(text: string): Groups {
  const shown = ({ type, help = '', metrics }: ApiFamily): ShownFamily => ({
    type,
    help,
    samples: metrics.map(({ labels, value = '' }) => ({ labels, value })),
  });
  return new Map(
    apiGroups(text).map(({ job, families }) => [job, new Map(families.map(([name, one]) => [name, shown(one)]))]),
  );
}

/** When the families of `/api/v1/metrics` were received: `JOB NAME` → milliseconds since 1970. */
export function stampsOfApi(text: string): Map<string, number> {
  const stamps = ({ job, families }: ReturnType<typeof apiGroups>[number]) =>
    families.map(([name, { time_stamp }]): [string, number] => [`${job} ${name}`, Date.parse(time_stamp)]);
  return new Map(apiGroups(text).flatMap(stamps));
}

function apiGroups(text: string): { job: string; families: [name: string, ApiFamily][] }[] {
  const { status, data } = JSON.parse(text) as { status: string; data?: readonly ApiGroup[] };
  if (status !== 'success') throw new Error(`the API answered ${text.slice(0, 500)}`);
  return (data ?? []).map(({ labels, last_push_successful: _, ...families }) => ({
    job: labels.job ?? '',
    families: Object.entries(families) as [string, ApiFamily][],
  }));
}

const GROUP = /id="group-panel-\d+"[\s\S]*?badge-warning">job="(?<job>[^"]*)"</;
const FAMILY =
  /collapse-down"><\/span>(?<name>[^\s<]+)\s+<span class="badge badge-light">(?<help>[^<]*)<\/span>\s*<span class="badge badge-success">(?<type>\w+)</;

/** The groups on the page that people look at, read without their samples. */
export function groupsOfPage(html: string): Groups {
  const groups: Groups = new Map();
  let group = new Map<string, ShownFamily>();
  for (const { groups: part = {} } of html.matchAll(new RegExp(`${GROUP.source}|${FAMILY.source}`, 'g'))) {
    if (part.job === undefined)
      group.set(part.name ?? '', { type: part.type ?? '', help: unescapeHtml(part.help ?? ''), samples: [] });
    else {
      group = new Map();
      groups.set(unescapeHtml(part.job), group);
    }
  }
  return groups;
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
