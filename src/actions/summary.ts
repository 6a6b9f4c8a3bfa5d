import * as core from '@actions/core';
import { messageOf } from '../base/errors.js';
import type { BuildResult } from '../output/result.js';
import { checks, platformRows } from '../output/result-text.js';
import { phasesDiagram, pullCommands } from '../output/summary-text.js';

/** Commands that a summary shows. */
export interface SummaryCommands {
  /** Whether the image is to be had from a registry. */
  readonly wasPushed: boolean;
  /** Verifies what was pushed, one a repository. */
  readonly verify: readonly string[];
  /** Builds the same again; undefined where nobody knows. */
  readonly rebuild: string | undefined;
}

/**
 * Writes the job summary: what was built, the digest ready to copy, the platforms, how to pull and how to check it, and
 * how long each phase took. A failure is a warning.
 */
export async function writeSummary(result: BuildResult, commands: SummaryCommands): Promise<void> {
  const [head = [], ...rows] = platformRows(result);
  const { summary } = core;
  await orWarn(async () => {
    summary
      .addHeading(`pushgateway ${result.version}`, 2)
      .addRaw('Index digest:', true)
      .addCodeBlock(result.digest)
      .addTable([head.map((data) => ({ data, header: true })), ...rows.map((row) => row.map(escaped))])
      .addEOL();
    const pull = pullCommands(result, commands.wasPushed);
    if (pull.length > 0) summary.addRaw('Pull it:', true).addCodeBlock(escaped(pull.join('\n')), 'sh');
    if (commands.wasPushed && commands.verify.length > 0)
      summary
        .addRaw('Check it: this builds it again from its reference alone, anywhere, from a clone of the project.', true)
        .addCodeBlock(escaped(commands.verify.join('\n')), 'sh');
    if (commands.rebuild !== undefined)
      summary
        .addRaw('Build it: this prints the same digest anywhere.', true)
        .addCodeBlock(escaped(commands.rebuild), 'sh');
    summary.addRaw(
      `Go ${result.goVersion}, build timestamp ${result.created}, spec ${result.outputs['spec-digest']}.`,
      true,
    );
    for (const [name, text] of checks(result)) summary.addRaw(`${name}: ${text}.`, true);
    if (result.tools.length > 0) summary.addRaw(`Tools: ${result.tools.join(', ')}.`, true);
    // A blank line ends the HTML before it; only Markdown's own blocks are sure to be drawn.
    await summary.addRaw(`\n\`\`\`mermaid\n${phasesDiagram(result.phases)}\n\`\`\`\n`).write();
  });
}

/** Writes a job summary; what goes wrong with it is a warning, since what it tells of has been done. */
export async function orWarn(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    core.warning(`The job summary could not be written: ${messageOf(error)}`);
  }
}

/** The toolkit puts texts into HTML as they are. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
