import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ignoreMissing } from '../../base/errors.js';
import { platformFileName, platformName, targetOf } from '../../spec/platform.js';
import { notABuilds, type Part } from './open-parts.js';

/**
 * Compares binaries and SBOMs that lie beside layouts with those that follow from the images: somebody may have read
 * them, or signed them.
 * @param folder with `bin` and, where they were asked for, `sbom`
 * @throws RunError where one is another
 */
export async function checkBeside(parts: readonly Part[], folder: string): Promise<void> {
  for (const { layout, entry } of parts) {
    const { beside } = layout;
    if (beside === undefined) continue;
    const platform = targetOf(entry.platform);
    const names = [
      join('bin', platformName(platform), 'pushgateway'),
      join('sbom', `${platformFileName(platform)}.cdx.json`),
    ];
    for (const name of names) {
      const given = await readFile(join(beside, name)).catch(ignoreMissing);
      const made = given && (await readFile(join(folder, name)).catch(ignoreMissing));
      if (made && !made.equals(given)) throw notABuilds(layout, `${join(beside, name)} does not belong to the image`);
    }
  }
}
