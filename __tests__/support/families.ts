/** A value of a gauge, counter or untyped sample; `none` is a sample without one, which only protobuf can say. */
export type Value = number | 'none';

export type FamilyType = 'gauge' | 'untyped' | 'counter' | 'summary' | 'histogram';

export interface Metric {
  readonly labels: Readonly<Record<string, string>>;
  /** Of a summary and a histogram: the sum and the one observation. */
  readonly value: Value;
  /** Milliseconds. */
  readonly timestamp?: number;
}

/** A metric family as clients push it. */
export interface Family {
  readonly name: string;
  readonly type: FamilyType;
  readonly help?: string;
  readonly metrics: readonly Metric[];
}

/** A family with one sample without labels, or with the samples that are given. */
export function family(name: string, value: Value | readonly Metric[], type: FamilyType = 'gauge', help = ''): Family {
  const metrics = Array.isArray(value) ? (value as readonly Metric[]) : [{ labels: {}, value: value as Value }];
  return { name, type, metrics, ...(help === '' ? {} : { help }) };
}

/** The text format, version 0.0.4. */
export function textOf(families: readonly Family[]): string {
  return families.map(familyText).join('');
}

function familyText({ name, type, help, metrics }: Family): string {
  const lines = help === undefined ? [] : [`# HELP ${name} ${escaped(help, false)}`];
  lines.push(`# TYPE ${name} ${type}`);
  for (const { labels, value, timestamp } of metrics) {
    const end = timestamp === undefined ? '' : ` ${timestamp}`;
    if (type === 'histogram')
      lines.push(
        `${name}_bucket${labelText({ ...labels, le: '1' })} 1${end}`,
        `${name}_bucket${labelText({ ...labels, le: '+Inf' })} 1${end}`,
      );
    if (type === 'summary') lines.push(`${name}${labelText({ ...labels, quantile: '0.5' })} ${number(value)}${end}`);
    if (type === 'summary' || type === 'histogram')
      lines.push(`${name}_sum${labelText(labels)} ${number(value)}${end}`, `${name}_count${labelText(labels)} 1${end}`);
    else lines.push(`${name}${labelText(labels)} ${number(value)}${end}`);
  }
  return `${lines.join('\n')}\n`;
}

function number(value: Value): string {
  if (value === 'none') throw new Error('text has no sample without a value');
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value, true)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(text: string, isLabel: boolean): string {
  const plain = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return isLabel ? plain.replaceAll('"', '\\"') : plain;
}
