import { fileURLToPath } from 'node:url';
import type { Log } from '../base/log.js';
import { userFolder } from '../base/user-folder.js';
import { storeFolder } from '../store/store-folder.js';
import type { ToolCache } from '../toolchain/tool-cache.js';
import type { CacheKey } from './build/cache-key.js';

/** Brings the store of an earlier run back, if there is one. What comes is checked like all that the store holds. */
export interface RunCache {
  restore(key: CacheKey): Promise<void>;
}

/** What a command needs of the world, handed over by the edge: the command line, or the action. */
export interface Context {
  readonly log: Log;
  /** The user's environment, without what is this program's alone: inputs, passwords, the tokens of a runner. */
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** The bundle's entry file, which worker threads and a second build run again. */
  readonly entry: URL;
  /** Folder of the patch sets that come with the project. */
  readonly patchesDir: string;
  /** Folder where results are kept between runs. */
  readonly storeDir: string;
  /** Where Go toolchains are kept; the runner's own in Actions. */
  readonly toolCache: ToolCache;
  /** Where private folders for a run are made. */
  readonly tempDir: string;
  /** Told of the run's private folder as soon as it is there, for who cleans up where the run was killed. */
  readonly onWorkspace?: (path: string) => void;
  /**
   * Where images lie that podman and buildah know of by their path; outlives the run. The user's place for data, not for
   * caches, since a manifest list in local storage is worth nothing without them.
   */
  readonly dataDir: string;
  /** Whether missing tools may be installed on this machine. */
  readonly mayInstall: boolean;
  /** Results of earlier runs on other machines, where there is a service for them. */
  readonly cache?: RunCache;
  /** For rebuilds of strangers' images: what is fetched comes from the address that was given, and from nowhere else. */
  readonly strictFetch?: boolean;
  /** Whether the tree that is compiled is laid out in reverse order; for a second build that is to be unlike. */
  readonly isReversed?: boolean;
  /** A mirror of Go's download site. */
  readonly downloadBase: string | undefined;
}

/** What is the same at every edge: places that follow from where the program lies and from the user's environment. */
export function placesOf(
  entry: URL,
  env: Context['env'],
): Pick<Context, 'entry' | 'env' | 'patchesDir' | 'storeDir' | 'dataDir' | 'downloadBase'> {
  return {
    entry,
    env,
    patchesDir: fileURLToPath(new URL('../patches', entry)),
    storeDir: storeFolder(env),
    dataDir: userFolder('data', env),
    downloadBase: env.GO_DOWNLOAD_BASE_URL,
  };
}
