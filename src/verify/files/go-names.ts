import type { BuildModule } from '../../compile/build-info.js';
import { capped, type Finding } from './binary-finding.js';
import { unlessMalformed } from './byte-file.js';
import type { LineTable } from './pclntab.js';

/** Functions and files shown of one program. */
const MAX_SHOWN = 6;

/** Names that the compiler makes up: closures, wrappers, code of types, copies for types. Other settings make others. */
const MADE_UP = /^(type:|go:)|\[|-fm$|-range\d|\.(func|gowrap|deferwrap|stmp_|init\.)\d|\.\d+$/;

/** The files of Go's runtime alone are more; fewer are no sign of how the program was built. */
const FEW = 10;

const ABSOLUTE = /^(\/|[A-Za-z]:[\\/])/;

/** Paths of the builder's disk, which -trimpath keeps out: those of one side alone, or of other folders. */
export function comparePaths(a: LineTable, b: LineTable): Finding[] {
  const [left = [], right = []] = [a, b].map(({ files }) => files.filter((file) => ABSOLUTE.test(file)));
  const folders = onlyOne(left.map(folderOf), right.map(folderOf));
  const isOneTrimmed = left.length < FEW !== right.length < FEW;
  // A folder that only one side has may be a package that the other one does not need.
  if (!isOneTrimmed && (folders.onlyA.length === 0 || folders.onlyB.length === 0)) return [];
  const { onlyA, onlyB } = onlyOne(left, right);
  return [
    {
      what: 'paths of source files',
      a: shownPaths(onlyA),
      b: shownPaths(onlyB),
      cause: 'trimpath',
      changesCode: false,
    },
  ];
}

function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, '');
}

/** The last is likeliest one of the program itself: the libraries it stands on come first. */
function shownPaths(paths: readonly string[]): string | undefined {
  const last = paths.at(-1);
  return last === undefined || paths.length === 1 ? last : `${last}, and ${paths.length - 1} more`;
}

/**
 * Source files and functions that only one program has: those of the main module, else all.
 * @param isExplained whether other code of the libraries is to be expected
 */
export function compareNames(a: LineTable, b: LineTable, main: BuildModule, isExplained: boolean): Finding[] {
  const isOwnFile = (file: string) => file.startsWith(`${main.path}/`);
  const isOwnFunction = (name: string) => !(isExplained && MADE_UP.test(name)) && isOwn(name, main);
  const hasPaths = [a, b].some(({ files }) => files.filter((file) => ABSOLUTE.test(file)).length >= FEW);
  const [filesA = [], filesB = []] = [a, b].map(({ files }) => files.map((file) => file.replace(/@v[^/]*/, '')));
  const files = hasPaths ? onlyOne([], []) : onlyOne(filesA, filesB);
  const functions = onlyOne(a.names, b.names);
  const own = [...shown('source file', files, isOwnFile), ...shown('function', functions, isOwnFunction)];
  if (own.length > 0 || isExplained) return own;
  return [...shown('source file', files, () => true), ...shown('function', functions, () => true)];
}

/** Whether a function is of the main module; the symbols' names have dots in the last part of a path as `%2e`. */
function isOwn(name: string, main: BuildModule): boolean {
  const plain = name.replaceAll('%2e', '.');
  return [`${main.path}/`, `${main.path}.`, 'main.'].some((prefix) => plain.startsWith(prefix));
}

/** Functions that both have, and whose code is not equally long: those of the main module, else all. */
export async function compareSizes(a: LineTable, b: LineTable, main: BuildModule): Promise<Finding[]> {
  const left = await unlessMalformed(() => a.sizes());
  const right = await unlessMalformed(() => b.sizes());
  if (!left || !right) return [];
  const all = [...left]
    .filter(([name, size]) => right.has(name) && right.get(name) !== size)
    .map(([name, size]) => ({ name, a: size, b: right.get(name) }));
  const own = all.filter(({ name }) => isOwn(name, main));
  const findings = (own.length > 0 ? own : all).map(
    ({ name, a, b }): Finding => ({
      what: `function ${name}`,
      a: `${a} bytes of code`,
      b: `${b} bytes of code`,
      cause: 'patches',
      changesCode: true,
    }),
  );
  return capped(findings, 'functions', MAX_SHOWN);
}

interface OnlyOne {
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
}

function onlyOne(a: readonly string[], b: readonly string[]): OnlyOne {
  const [left, right] = [new Set(a), new Set(b)];
  return {
    onlyA: [...left].filter((name) => !right.has(name)),
    onlyB: [...right].filter((name) => !left.has(name)),
  };
}

function shown(what: string, { onlyA, onlyB }: OnlyOne, isWanted: (name: string) => boolean): Finding[] {
  const finding = (name: string, side: 'a' | 'b'): Finding => ({
    ...{ what: `${what} ${name}`, a: undefined, b: undefined, cause: 'patches', changesCode: true },
    [side]: 'present',
  });
  return [
    ...capped(
      onlyA.filter(isWanted).map((name) => finding(name, 'a')),
      `${what}s`,
      MAX_SHOWN,
    ),
    ...capped(
      onlyB.filter(isWanted).map((name) => finding(name, 'b')),
      `${what}s`,
      MAX_SHOWN,
    ),
  ];
}
