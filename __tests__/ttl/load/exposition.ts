/** What a read shows: group → family → value. */
export interface Exposition {
  readonly groups: ReadonlyMap<number, ReadonlyMap<string, number>>;
  /** Lines that are not as they have to be, and what is wrong with the whole. */
  readonly problems: readonly string[];
}

/** The path that groups are pushed to; they are told apart by the label `job`. */
export function pathOf(group: number): string {
  return `/metrics/job/load-${group}`;
}

/** The samples of pushed metrics, as the Pushgateway writes them; its own metrics have other names. */
const OURS = /^(?:load_|push_)/;
const SAMPLE =
  /^(load_[abc]|push_(?:failure_)?time_seconds|push_ttl_seconds)\{instance="",job="load-(\d+)"\} ([0-9.e+]+)$/;

/** Parses the text that `GET /metrics` answers; strict about everything that was pushed. */
export function parseExposition(text: string): Exposition {
  const groups = new Map<number, Map<string, number>>();
  const problems: string[] = [];
  if (!text.endsWith('\n')) problems.push('the last line has no end');
  if (!text.includes('\npushgateway_build_info{')) problems.push('pushgateway_build_info is missing');
  for (const line of text.split('\n')) {
    if (!OURS.test(line)) continue;
    const [, family, number, value] = SAMPLE.exec(line) ?? [];
    if (family === undefined) {
      problems.push(line);
      continue;
    }
    const group = Number(number);
    const families = groups.get(group) ?? new Map<string, number>();
    if (families.has(family)) problems.push(`double: ${line}`);
    families.set(family, Number(value));
    groups.set(group, families);
  }
  return { groups, problems };
}
