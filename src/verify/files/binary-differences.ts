import type { Difference } from '../difference.js';
import { capped, type Finding, toDifference } from './binary-finding.js';
import { areLengthsOther, place, unexplainedPlaces } from './binary-places.js';
import { compareBuildInfo } from './build-info-differences.js';
import { compareNames, comparePaths, compareSizes } from './go-names.js';
import { type DifferingTexts, differingTexts, textFindings } from './go-texts.js';
import type { Program } from './program.js';
import * as sections from './section-differences.js';

const NO_TEXTS: DifferingTexts = { onlyA: [], onlyB: [] };

/**
 * What is different in two programs that are not the same, the causes first: what Go says of their builds, symbols,
 * paths, the program's own functions, texts. Only where these do not explain it, places and bytes.
 * @param first the first byte that differs
 */
export async function compareBinaries(where: string, a: Program, b: Program, first: number): Promise<Difference[]> {
  const differing = await sections.differingSections(a, b);
  const explained = await explain(a, b, differing);
  const rest = await leftOver(a, b, differing, explained);
  const all = [...explained.findings, ...rest];
  return (all.length > 0 ? all : [await place(a, b, first)]).map((finding) => toDifference(where, finding));
}

interface Explanation {
  readonly findings: readonly Finding[];
  readonly isInfo: boolean;
  readonly isNames: boolean;
  readonly texts: DifferingTexts;
}

async function explain(a: Program, b: Program, differing: readonly sections.DifferingSection[]): Promise<Explanation> {
  const isOneFormat = a.executable.kind === b.executable.kind;
  const symbols = isOneFormat ? sections.symbolFindings(differing) : [];
  const info = buildInfo(a, b, symbols.length > 0);
  if (!isOneFormat && !info.some(({ cause }) => cause === 'go-architecture')) info.push(machine(a, b));
  const isExpected = info.some(({ changesCode }) => changesCode);
  // What is the same to the byte need not be taken apart.
  const areLinesOther = sections.isIn(differing, a.lines?.range);
  const isOtherCode = differing.some(({ a: one, b: other }) => one?.isCode || other?.isCode);
  const paths = a.lines && b.lines && areLinesOther ? comparePaths(a.lines, b.lines) : [];
  const names = areLinesOther && isOtherCode ? await ownCode(a, b, isExpected) : [];
  const texts = a.build && b.build ? await differingTexts(a, b, differing) : NO_TEXTS;
  const said = textFindings(texts, isExpected || names.length > 0);
  return {
    findings: [...info, ...symbols, ...paths, ...names, ...capped(said, 'texts given to the linker')],
    isInfo: info.length > 0,
    isNames: paths.length > 0,
    texts,
  };
}

function buildInfo(a: Program, b: Program, isSymbolsSeen: boolean): Finding[] {
  if (a.build && b.build) return compareBuildInfo(a.build, b.build, isSymbolsSeen);
  if (!a.build && !b.build) return [];
  const [one, other] = [a.build?.info.goVersion, b.build?.info.goVersion];
  return [{ what: 'Go build information', a: one, b: other, cause: 'files', changesCode: false }];
}

function machine(a: Program, b: Program): Finding {
  const [one, other] = [a.executable.kind, b.executable.kind];
  return { what: 'machine', a: one, b: other, cause: 'go-architecture', changesCode: true };
}

/** Another program of its own: functions and files that only one has, else those that have become longer or shorter. */
async function ownCode(a: Program, b: Program, isExpected: boolean): Promise<Finding[]> {
  if (!a.lines || !b.lines || !a.build) return [];
  const main = a.build.info.main;
  const names = compareNames(a.lines, b.lines, main, isExpected);
  return names.length > 0 || isExpected ? names : await compareSizes(a.lines, b.lines, main);
}

/** What the findings do not explain, place by place where that can be told; else all sections in one line. */
async function leftOver(
  a: Program,
  b: Program,
  differing: readonly sections.DifferingSection[],
  { findings, isInfo, isNames, texts }: Explanation,
): Promise<Finding[]> {
  const first = findings.find(({ changesCode }) => changesCode) ?? findings[0];
  if (first?.changesCode) return sections.summedUp(differing, first.cause);
  const ids = first ? [] : await sections.buildIdFindings(differing, a, b);
  if (sections.isSameLayout(a, b) && !areLengthsOther(a, b, texts)) {
    const isBuildId = first !== undefined || ids.length > 0;
    const places = await unexplainedPlaces(a, b, { isInfo, isNames, isBuildId, texts });
    if (places && (places.length > 0 || !first)) return [...ids, ...places];
  }
  if (first) return sections.summedUp(differing, first.cause);
  return [...ids, ...(await sections.unexplained(differing, a, b))];
}
