import type { BuildResult } from './result.js';

/**
 * The end of a run, as the original builder has it: index digest, build timestamp and manifest, and beside them a table
 * of the platforms.
 */
export function resultText(result: BuildResult): string {
  const lines = [
    `pushgateway ${result.version} with Go ${result.goVersion}, ${seconds(result.milliseconds)}`,
    '',
    table(platformRows(result)),
    `index digest:    ${result.digest}`,
    `build timestamp: ${result.created}`,
    `spec digest:     ${result.outputs['spec-digest']}`,
    ...checks(result).map(([name, text]) => `${`${name}:`.padEnd(17)}${text}`),
    `output:          ${result.outputDir}`,
    ...(result.names.repositories.length === 0 ? [] : [`references:      ${result.names.references.join(' ')}`]),
    'manifest:',
    result.indexJson,
  ];
  return `${lines.join('\n')}\n`;
}

/** What came of the checks that were asked for: name and outcome. */
export function checks({ changed, reproducible }: BuildResult): [string, string][] {
  return [
    ...(changed === undefined ? [] : [['published', changed ? 'another image, or none' : 'this very image'] as const]),
    ...(reproducible === undefined
      ? []
      : [['second build', reproducible ? 'the same digest' : 'another image'] as const]),
  ].map(([name, text]) => [name, text]);
}

/** Rows of the table of platforms, the head first. */
export function platformRows(result: BuildResult): string[][] {
  const wasTested = result.platforms.some((image) => image.smokeTest !== undefined);
  const head = ['platform', 'digest', 'size', 'compiled in', ...(wasTested ? ['smoke test'] : [])];
  const rows = result.platforms.map((image) => [
    image.platform,
    image.digest,
    `${(image.size / 1e6).toFixed(1)} MB`,
    image.compileMilliseconds === 0 ? 'an earlier run' : seconds(image.compileMilliseconds),
    ...(wasTested ? [image.smokeTest ?? ''] : []),
  ]);
  return [head, ...rows];
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
