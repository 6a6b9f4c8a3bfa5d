import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { RunError } from '../base/errors.js';
import { run } from '../base/process.js';

/** What module proxies say of a module. */
export interface ModuleAnswer {
  /** All that are not retracted, in the order of versions: v1.0.0. Empty where one version was asked for. */
  readonly versions: readonly string[];
  /** The Go that its go.mod asks for, `1.25.0`; undefined where it says none. */
  readonly go: string | undefined;
}

/**
 * Asks for all versions of a module, or for one version of it, `PATH@VERSION`.
 * @throws RunError where nobody has it, or nobody could be asked
 */
export type AskModules = (query: string) => Promise<ModuleAnswer>;

export interface ModuleQuestions {
  readonly goBinary: string;
  /** With the user's proxies; see `probeEnvironment`. */
  readonly env: Record<string, string>;
  /** A private folder. */
  readonly tempDir: string;
  readonly signal?: AbortSignal | undefined;
}

/** Asks with the go command, and so whom the user's GOPROXY names. */
export function askWithGo({ goBinary, env, tempDir, signal }: ModuleQuestions): AskModules {
  return async (query) => {
    const cwd = join(tempDir, 'no-module'); // outside of any module, so that no go.mod has a say
    await mkdir(cwd, { recursive: true });
    const what = query.includes('@') ? [] : ['-versions'];
    const { code, stdout, stderr } = await run(goBinary, ['list', '-m', ...what, '-json', '--', query], {
      cwd,
      env,
      signal,
    });
    if (code !== 0) throw new RunError(`The module proxy does not tell about ${query}: ${oneLine(stderr)}`);
    return parseModuleAnswer(stdout, query);
  };
}

/**
 * What `go list -m -json` answered.
 * @throws RunError where it is something else
 */
export function parseModuleAnswer(json: string, query: string): ModuleAnswer {
  let answer: { Versions?: unknown; GoVersion?: unknown } | null = null;
  try {
    answer = JSON.parse(json);
  } catch {}
  const { Versions: versions = [], GoVersion: go } = answer ?? { Versions: null };
  if (!Array.isArray(versions) || !versions.every((version) => typeof version === 'string')) {
    throw new RunError(`go list gave no usable answer for ${query}`);
  }
  return { versions, go: typeof go === 'string' ? go : undefined };
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').slice(0, 500);
}
