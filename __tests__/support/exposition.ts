/** A sample as a Pushgateway shows it. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  /** As it is written: `1.5`, `+Inf`. */
  readonly value: string;
}

export interface ShownFamily {
  /** `GAUGE`, `UNTYPED`, … */
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** A family of `/metrics`, with all of its lines. */
export interface ExposedFamily extends ShownFamily {
  readonly text: string;
}

/** Parses the text format as a Pushgateway writes it: name → family. Fails where it is something else. */
export function parseExposition(text: string): Map<string, ExposedFamily> {
  const found = new Map<string, ExposedFamily>();
  for (const lines of blocks(text)) {
    const [, name = '', type = ''] = /^# TYPE (\S+) (\S+)$/m.exec(lines.join('\n')) ?? [];
    if (name === '' || found.has(name)) throw new Error(`no exposition: ${lines.slice(0, 5).join('\n')}`);
    const help = /^# HELP \S+ (.*)/.exec(lines[0] ?? '')?.[1] ?? '';
    const samples = lines.filter((line) => !line.startsWith('#')).map(parseSample);
    found.set(name, { type: type.toUpperCase(), help, samples, text: lines.join('\n') });
  }
  return found;
}

/** The lines of each family, which begin with its HELP, if it has one, and its TYPE. */
function blocks(text: string): string[][] {
  const found: string[][] = [[]];
  for (const line of text.split('\n').filter((line) => line !== '')) {
    const block = found.at(-1) ?? [];
    const isHelpOnly = block.length === 1 && block[0]?.startsWith('# HELP ');
    const isStart = line.startsWith('# HELP ') || (line.startsWith('# TYPE ') && !isHelpOnly);
    if (isStart && block.length > 0) found.push([line]);
    else block.push(line);
  }
  return found;
}

function parseSample(line: string): Sample {
  const { pairs = '', value } = /^[^\s{]+(?:\{(?<pairs>.*)\})? (?<value>\S+)$/.exec(line)?.groups ?? {};
  if (value === undefined) throw new Error(`no sample: ${line}`);
  const labels: Record<string, string> = {};
  for (const [, name = '', text = ''] of pairs.matchAll(/([^=,]+)="((?:[^"\\]|\\.)*)"/g))
    labels[name] = text.replaceAll(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
  return { labels, value };
}

/** The families of `/metrics` that were pushed, which are those of which all samples have a job, or all others. */
export function familiesThat(wherePushed: boolean, text: string): Map<string, ExposedFamily> {
  const isPushed = ({ samples }: ExposedFamily) => samples.every(({ labels }) => labels.job !== undefined);
  return new Map([...parseExposition(text)].filter(([, family]) => isPushed(family) === wherePushed));
}
