import { type ArchiveEntry, permissions } from './tar-entry.js';
import { foldersAbove } from './whiteouts.js';

/** What a folder is that nobody wrote out: Docker's, containerd's and containers/storage's readers make it so. */
const IMPLIED_MODE = 0o755;

/** Of folders that one side writes out, those that the other has all the same, since something lies in them. */
export function impliedFolders(
  lonely: readonly ArchiveEntry[],
  other: ReadonlyMap<string, ArchiveEntry>,
): ReadonlySet<string> {
  const plain = new Set(lonely.filter(isPlain).map(({ path }) => path));
  const implied = new Set<string>();
  if (plain.delete('')) implied.add('');
  if (plain.size === 0) return implied;
  for (const path of other.keys()) {
    for (const folder of foldersAbove(path)) if (plain.has(folder)) implied.add(folder);
  }
  return implied;
}

function isPlain({ kind, mode, uid, gid, records }: ArchiveEntry): boolean {
  return (
    kind === 'directory' && permissions(mode) === IMPLIED_MODE && uid === 0 && gid === 0 && records.every(isNoAttribute)
  );
}

function isNoAttribute([key]: readonly [string, string]): boolean {
  return key === 'atime' || key === 'ctime' || key === 'comment' || key === 'hdrcharset';
}
