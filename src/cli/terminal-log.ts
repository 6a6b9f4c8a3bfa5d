import type { WriteStream } from 'node:tty';
import type { Log } from '../base/log.js';

/** A log on a terminal, or plain lines where the stream is none. */
export interface TerminalLog extends Log {
  /** Wipes the line of live progress. */
  clear(): void;
}

/**
 * The command line's log, on standard error. Progress is one line that is written over, on a terminal only; colours
 * likewise, unless NO_COLOR is set.
 */
export function terminalLog(stream: WriteStream): TerminalLog {
  const live = stream.isTTY === true;
  const colour = live && !process.env.NO_COLOR;
  const paint = (code: number, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  let shown = false;
  const clear = () => {
    if (shown) stream.write('\r\u001b[2K');
    shown = false;
  };
  const line = (text: string) => {
    clear();
    stream.write(`${text}\n`);
  };
  return {
    clear,
    info: (text) => line(`  ${text}`),
    notice: (text) => line(`  ${paint(36, 'note:')} ${text}`),
    warning: (text) => line(`  ${paint(33, 'warning:')} ${text}`),
    debug: (text) => {
      if (process.env.PUSHGATEWAY_TTL_DEBUG) line(`  ${paint(2, text)}`);
    },
    progress: (text) => {
      if (!live) return;
      clear();
      // A terminal that does not know its width says 0.
      stream.write(`  ${text}`.slice(0, Math.max(20, (stream.columns || 80) - 1)));
      shown = true;
    },
    group: async (title, body) => {
      line(paint(1, title));
      try {
        return await body();
      } finally {
        clear();
      }
    },
  };
}
