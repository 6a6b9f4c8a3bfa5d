/** Exit codes of the contract: done; failed; bad input; verify not performed. */
export const ExitCode = { done: 0, failed: 1, badInput: 2, notPerformed: 3 } as const;

/**
 * A mistake in what the user gave. Shown without a stack trace; the process ends with 2.
 * The message says what was given, what is accepted and, through `input`, which input it was.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  /** Name of the input or flag, as in `action.yml`; undefined where no single one is at fault. */
  readonly input: string | undefined;

  constructor(message: string, input?: string) {
    super(message);
    this.input = input;
  }
}

/** The world failed, not the input: disk, network, a tool that is missing. Shown without a stack trace; ends with 1. */
export class RunError extends Error {
  override readonly name = 'RunError';
}

/** The run was cancelled by a signal. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
  /** What it has left, where that is more than nothing; follows "cancelled; ". */
  readonly left: string | undefined;

  constructor(left?: string) {
    super('cancelled');
    this.left = left;
  }
}

/** The one-line text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` of a Node.js system error (`ENOENT`, `ENOSPC`, …), or undefined. */
export function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** For `.catch`: undefined where a file is not there; any other error is thrown on. */
export function ignoreMissing(error: unknown): undefined {
  if (systemCode(error) === 'ENOENT') return undefined;
  throw error;
}

/**
 * Words for the system errors that users meet, naming the path; the error itself where it is another.
 * @param what what was being done, as "write the layout"
 */
export function explainSystemError(error: unknown, what: string): Error {
  const path = error instanceof Error ? (error as NodeJS.ErrnoException).path : undefined;
  const where = path === undefined ? '' : ` (${path})`;
  switch (systemCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new RunError(`Could not ${what}: no space is left on the disk${where}. Free some space and run again.`);
    case 'EROFS':
      return new RunError(`Could not ${what}: the file system is read-only${where}.`);
    case 'EACCES':
    case 'EPERM':
      return new RunError(`Could not ${what}: no permission${where}. Check who owns it, and its mode.`);
    default:
      return error instanceof Error ? error : new Error(String(error));
  }
}
