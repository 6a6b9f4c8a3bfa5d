import { mkdir } from 'node:fs/promises';
import { extract } from 'tar';
import { CancelledError, explainSystemError, messageOf, RunError, systemCode } from '../base/errors.js';

/** Go 1.26 has 15,000 files of 260 MB together. */
const LIMIT = { entries: 100_000, bytes: 1024 * 1024 * 1024 };

/**
 * Unpacks an official Go archive (`go1.26.8.linux-amd64.tar.gz`): files and folders below `go/`, nothing else.
 * @param folder made new; the GOROOT itself, without the `go/` of the archive
 * @throws RunError where the archive is damaged or holds a link, a path that leads out, or more than a Go has
 */
export async function unpackGoArchive(archive: string, folder: string, signal?: AbortSignal): Promise<void> {
  const gate = new Gate();
  try {
    await mkdir(folder);
    await extract({
      file: archive,
      cwd: folder,
      strip: 1,
      strict: true,
      // Read in small pieces: the default of 16 MiB doubles the memory that this takes.
      maxReadSize: 1024 * 1024,
      // Owner and umask are those of this run, whoever unpacks.
      preserveOwner: false,
      // Called before anything of an entry is written. It must not throw: node-tar calls it from a stream's event.
      filter: (path, entry) => gate.admits(path, entry.size, 'type' in entry ? entry.type : '', signal),
    });
  } catch (error) {
    const disk = ['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS'].includes(systemCode(error) ?? '');
    if (disk) throw explainSystemError(error, `unpack ${archive}`);
    if (gate.problem === undefined) throw new RunError(`Could not unpack ${archive}: ${messageOf(error)}`);
  }
  if (signal?.aborted) throw new CancelledError();
  if (gate.problem !== undefined) throw new RunError(`Could not unpack ${archive}: it holds ${gate.problem}`);
}

/** Lets the entries of a Go archive through, and none after the first that does not belong there. */
class Gate {
  problem: string | undefined;
  private entries = 0;
  private bytes = 0;

  admits(path: string, size: number, type: string, signal: AbortSignal | undefined): boolean {
    if (signal?.aborted || this.problem !== undefined) return false;
    this.entries += 1;
    this.bytes += size;
    if (!['File', 'OldFile', 'Directory'].includes(type)) {
      this.problem = `${path}, which is neither a file nor a folder (${type})`;
    } else if (!isBelowGo(path)) {
      this.problem = `the path ${JSON.stringify(path)}, which is not below go/`;
    } else if (this.entries > LIMIT.entries || this.bytes > LIMIT.bytes) {
      this.problem = 'more than any Go';
    }
    return this.problem === undefined;
  }
}

function isBelowGo(path: string): boolean {
  const parts = path.replace(/\/$/, '').split('/');
  return (
    parts[0] === 'go' && !path.includes('\\') && parts.every((part) => part !== '' && part !== '.' && part !== '..')
  );
}
