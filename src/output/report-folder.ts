import { access, constants } from 'node:fs/promises';
import { makeFolder } from '../base/files.js';
import { unusableFolder } from './unusable-folder.js';

/**
 * Finds out whether a report can be written to a folder, before minutes go into what the report is about. Leaves nothing
 * there, so that a run that is killed does not either.
 * @throws InputError where nothing can be written there
 */
export async function checkReportFolder(folder: string): Promise<void> {
  try {
    const unmake = await makeFolder(folder);
    await access(folder, constants.W_OK | constants.X_OK).finally(unmake);
  } catch (error) {
    throw unusableFolder(folder, 'report-dir', error);
  }
}
