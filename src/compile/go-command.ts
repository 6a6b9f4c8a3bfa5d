import { messageOf, RunError } from '../base/errors.js';
import { type RunOptions, type RunResult, run } from '../base/process.js';

/** A Go command in one patched tree: where it runs, and the environment that it runs in. */
export interface GoInTree {
  readonly goBinary: string;
  readonly tree: string;
  /** Environment for one platform; the host's own where none is given. */
  env(platform?: {
    readonly os: string;
    readonly architecture: string;
    readonly variant?: string;
  }): Record<string, string>;
  readonly signal?: AbortSignal | undefined;
}

/** Runs `go ARGS` in the tree; any exit code is a result. */
export function go(
  context: GoInTree,
  args: readonly string[],
  env: Record<string, string> = context.env(),
  more: Partial<RunOptions> = {},
): Promise<RunResult> {
  return run(context.goBinary, args, {
    cwd: context.tree,
    env,
    signal: context.signal,
    limit: 256 * 1024 * 1024,
    ...more,
  });
}

/**
 * Runs `go ARGS` and returns what it printed.
 * @throws RunError with what Go said
 */
export async function mustGo(
  context: GoInTree,
  args: readonly string[],
  env?: Record<string, string>,
): Promise<string> {
  const { code, stdout, stderr } = await go(context, args, env);
  if (code !== 0) throw new RunError(`go ${args.slice(0, 2).join(' ')} failed: ${tidy(stderr) || `exit code ${code}`}`);
  return stdout;
}

/** What Go said, without its progress lines. */
export function tidy(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^go: (downloading|upgraded|added|finding) /.test(line))
    .join('\n')
    .trim();
}

/**
 * Splits the concatenated JSON objects that `go list -json` prints.
 * @throws RunError where it is something else
 */
export function parseJsonStream<T>(text: string): T[] {
  try {
    return text
      .split(/^(?=\{)/m)
      .filter((part) => part.trim() !== '')
      .map((part) => JSON.parse(part) as T);
  } catch (error) {
    throw new RunError(`The go command gave no JSON (${messageOf(error)}): ${text.slice(0, 300)}`);
  }
}
