import type { Difference } from '../difference.js';
import { ByteCursor } from './byte-cursor.js';
import { LayerArchive } from './decompress.js';
import type { LayerFile } from './layers.js';

/** How many bytes are shown before the first that differs, and from it on. */
const SHOWN = 16;

/**
 * Two archives of unlike digests in which no difference was found that has a name: the first byte that differs, with
 * those around it.
 */
export async function differingBytes(
  a: LayerFile,
  b: LayerFile,
  where: string,
  signal: AbortSignal | undefined,
): Promise<Difference> {
  const cursors = [a, b].map((layer) => {
    return new ByteCursor(
      new LayerArchive(
        layer.path,
        { image: layer.digest, level: 'layer', where },
        { signal, isHashed: false },
      ).chunks(),
    );
  });
  try {
    let before = Buffer.alloc(0);
    for (;;) {
      const offset = cursors[0]?.offset ?? 0;
      const [block = before, other = before] = await Promise.all(cursors.map((cursor) => cursor.block()));
      if (!block.equals(other) || block.length === 0) {
        return shownBlocks(before, block, other, offset, where);
      }
      before = Buffer.from(block);
    }
  } finally {
    for (const cursor of cursors) await cursor.close();
  }
}

function shownBlocks(before: Buffer, a: Buffer, b: Buffer, offset: number, where: string): Difference {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a[at] === b[at]) at++;
  const hex = (block: Buffer) => {
    const all = Buffer.concat([before, block]);
    const from = before.length + at;
    return `${all.toString('hex', Math.max(0, from - SHOWN), from)} ${all.toString('hex', from, from + SHOWN)}`;
  };
  const place = `${where}: bytes from ${offset + at} on (in hex, ${SHOWN} before it)`;
  return { level: 'tar', weight: 'content', where: place, a: hex(a), b: hex(b) };
}
