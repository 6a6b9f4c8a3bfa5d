import * as core from '@actions/core';
import type { BuildResult } from '../output/result.js';
import { platformRows } from '../output/result-text.js';

/** Writes the job summary: what was built, the digest ready to copy, and the platforms. A failure is a warning. */
export async function writeSummary(result: BuildResult): Promise<void> {
  const [head = [], ...rows] = platformRows(result);
  try {
    await core.summary
      .addHeading(`pushgateway ${result.version}`, 2)
      .addRaw('Index digest:', true)
      .addCodeBlock(result.digest)
      .addTable([head.map((data) => ({ data, header: true })), ...rows])
      .addRaw(`Go ${result.goVersion}, build timestamp ${result.created}, spec ${result.outputs['spec-digest']}.`, true)
      .write();
  } catch (error) {
    core.warning(`The job summary could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
