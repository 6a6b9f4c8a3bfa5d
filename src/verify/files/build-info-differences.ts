import type { BuildModule, ModuleText, RequiredModule } from '../../compile/build-info.js';
import { capped, type Finding } from './binary-finding.js';
import { settingDifferences } from './build-settings.js';
import type { GoBuild } from './go-build-info.js';

/**
 * What two programs say differently of how they were built.
 * @param isSymbolsSeen whether `-s` and `-w` are told from the sections, and need no word here
 */
export function compareBuildInfo(a: GoBuild, b: GoBuild, isSymbolsSeen: boolean): Finding[] {
  return [
    ...goVersion(a.info.goVersion, b.info.goVersion),
    ...mainModule(a.modules, b.modules),
    ...modules(a.modules, b.modules),
    ...settingDifferences(
      new Map(a.modules.settings),
      new Map(b.modules.settings),
      a.info.goVersion !== b.info.goVersion,
      isSymbolsSeen,
    ),
  ];
}

function goVersion(a: string, b: string): Finding[] {
  return a === b ? [] : [{ what: 'Go version', a, b, cause: 'go-version', changesCode: true }];
}

/** Its version comes from VCS stamping, from `go install MODULE@VERSION`, or is `(devel)`. */
function mainModule(a: ModuleText, b: ModuleText): Finding[] {
  const [left, right] = [shownModule(a.main), shownModule(b.main)];
  if (left === right) return [];
  if (a.main.path !== b.main.path)
    return [{ what: 'main module', a: left, b: right, cause: 'patches', changesCode: true }];
  const isStamped = [a, b].some(({ settings }) => settings.some(([name]) => name === 'vcs'));
  const cause = isStamped ? 'vcs-stamping' : 'version';
  return [{ what: 'version of the main module', a: left, b: right, cause, changesCode: false }];
}

function modules(a: ModuleText, b: ModuleText): Finding[] {
  const [left, right] = [byPath(a), byPath(b)];
  const findings = [...new Set([...left.keys(), ...right.keys()])]
    .map((path): Finding => {
      const [one, other] = [left.get(path), right.get(path)];
      const [shownOne, shownOther] = [shownRequired(one, other), shownRequired(other, one)];
      return { what: `module ${path}`, a: shownOne, b: shownOther, cause: 'module-version', changesCode: true };
    })
    .filter(({ a, b }) => a !== b);
  return capped(findings, 'modules');
}

function byPath({ required }: ModuleText): Map<string, RequiredModule> {
  return new Map(required.map((module) => [module.path, module]));
}

function shownModule({ path, version, sum }: BuildModule): string {
  return [path, version, sum].filter(Boolean).join(' ');
}

/** The version; with its sum where that is all that differs; with what was taken in its place. */
function shownRequired(module: RequiredModule | undefined, other: RequiredModule | undefined): string | undefined {
  if (!module) return undefined;
  const isPlain = module.replacement === undefined && other?.replacement === undefined;
  const isSumAll = isPlain && module.version === other?.version && module.sum !== other.sum;
  const version = isSumAll ? `${module.version} ${module.sum || 'without a sum'}` : module.version;
  return module.replacement ? `${version} => ${shownModule(module.replacement)}` : version;
}
