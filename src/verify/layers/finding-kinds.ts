import type { CauseId, Level, Weight } from '../difference.js';

/** What kind of thing differs in two entries, or in two archives. */
export interface FindingKind {
  readonly level: Level;
  readonly weight: Weight;
  readonly cause: CauseId;
  /** As `mtime`; '' where the values say it. */
  readonly words: string;
}

const tarFormat = (words: string): FindingKind => ({ level: 'tar', weight: 'metadata', cause: 'tar-format', words });
const content = (words: string): FindingKind => ({ level: 'file', weight: 'content', cause: 'files', words });

export const Kind = {
  // What says nothing about the files.
  mtime: { level: 'tar', weight: 'metadata', cause: 'epoch', words: 'mtime' },
  otherTimes: { level: 'tar', weight: 'metadata', cause: 'epoch', words: 'atime, ctime or creation time' },
  typeBits: { level: 'tar', weight: 'metadata', cause: 'tar-modes', words: 'type bits in the mode' },
  linkModes: { level: 'tar', weight: 'metadata', cause: 'tar-modes', words: 'permission bits of symbolic links' },
  fractions: tarFormat('fractions of seconds'),
  format: tarFormat('tar format'),
  ownerNames: tarFormat('names of owner and group'),
  spelling: tarFormat('spelling of names'),
  typeFlags: tarFormat('type flag'),
  records: tarFormat('records of extended headers'),
  extended: tarFormat('extended headers'),
  headers: tarFormat('form of the header'),
  padding: tarFormat('bytes that fill the last block'),
  order: tarFormat('order of the entries'),
  parents: tarFormat('folders above others, written out'),
  doubleFolders: tarFormat('folders that are there twice'),
  linkOrder: tarFormat('which of the names of one file comes first'),
  end: tarFormat('zero bytes at the end'),
  // What says something.
  only: content(''),
  type: content('type'),
  permissions: content('permission bits'),
  owner: content('owner'),
  target: content('link target'),
  device: content('device'),
  attributes: content('extended attributes'),
  content: content('content'),
  removal: content('removed from the layers below'),
  hostile: { level: 'tar', weight: 'content', cause: 'hostile', words: '' },
  damaged: { level: 'tar', weight: 'content', cause: 'damaged', words: '' },
} as const satisfies Record<string, FindingKind>;
