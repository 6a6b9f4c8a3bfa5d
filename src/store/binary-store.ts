import { chmod, copyFile, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ignoreMissing, systemCode } from '../base/errors.js';
import { besideName } from '../base/files.js';
import { type Digest, hexOf, sha256File, sha256Hex } from '../base/hash.js';
import { removeTree } from '../base/workspace.js';
import type { BuildInfo } from '../compile/build-info.js';
import type { DocFile } from '../compile/licences.js';
import { type Platform, platformFileName } from '../spec/platform.js';
import { ignoreUnusable, touch } from './entries.js';

/** A compiled binary and what was learnt while compiling it. */
export interface StoredBinary {
  readonly path: string;
  /** Lower-case hex SHA-256 of the binary. */
  readonly sha256: string;
  readonly docs: readonly DocFile[];
  readonly buildInfo: BuildInfo;
}

interface BinaryRecord {
  readonly sha256: string;
  readonly docs: readonly { readonly path: string; readonly text: string }[];
  readonly buildInfo: BuildInfo;
}

const BINARY = 'pushgateway';
const RECORD = 'record.json';

/**
 * Binaries by the compile part of their spec (`compileKey`) and platform. The record carries its own digest, and the
 * binary's; an entry with one bit changed is as if it were not there.
 */
export interface BinaryStore {
  get(key: Digest, platform: Platform): Promise<StoredBinary | undefined>;
  /** Keeps a copy. */
  put(key: Digest, platform: Platform, binary: Omit<StoredBinary, 'sha256'>): Promise<void>;
}

export function binaryStore(root: string): BinaryStore {
  const place = (key: Digest, platform: Platform) => join(root, 'binaries', hexOf(key), platformFileName(platform));
  return {
    get: async (key, platform) => {
      const folder = place(key, platform);
      const found = await readEntry(folder);
      if (found) await touch(dirname(folder));
      return found;
    },
    put: (key, platform, binary) => writeEntry(place(key, platform), binary),
  };
}

async function readEntry(folder: string): Promise<StoredBinary | undefined> {
  const text = await readFile(join(folder, RECORD), 'utf8').catch(ignoreUnusable);
  if (text === undefined) return undefined;
  const [digest, body = ''] = [text.slice(0, 64), text.slice(65)];
  if (text[64] !== '\n' || digest !== sha256Hex(body)) return undefined;
  const record = JSON.parse(body) as BinaryRecord;
  const path = join(folder, BINARY);
  const isFile = (await stat(path).catch(ignoreUnusable))?.isFile() ?? false;
  // Another run may be moving a damaged entry out of the way.
  if (!isFile || (await sha256File(path).catch(ignoreUnusable)) !== record.sha256) return undefined;
  const docs = record.docs.map((doc) => ({ path: doc.path, content: Buffer.from(doc.text, 'base64') }));
  return { path, sha256: record.sha256, docs, buildInfo: record.buildInfo };
}

/**
 * Written beside its place and renamed into it. Where another run was faster its entry stays, since somebody may be
 * reading it; a damaged one is replaced.
 */
async function writeEntry(folder: string, binary: Omit<StoredBinary, 'sha256'>): Promise<void> {
  const temporary = besideName(folder);
  await mkdir(temporary, { recursive: true });
  try {
    await copyFile(binary.path, join(temporary, BINARY));
    await chmod(join(temporary, BINARY), 0o755);
    const docs = binary.docs.map((doc) => ({ path: doc.path, text: doc.content.toString('base64') }));
    const record: BinaryRecord = {
      sha256: await sha256File(join(temporary, BINARY)),
      docs,
      buildInfo: binary.buildInfo,
    };
    const body = JSON.stringify(record);
    await writeFile(join(temporary, RECORD), `${sha256Hex(body)}\n${body}`);
    for (let isPlaced = false; !isPlaced; ) {
      isPlaced = await rename(temporary, folder).then(
        () => true,
        async (error) => {
          if (!['ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EPERM'].includes(systemCode(error) ?? '')) throw error;
          if (await readEntry(folder)) return true;
          // Out of the way in one step, so that other runs never meet half of it.
          const damaged = besideName(folder);
          await rename(folder, damaged).catch(ignoreMissing);
          await removeTree(damaged);
          return false;
        },
      );
    }
  } finally {
    await removeTree(temporary);
  }
}
