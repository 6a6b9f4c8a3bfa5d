import { access, constants } from 'node:fs/promises';
import { makeFolder } from '../base/files.js';
import { unusableFolder } from './unusable-folder.js';

/**
 * Makes the folder for a report, before minutes go into what the report is about.
 * @returns what undoes it, where there is no report in the end
 * @throws InputError where nothing can be written there
 */
export async function openReportFolder(folder: string): Promise<() => Promise<void>> {
  try {
    const unmake = await makeFolder(folder);
    await access(folder, constants.W_OK | constants.X_OK);
    return unmake;
  } catch (error) {
    throw unusableFolder(folder, 'report-dir', error);
  }
}
