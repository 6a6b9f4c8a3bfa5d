import { InputError } from '../base/errors.js';
import { compareUtf8 } from '../base/files.js';
import { Mode } from './profile1.js';
import { tarHeader } from './tar-header.js';
import type { PaxRecord } from './tar-pax.js';

/** Where a file's bytes come from: memory, or a regular file on disk, which is read as the archive is written. */
export type Content = Uint8Array | { readonly file: string };

/** One member of an archive. `path` is relative, with `/` between its parts and none at its end. */
export type TarEntry = {
  path: string;
  mode: number;
  /** Printable ASCII; with these, the entry gets an extended header. */
  pax?: readonly PaxRecord[] | undefined;
} & ({ type: 'file'; content: Content } | { type: 'directory' } | { type: 'symlink'; target: string });

/**
 * What an archive holds, in the order in which it is written: every folder above an entry is there (mode 0755 unless
 * the caller gave it), sorted by the bytes of the paths, so that a folder stands before what is in it.
 * @throws InputError for a path that is absolute, empty, not printable ASCII or has an empty, `.` or `..` part;
 *   for a name beginning with `.wh.`, which the image spec takes for a deletion (layer.md, Whiteouts);
 *   for a path or link target that is too long (see `splitPath`); for a path that is there twice; for an entry below a
 *   file or a link; and for a mode with more than permission bits
 */
export function planTar(entries: readonly TarEntry[]): TarEntry[] {
  const planned = new Map<string, TarEntry>();
  for (const entry of entries) {
    checkEntry(entry);
    if (planned.has(entry.path))
      throw new InputError(`The path ${JSON.stringify(entry.path)} is in the archive twice.`);
    planned.set(entry.path, entry);
  }
  for (const { path } of entries) addParents(path, planned);
  // Whether the format can hold a path is known here, before anything is written.
  for (const entry of planned.values()) tarHeader(entry, 0, 0);
  return [...planned.values()].sort((a, b) => compareUtf8(a.path, b.path));
}

function addParents(path: string, planned: Map<string, TarEntry>): void {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const parent = path.slice(0, end);
    const there = planned.get(parent);
    if (there === undefined) planned.set(parent, { path: parent, type: 'directory', mode: Mode.directory });
    else if (there.type !== 'directory') {
      throw new InputError(
        `${JSON.stringify(path)} cannot lie below ${JSON.stringify(parent)}, which is a ${there.type}.`,
      );
    }
  }
}

function checkEntry(entry: TarEntry): void {
  checkText(entry.path, 'path');
  if (entry.path.split('/').some((part) => part === '' || part === '.' || part === '..')) {
    throw new InputError(
      `The path ${JSON.stringify(entry.path)} cannot be in an image: it must be relative, without a slash at its end ` +
        'and without empty, "." or ".." parts.',
    );
  }
  if (entry.path.split('/').some((part) => part.startsWith('.wh.'))) {
    throw new InputError(
      `The path ${JSON.stringify(entry.path)} cannot be in an image: names that begin with ".wh." delete what lies below.`,
    );
  }
  if (entry.type === 'symlink') checkText(entry.target, 'link target');
  if (!Number.isInteger(entry.mode) || entry.mode < 0 || entry.mode > 0o7777) {
    throw new InputError(`The mode of ${JSON.stringify(entry.path)} is not between 0 and 7777 (octal).`);
  }
}

/** The ustar format has no encoding for other letters: Go's archive/tar refuses them, and other readers guess. */
function checkText(text: string, what: string): void {
  if (/^[\x20-\x7e]+$/.test(text)) return;
  throw new InputError(
    `The ${what} ${JSON.stringify(text)} is not made of printable ASCII letters, as images need it.`,
  );
}
