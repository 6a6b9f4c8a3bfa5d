import { arch } from 'node:os';
import { currentHost } from '../toolchain/host.js';
import { folderToolCache, type ToolCache } from '../toolchain/tool-cache.js';

/** The name that actions/setup-go uses, so that its versions are found and ours are found by it. */
const TOOL = 'go';

/** Not loaded where Go is found on the way, or is brought along. */
const tools = () => import('@actions/tool-cache');

/**
 * The runner's tool cache; a folder of our own where the runner has none.
 * @param fallback root of that folder
 */
export function runnerToolCache(fallback: string): ToolCache {
  if (!process.env.RUNNER_TOOL_CACHE) return folderToolCache(fallback, currentHost().arch);
  return {
    find: async (version) => (await tools()).find(TOOL, version, arch()) || undefined,
    keep: async (folder, version) => (await tools()).cacheDir(folder, TOOL, version, arch()),
    versions: async () => (await tools()).findAllVersions(TOOL, arch()),
  };
}
