import type { Log } from '../base/log.js';
import type { ToolCache } from '../toolchain/tool-cache.js';

/** What a command needs of the world, handed over by the edge: the command line, or the action. */
export interface Context {
  readonly log: Log;
  /** The user's environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Folder of the patch sets that come with the project. */
  readonly patchesDir: string;
  /** Folder where results are kept between runs. */
  readonly storeDir: string;
  /** Where Go toolchains are kept; the runner's own in Actions. */
  readonly toolCache: ToolCache;
  /** A mirror of Go's download site. */
  readonly downloadBase: string | undefined;
}
