import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { RunError } from '../../base/errors.js';
import { once } from '../../base/once.js';
import { compile } from '../../compile/compile.js';
import { verifyModules } from '../../compile/modules.js';
import { type GoReleaseOptions, maintainedGo } from '../../outdated/go-releases.js';
import { GOVULNCHECK, openScanner, VULNERABILITY_DATABASE } from '../../outdated/govulncheck.js';
import { readScan } from '../../outdated/govulncheck-stream.js';
import { type AskModules, askWithGo } from '../../outdated/module-versions.js';
import { mergeVulnerabilities, type Vulnerability } from '../../outdated/vulnerability.js';
import type { RegistryAccess } from '../../registry/skopeo.js';
import { DEFAULT_GO, UPSTREAM_MODULE } from '../../source/releases.js';
import { platformFileName, platformName, targetOf } from '../../spec/platform.js';
import type { Store } from '../../store/store.js';
import { currentHost } from '../../toolchain/host.js';
import type { Context } from '../context.js';
import { findGoFor, moduleEnvironment } from '../steps/parts.js';
import { type BuildShape, type PreparedBuild, prepareBuild } from '../steps/prepare.js';

/** A question that nobody could answer. */
export interface Unanswered {
  /** As "newer releases of Go". */
  readonly what: string;
  readonly why: string;
}

/** What all steps of `outdated` ask, and what they could not find out. */
export interface Desk {
  readonly context: Context;
  readonly unanswered: readonly Unanswered[];
  /** Asks about modules, each question once. */
  readonly ask: AskModules;
  /** The newest releases of Go's maintained lines; empty where nobody tells. */
  readonly maintained: () => Promise<readonly string[]>;
  /** What a promise gives; undefined, and noted, where the world does not answer. */
  answerTo<T>(what: string, body: () => Promise<T>): Promise<T | undefined>;
  prepare(shape: BuildShape, strict?: boolean): Promise<PreparedBuild>;
  /**
   * The known vulnerabilities of a build's binaries; undefined where the database could not be asked.
   * @param isNew whether it is compiled even then, since nobody has seen yet that it can be
   */
  examine(prepared: PreparedBuild, isNew: boolean): Promise<readonly Vulnerability[] | undefined>;
}

const DATABASE = 'known vulnerabilities';

/** @param db address of the vulnerability database; undefined for GOVULNDB or the usual */
export function openDesk(
  db: string | undefined,
  context: Context,
  store: Store,
  work: string,
  access: () => Promise<RegistryAccess>,
): Desk {
  const { log, signal, downloadBase } = context;
  const unanswered: Unanswered[] = [];
  const folder = () => mkdtemp(join(work, 'look-'));
  const tool = once(() => findGoFor(DEFAULT_GO, context, work).then(({ goBinary }) => goBinary));
  const goEnv = once(async () => {
    const env = await moduleEnvironment(context, store);
    return { ...env, GOCACHE: join(store.root, 'go-build'), GOTMPDIR: await folder() };
  });
  const ask = once(async () => askWithGo({ goBinary: await tool(), env: await goEnv(), tempDir: work, signal }));
  const scanner = once(async () => {
    log.info(`Vulnerabilities by ${GOVULNCHECK} and ${db ?? VULNERABILITY_DATABASE}`);
    const options = { goBinary: await tool(), env: await goEnv(), tempDir: work, signal };
    return openScanner(db ?? VULNERABILITY_DATABASE, options);
  });
  const answerTo: Desk['answerTo'] = async (what, body) => {
    try {
      return await body();
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      if (unanswered.some((each) => each.what === what)) return undefined;
      unanswered.push({ what, why: error.message });
      log.info(`No answer about ${what}; the report says why`);
      return undefined;
    }
  };
  const answers = new Map<string, ReturnType<AskModules>>();
  const asked: AskModules = (query) => {
    const answer = answers.get(query) ?? ask().then((askModules) => askModules(query));
    answers.set(query, answer);
    return answer;
  };
  const release: GoReleaseOptions = { downloadBase, host: currentHost(), log, signal };
  return {
    ...{ context, unanswered, answerTo },
    ask: asked,
    maintained: once(async () => (await answerTo('newer releases of Go', () => maintainedGo(asked, release))) ?? []),
    prepare: async (shape, strict = false) => {
      const own: Context = strict ? { ...context, strictFetch: true } : context;
      return prepareBuild(shape, own, store, await folder(), access);
    },
    examine: async (prepared, isNew) => {
      const scan = unanswered.some(({ what }) => what === DATABASE) ? undefined : await answerTo(DATABASE, scanner);
      if (scan === undefined && !isNew) return undefined;
      const binaries = await withSymbols(prepared, await folder(), context);
      if (scan === undefined) return undefined;
      return answerTo(DATABASE, async () => {
        const found: Vulnerability[][] = [];
        const main = { path: UPSTREAM_MODULE, version: `v${prepared.source.version}` };
        for (const binary of binaries) found.push(readScan(await scan(binary), main));
        const merged = mergeVulnerabilities(found);
        const count = new Set(merged.map(({ id }) => id)).size;
        log.info(`Known vulnerabilities: ${count === 0 ? 'none' : count}`);
        return merged;
      });
    },
  };
}

/**
 * The binaries of a build with their symbols, one a platform: of those that are shipped, which have none, the scanner
 * would say that they call everything that their modules have (golang/vuln, internal/vulncheck/binary.go).
 */
async function withSymbols(prepared: PreparedBuild, folder: string, { log }: Context): Promise<string[]> {
  const tree = await prepared.tree();
  await verifyModules(tree);
  const targets = new Map(prepared.platforms.map(targetOf).map((target) => [platformName(target), target]));
  const binaries: string[] = [];
  for (const [name, platform] of targets) {
    log.progress(`compiling ${name}`);
    const path = join(folder, platformFileName(platform), 'pushgateway');
    await mkdir(join(folder, platformFileName(platform)), { recursive: true });
    await compile(tree, prepared.spec, platform, path, true);
    binaries.push(path);
  }
  return binaries;
}
