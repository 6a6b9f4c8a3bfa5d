import type { CauseId } from '../difference.js';

/** What `-ldflags` says, taken apart. */
export interface LinkerFlags {
  /** `-X IMPORT/PATH.NAME=VALUE`: texts that the linker puts into variables. */
  readonly texts: ReadonlyMap<string, string>;
  readonly others: readonly string[];
}

/** Splits at blanks outside of quotes, as Go does. */
export function parseLinkerFlags(value: string): LinkerFlags {
  const words = [...unquoteGo(value).matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? (plain as string),
  );
  const texts = new Map<string, string>();
  const others: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as string;
    const definition = /^--?X$/.test(word) ? words[++index] : /^--?X=(.*)$/s.exec(word)?.[1];
    const [, name, text] = /^([^=]*)=(.*)$/s.exec(definition ?? '') ?? [];
    if (name !== undefined && text !== undefined) texts.set(name, text);
    else others.push(word);
  }
  return { texts, others };
}

/** Go quotes a setting that holds blanks or quotes. */
export function unquoteGo(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value.slice(1, -1);
  }
}

/** RFC 3339, or the form of upstream's own builds (.promu.yml). */
const DATE = /^(\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?|\d{8}-\d\d:\d\d:\d\d)$/;

/** What it is a sign of when these texts, that the linker was given, differ. */
export function causeOfTexts(a: string | undefined, b: string | undefined): CauseId {
  const isDate = (text: string | undefined) => text === undefined || DATE.test(text);
  return isDate(a) && isDate(b) ? 'epoch' : 'version';
}
