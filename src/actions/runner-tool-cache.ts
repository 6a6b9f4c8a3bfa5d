import { arch } from 'node:os';
import * as tc from '@actions/tool-cache';
import { currentHost } from '../toolchain/host.js';
import { folderToolCache, type ToolCache } from '../toolchain/tool-cache.js';

/** The name that actions/setup-go uses, so that its versions are found and ours are found by it. */
const TOOL = 'go';

/**
 * The runner's tool cache; a folder of our own where the runner has none.
 * @param fallback root of that folder
 */
export function runnerToolCache(fallback: string): ToolCache {
  if (!process.env.RUNNER_TOOL_CACHE) return folderToolCache(fallback, currentHost().arch);
  return {
    find: async (version) => tc.find(TOOL, version, arch()) || undefined,
    keep: (folder, version) => tc.cacheDir(folder, TOOL, version, arch()),
    versions: async () => tc.findAllVersions(TOOL, arch()),
  };
}
