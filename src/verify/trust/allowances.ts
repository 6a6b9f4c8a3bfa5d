import type { BaseRequest, ExtraFileRequest, SourceRequest } from '../../inputs/requests.js';
import type { PatchSet } from '../../source/patches.js';

/** What the caller of a verification accepts beyond upstream's releases and this project's own patch sets. */
export interface Allowances {
  /** Patch sets by their content: what a spec calls them has no say. */
  readonly patches: readonly PatchSet[];
  /** `URL#COMMIT`, a local repository `PATH#COMMIT`, or a folder; each allows exactly that. */
  readonly sources: readonly SourceRequest[];
  /** `scratch` allows no base at all. A reference without digest allows every digest of its repository. */
  readonly base: BaseRequest;
  readonly extraFiles: readonly ExtraFileRequest[];
  /** The spec came from the caller and not from the image: the URL of its source and its base are named by that. */
  readonly specIsCallers: boolean;
}

/** Nothing beyond the project's own. */
export const NO_ALLOWANCES: Allowances = {
  patches: [],
  sources: [],
  base: { type: 'scratch' },
  extraFiles: [],
  specIsCallers: false,
};
