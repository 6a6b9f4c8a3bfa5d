import type { ByteFile } from './byte-file.js';
import { type Executable, readExecutable } from './executable.js';
import { type GoBuild, readGoBuild } from './go-build-info.js';
import { type LineTable, readLineTable } from './pclntab.js';

/** A program's file with what is known of it. */
export interface Program {
  readonly file: ByteFile;
  readonly executable: Executable;
  /** Undefined where it is none of Go's, or damaged. */
  readonly build: GoBuild | undefined;
  readonly lines: LineTable | undefined;
}

export async function readProgram(file: ByteFile): Promise<Program | undefined> {
  const executable = await readExecutable(file);
  if (!executable) return undefined;
  const build = await readGoBuild(file, executable);
  const lines = build ? await readLineTable(file, executable) : undefined;
  return { file, executable, build, lines };
}
