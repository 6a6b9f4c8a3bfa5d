import type { CauseId } from '../difference.js';
import { capped, type Finding } from './binary-finding.js';
import { causeOfTexts, parseLinkerFlags, unquoteGo } from './linker-flags.js';

type Settings = ReadonlyMap<string, string>;

/** Settings of Go of which each architecture has its own. */
const ARCHITECTURE = /^GO(AMD64|ARM|ARM64|386|MIPS|MIPS64|PPC64|RISCV64|LOONG64|S390X|WASM)$/;
/** Recorded with cgo alone, and never beside -trimpath. */
const CGO_FLAGS = /^CGO_(C|CPP|CXX|LD)FLAGS$/;

/** Not recorded by all versions of Go, so that one that is missing tells nothing of a build by another version. */
const NOT_ALWAYS = ['-buildmode', '-trimpath', 'DefaultGODEBUG'];

/** Settings in which two builds differ, without those that only follow from another one. */
export function settingDifferences(a: Settings, b: Settings, isOtherGo: boolean, isSymbolsSeen: boolean): Finding[] {
  const differs = (name: string) => a.get(name) !== b.get(name);
  const names = [...new Set([...a.keys(), ...b.keys()])].filter(differs);
  const follows = (name: string) =>
    (ARCHITECTURE.test(name) && differs('GOARCH')) ||
    (CGO_FLAGS.test(name) && (differs('CGO_ENABLED') || differs('-trimpath'))) ||
    (name === '-ldflags' && differs('-trimpath')) ||
    (isOtherGo && NOT_ALWAYS.includes(name) && a.has(name) !== b.has(name));
  const others = names.filter((name) => !isStamp(name) && !follows(name));
  const findings = others.flatMap((name) =>
    name === '-ldflags' ? linkerFlags(a.get(name), b.get(name), isSymbolsSeen) : [setting(name, a, b)],
  );
  return [...stamps(a, b, names.filter(isStamp)), ...capped(findings, 'settings')];
}

function setting(name: string, a: Settings, b: Settings): Finding {
  const shown = (settings: Settings) => {
    const value = settings.get(name);
    return value === undefined ? undefined : `${name}=${unquoteGo(value)}`;
  };
  const [cause, changesCode] = meaning(name);
  return { what: `setting ${name}`, a: shown(a), b: shown(b), cause, changesCode };
}

function meaning(name: string): [CauseId, boolean] {
  if (name === 'GOOS' || name === 'GOARCH' || ARCHITECTURE.test(name)) return ['go-architecture', true];
  if (name === '-trimpath') return ['trimpath', false];
  return ['build-setting', name !== 'DefaultGODEBUG'];
}

function isStamp(name: string): boolean {
  return name === 'vcs' || name.startsWith('vcs.');
}

/** Version control is one difference, however many settings it is seen by. */
function stamps(a: Settings, b: Settings, names: readonly string[]): Finding[] {
  if (names.length === 0) return [];
  const shown = (settings: Settings) => {
    const present = names.filter((name) => settings.has(name));
    return present.length === 0 ? undefined : present.map((name) => `${name}=${settings.get(name)}`).join(' ');
  };
  return [{ what: 'VCS stamping', a: shown(a), b: shown(b), cause: 'vcs-stamping', changesCode: false }];
}

/** Recorded only where -trimpath is not given. */
function linkerFlags(a: string | undefined, b: string | undefined, isSymbolsSeen: boolean): Finding[] {
  const [left, right] = [parseLinkerFlags(a ?? ''), parseLinkerFlags(b ?? '')];
  const texts = [...new Set([...left.texts.keys(), ...right.texts.keys()])].map((name): Finding => {
    const [one, other] = [left.texts.get(name), right.texts.get(name)];
    return { what: `-ldflags -X ${name}`, a: one, b: other, cause: causeOfTexts(one, other), changesCode: false };
  });
  const shown = (flags: readonly string[]) => {
    const others = isSymbolsSeen ? flags.filter((flag) => flag !== '-s' && flag !== '-w') : flags;
    return others.length === 0 ? undefined : others.join(' ');
  };
  const [one, other] = [shown(left.others), shown(right.others)];
  const rest: Finding = { what: '-ldflags', a: one, b: other, cause: 'build-setting', changesCode: false };
  return [...texts, rest].filter(({ a, b }) => a !== b);
}
