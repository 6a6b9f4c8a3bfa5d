/**
 * Where the steps say what they do. The command line writes to stderr, the action through `@actions/core`;
 * the steps know neither.
 */
export interface Log {
  info(line: string): void;
  /** Worth seeing, and nothing is wrong. */
  notice(line: string): void;
  warning(line: string): void;
  /** Seen only where the user asked for debugging. */
  debug(line: string): void;
  /** Live progress of something that takes a while; replaced by the next on a terminal, dropped elsewhere. */
  progress(line: string): void;
  /** Runs one phase under a heading. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>;
}

/** A log that says nothing. */
export const silentLog: Log = {
  info: () => {},
  notice: () => {},
  warning: () => {},
  debug: () => {},
  progress: () => {},
  group: (_title, body) => body(),
};
