import { type Difference, printable } from '../difference.js';
import type { FindingKind } from './finding-kinds.js';
import { shown } from './tar-entry.js';

/** Most differences that are told one by one of two layers. */
export const MAX_DIFFERENCES = 200;

/** Up to so many entries that differ alike in what counts are named, each for itself. */
const NAMED = 5;

/** Equal findings of many entries. */
interface Sum {
  readonly kind: FindingKind;
  /** Paths of the first few. */
  readonly paths: string[];
  readonly a: string | undefined;
  readonly b: string | undefined;
  count: number;
  /** Others have other values than these. */
  isExample: boolean;
  readonly show: (value: string) => string;
}

/**
 * Gathers what differs, entry by entry, and sums up what is equal, so that a million entries of another time are one
 * difference. Memory does not grow with the entries.
 */
export class Findings {
  private readonly title: string;
  private readonly sums = new Map<string, Sum>();
  private readonly rest = new Map<FindingKind, number>();
  private told = 0;

  /** @param title as `layer 1` */
  constructor(title: string) {
    this.title = title;
  }

  has(kind: FindingKind): boolean {
    return this.rest.has(kind) || [...this.sums.values()].some((sum) => sum.kind === kind);
  }

  /**
   * @param path of the entry, a byte a letter; undefined for what concerns the archive
   * @param show makes words of a value, where it is told
   */
  add(
    kind: FindingKind,
    path: string | undefined,
    a: string | undefined,
    b: string | undefined,
    show: Sum['show'] = String,
  ): void {
    const isLight = kind.weight !== 'content';
    const key = isLight
      ? `${kind.level} ${kind.words}`
      : JSON.stringify([kind.words, kind.cause, a, b, isSummed(a, b) ? '' : path]);
    const sum = this.sums.get(key);
    if (sum) {
      sum.count++;
      sum.isExample ||= sum.a !== a || sum.b !== b;
      if (sum.paths.length < NAMED && path !== undefined) sum.paths.push(path);
    } else if (isLight || this.told < MAX_DIFFERENCES) {
      if (!isLight) this.told++;
      this.sums.set(key, { kind, paths: path === undefined ? [] : [path], a, b, count: 1, isExample: false, show });
    } else this.rest.set(kind, (this.rest.get(kind) ?? 0) + 1);
  }

  /** The light ones first: they are few, and must not fall off the end of a long list. */
  differences(): Difference[] {
    const sums = [...this.sums.values()].sort((x, y) => rank(x) - rank(y));
    const all = sums.flatMap((sum) => this.lines(sum));
    for (const [kind, count] of this.rest) all.push(this.restOf(kind, count));
    return all;
  }

  private lines(sum: Sum): Difference[] {
    const { kind, paths, count } = sum;
    const [a, b] = [sum.a, sum.b].map((value) => (value === undefined ? undefined : sum.show(value)));
    const isNamed = count === paths.length && (count === 1 || (kind.weight === 'content' && count <= NAMED));
    if (isNamed) return paths.map((path) => difference(kind, this.place(kind, name(path)), a, b));
    if (paths.length === 0) return [difference(kind, this.place(kind, this.title), a, b)];
    const which = `${count} entries, ${sum.isExample ? 'for example' : 'as'} ${name(paths[0] as string)}`;
    return [difference(kind, joined(this.title, kind.words, which), a, b)];
  }

  private place(kind: FindingKind, place: string): string {
    return kind.level === 'file' || place === this.title
      ? joined(place, kind.words)
      : joined(this.title, kind.words, place);
  }

  private restOf(kind: FindingKind, count: number): Difference {
    return difference(kind, joined(this.title, kind.words, `${count} more entries`), 'not told one by one', undefined);
  }
}

function joined(...parts: string[]): string {
  return parts.filter((part) => part !== '').join(': ');
}

/** A side without the entry says what the other has there: such are told one by one. */
function isSummed(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined;
}

function rank({ kind }: Sum): number {
  return kind.weight === 'content' ? 1 : 0;
}

function name(path: string): string {
  return path === '' ? '/' : shown(path);
}

function difference(kind: FindingKind, where: string, a: string | undefined, b: string | undefined): Difference {
  const [left, right] = [a, b].map((text) => (text === undefined ? undefined : printable(text)));
  return { level: kind.level, weight: kind.weight, where: printable(where), a: left, b: right, cause: kind.cause };
}
