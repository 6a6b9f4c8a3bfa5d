import semver from 'semver';
import { InputError, messageOf } from '../../base/errors.js';
import { CompileError } from '../../compile/compile.js';
import { OverrideError, type OverrideRefusal, RaiseError } from '../../compile/modules.js';
import type { ModuleOverride, SourceRequest } from '../../inputs/requests.js';
import { type Change, changeName, changesFor, goFrom, isNewerGo } from '../../outdated/newer.js';
import type { Vulnerability } from '../../outdated/vulnerability.js';
import type { BuildShape, PreparedBuild } from '../steps/prepare.js';
import type { Desk } from './desk.js';
import { fixesToTake } from './fixes.js';

/** What a re-cut may change. */
export interface Chosen {
  readonly source: SourceRequest;
  readonly go: string;
  readonly overrides: readonly ModuleOverride[];
}

/** Something that was tried, or was in use, and is no part of the re-cut. */
export interface LeftOut {
  /** `golang.org/x/net@v0.56.0`, `Go 1.27.4`, `pushgateway 1.12.0`. */
  readonly what: string;
  readonly why: string;
}

/** A build that was compiled and looked at. */
export interface Examined {
  readonly chosen: Chosen;
  readonly prepared: PreparedBuild;
  /** Undefined where the database could not be asked. */
  readonly found: readonly Vulnerability[] | undefined;
}

/** Rounds of overrides that push each other up. */
const MOST_ROUNDS = 20;

/** From a first choice to the one with the least changes that clears what can be cleared. */
export class CandidateSearch {
  readonly leftOut: LeftOut[] = [];
  private readonly desk: Desk;
  private readonly shape: BuildShape;

  constructor(desk: Desk, shape: BuildShape) {
    this.desk = desk;
    this.shape = shape;
  }

  /**
   * @param first compiled already, or a choice
   * @throws InputError, CompileError where the choice cannot be built
   */
  async settle(first: Examined | Chosen): Promise<Examined> {
    let best = 'prepared' in first ? first : await this.examine(first);
    const maintained = await this.desk.maintained();
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const { found, passedOver } = await fixesToTake(best.found ?? [], this.desk);
      for (const each of passedOver) if (!this.leftOut.some(({ what }) => what === each.what)) this.leftOut.push(each);
      const without = new Set(this.leftOut.map(({ what }) => what));
      const changes = changesFor(found, best.chosen.go, maintained, without);
      if (changes.length === 0) break;
      best = await this.change(best, changes);
    }
    return best;
  }

  /** With all changes where that goes; else with those that go one after the other. */
  private async change(best: Examined, changes: readonly Change[]): Promise<Examined> {
    try {
      return await this.examine(changes.reduce(changed, best.chosen));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const [first, ...others] = changes;
      if (first !== undefined && others.length === 0) {
        this.leftOut.push({ what: changeName(first), why: messageOf(error) });
        return best;
      }
    }
    let result = best;
    for (const each of changes) result = await this.change(result, [each]);
    return result;
  }

  /** Compiles a choice and looks at it; overrides that idle are left out, those that others push up go up. */
  private async examine(wanted: Chosen): Promise<Examined> {
    let chosen = wanted;
    const idle: LeftOut[] = [];
    for (let round = 0; ; round++) {
      this.desk.context.log.info(`Trying ${chosenName(chosen)}`);
      try {
        const prepared = await this.desk.prepare({ ...this.shape, ...chosen });
        const found = await this.desk.examine(prepared, true);
        this.leftOut.push(...idle);
        return { chosen, prepared, found };
      } catch (error) {
        if (!(error instanceof OverrideError) || round >= MOST_ROUNDS) throw error;
        const next = adapt(chosen, error.refusal, await this.desk.maintained());
        if (next === undefined) throw error;
        if (next.overrides.length < chosen.overrides.length) {
          const gone = chosen.overrides.find((each) => !next.overrides.includes(each));
          if (gone) idle.push({ what: changeName(gone), why: error.message });
        }
        chosen = next;
      }
    }
  }
}

function chosenName({ source, go, overrides }: Chosen): string {
  const release = 'version' in source && source.version !== undefined ? [`pushgateway ${source.version}`] : [];
  return [...release, `Go ${go}`, ...overrides.map(changeName)].join(', ');
}

function isRefusal(error: unknown): boolean {
  const isGo = error instanceof InputError && error.input === 'go-version'; // one that is listed, and is not to be had
  return isGo || error instanceof OverrideError || error instanceof RaiseError || error instanceof CompileError;
}

/** Whether a release cannot be built with what is used now: a patch or the code does not fit. */
export function doesNotCarry(error: unknown): error is Error {
  const inputs = ['patches', 'pushgateway-version', 'source', 'go-version'];
  return error instanceof CompileError || (error instanceof InputError && inputs.includes(error.input ?? ''));
}

function changed(chosen: Chosen, change: Change): Chosen {
  if ('go' in change) return isNewerGo(change.go, chosen.go) ? { ...chosen, go: change.go } : chosen;
  const others = chosen.overrides.filter(({ path }) => path !== change.path);
  const own = chosen.overrides.find(({ path }) => path === change.path);
  const isNewer = own === undefined || semver.gt(change.version, own.version);
  return { ...chosen, overrides: isNewer ? [...others, change] : chosen.overrides };
}

/** What to try next where overrides were refused; undefined where there is nothing. */
function adapt(chosen: Chosen, refusal: OverrideRefusal, maintained: readonly string[]): Chosen | undefined {
  switch (refusal.kind) {
    case 'idle': {
      const overrides = chosen.overrides.filter(({ path }) => path !== refusal.path);
      return overrides.length < chosen.overrides.length ? { ...chosen, overrides } : undefined;
    }
    case 'needs': {
      const next = changed(chosen, { path: refusal.path, version: refusal.version });
      return next.overrides === chosen.overrides ? undefined : next;
    }
    case 'needs-go': {
      const go = goFrom(maintained, refusal.go);
      return go !== undefined && isNewerGo(go, chosen.go) ? { ...chosen, go } : undefined;
    }
    case 'unavailable':
      return undefined;
  }
}
