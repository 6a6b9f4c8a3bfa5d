/** Prefix of the files that stand for deletions (image-spec layer.md, Whiteouts). */
const PREFIX = '.wh.';

/** Hides all that lower layers have in its folder. */
const OPAQUE = '.wh..wh..opq';

export function isWhiteout(path: string): boolean {
  return baseOf(path).startsWith(PREFIX);
}

/** What an entry of that path hides of lower layers: one path with all below it, or all below a folder. */
export function hiddenBy(path: string): { path: string; isOpaque: boolean } | undefined {
  const base = baseOf(path);
  if (!base.startsWith(PREFIX)) return undefined;
  const folder = path.slice(0, path.length - base.length);
  if (base === OPAQUE) return { path: folder.replace(/\/$/, ''), isOpaque: true };
  return { path: folder + base.slice(PREFIX.length), isOpaque: false };
}

/** The folders above a path, the nearest first; the root, '', last. */
export function* foldersAbove(path: string): Generator<string, void, void> {
  if (path === '') return;
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) yield path.slice(0, end);
  yield '';
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
