import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError, explainSystemError } from '../base/errors.js';
import { listTree } from '../base/files.js';
import { type Digest, digestFrom } from '../base/hash.js';
import { Mode } from './profile1.js';
import { tarChunks } from './tar.js';
import { planTar, type TarEntry } from './tar-plan.js';

/**
 * Writes a finished layout as an OCI archive, which `skopeo copy oci-archive:…`, `podman load` and others read: the
 * layout's files in a tar archive of the same form as a layer's. The same layout and time give the same bytes.
 * @param file is written over where it is there
 * @param epochSeconds time of every entry, in seconds since 1970
 * @returns digest and length in bytes of the archive
 * @throws RunError where the disk is full or may not be written
 */
export async function writeArchive(
  layoutDir: string,
  file: string,
  epochSeconds: number,
  signal?: AbortSignal,
): Promise<{ digest: Digest; size: number }> {
  const entries: TarEntry[] = (await listTree(layoutDir)).map(({ path }) => {
    return { path, type: 'file', mode: Mode.document, content: { file: join(layoutDir, path) } };
  });
  try {
    const output = await open(file, 'w', 0o644);
    try {
      const hash = createHash('sha256');
      let size = 0;
      for await (const chunk of tarChunks(planTar(entries), epochSeconds)) {
        if (signal?.aborted) throw new CancelledError();
        hash.update(chunk);
        size += chunk.length;
        await output.appendFile(chunk);
      }
      return { digest: digestFrom(hash), size };
    } finally {
      await output.close();
    }
  } catch (error) {
    await rm(file, { force: true });
    throw explainSystemError(error, 'write the OCI archive');
  }
}
