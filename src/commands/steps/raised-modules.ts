import { sha256Hex } from '../../base/hash.js';
import type { ModuleOverride } from '../../inputs/requests.js';
import type { PatchSet } from '../../source/patches.js';
import type { ResolvedSource } from '../../source/source.js';
import type { ModulesSpec } from '../../spec/build-spec.js';
import { canonicalJson } from '../../spec/canonical.js';
import type { Store } from '../../store/store.js';

/** What overrides lead to, and where it is recorded. */
export interface RaisedFacts extends ModulesSpec {
  /** Latest release time of the overrides, seconds since 1970. */
  readonly time: number;
  /** Name of the record. */
  readonly fact: string;
}

/** What the overrides lead to: from an earlier run with the same source, patches and Go, else found out now. */
export async function raisedFacts(
  overrides: readonly ModuleOverride[],
  go: string,
  source: ResolvedSource,
  sets: readonly PatchSet[],
  store: Store,
  raise: () => Promise<{ goMod: string; time: number }>,
): Promise<RaisedFacts> {
  const names = overrides.map(({ path, version }) => `${path}@${version}`).sort();
  const patches = sets.map((set) => set.spec.sha256);
  const fact = `go-mod-${sha256Hex(canonicalJson({ source: { ...source.spec }, patches, names, go }))}`;
  const known = (await store.facts.get(fact)) as { goMod?: unknown; time?: unknown } | null | undefined;
  if (typeof known?.goMod === 'string' && typeof known.time === 'number') {
    return { overrides: names, goMod: known.goMod, time: known.time, fact };
  }
  const { goMod, time } = await raise();
  await store.facts.put(fact, { goMod, time });
  return { overrides: names, goMod, time, fact };
}
