import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * The folders on the user's PATH, in its order. Relative entries are left out: they would run what lies in the folder
 * that the user happens to be in.
 */
export function foldersOnPath(env: Readonly<Record<string, string>>): string[] {
  return (env.PATH ?? env.Path ?? '').split(delimiter).filter(isAbsolute);
}

/** The first executable file of that name on the user's PATH, absolute, or undefined. */
export async function findOnPath(name: string, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  for (const folder of foldersOnPath(env)) {
    const path = join(folder, file);
    if (await isProgram(path)) return path;
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
