import * as core from '@actions/core';
import type { Log } from '../base/log.js';

/** The log of a workflow run: groups, notices and warnings are the runner's own. */
export const actionsLog: Log = {
  info: (line) => core.info(line),
  notice: (line) => core.notice(line),
  warning: (line) => core.warning(line),
  debug: (line) => core.debug(line),
  progress: () => {}, // a log is no terminal
  group: (title, body) => core.group(title, body),
};
