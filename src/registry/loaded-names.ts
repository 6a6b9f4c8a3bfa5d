import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ignoreMissing } from '../base/errors.js';
import { writeFileAtomic } from '../base/files.js';
import { type Digest, hexOf, isDigest, sha256Hex } from '../base/hash.js';
import { removeTree } from '../base/workspace.js';

/** A name in local storage, and the kept layouts that its list may point at. */
export interface LoadedName {
  readonly name: string;
  /** The storage that the name is in. */
  readonly storage: string;
  /** Index digests: one; two while the name moves from the first to the second. */
  readonly digests: readonly Digest[];
}

/** Age in milliseconds from which what nobody finished, or whose name is gone, counts as left behind. */
export const LEFT_BEHIND = 60 * 60 * 1000;

/** Which names use which kept layouts: one small file a name and storage. */
export class LoadedNames {
  private readonly folder: string;
  private readonly storage: string;

  /** @param loaded the folder of the kept layouts; they lie beside the records */
  constructor(loaded: string, storage: string) {
    this.folder = join(loaded, 'names');
    this.storage = storage;
  }

  async get(name: string): Promise<readonly Digest[]> {
    return (await readRecord(this.fileOf(name)))?.digests ?? [];
  }

  /** Records what a name uses; without digests it is forgotten. */
  async set(name: string, digests: readonly Digest[]): Promise<void> {
    if (digests.length === 0) return await rm(this.fileOf(name), { force: true });
    const record: LoadedName = { name, storage: this.storage, digests: [...new Set(digests)] };
    await writeFileAtomic(this.fileOf(name), `${JSON.stringify(record)}\n`);
  }

  /** Forgets the names of this storage that are no longer in it. */
  async forgetMissing(present: ReadonlySet<string>): Promise<void> {
    for (const { file, record } of await this.all()) {
      if (record.storage !== this.storage || present.has(record.name)) continue;
      // A young one may be of a run that is about to make it.
      const age = Date.now() - ((await stat(file).catch(ignoreMissing))?.mtimeMs ?? 0);
      if (age > LEFT_BEHIND) await rm(file, { force: true });
    }
  }

  /** Index digests that names of any storage use, or of this one alone. */
  async used(where: 'anywhere' | 'here'): Promise<Set<Digest>> {
    const records = (await this.all()).filter(({ record }) => where === 'anywhere' || record.storage === this.storage);
    return new Set(records.flatMap(({ record }) => record.digests));
  }

  /** Removes the kept layouts that no name uses. */
  async removeUnused(loaded: string): Promise<void> {
    const used = new Set([...(await this.used('anywhere'))].map(hexOf));
    for (const name of await readdir(loaded)) {
      if (/^[0-9a-f]{64}$/.test(name) && !used.has(name)) await removeTree(join(loaded, name));
    }
  }

  private async all(): Promise<{ file: string; record: LoadedName }[]> {
    const names = (await readdir(this.folder).catch(ignoreMissing)) ?? [];
    const files = names.filter((name) => /^[0-9a-f]{64}\.json$/.test(name)).map((name) => join(this.folder, name));
    const records = await Promise.all(files.map(async (file) => ({ file, record: await readRecord(file) })));
    return records.flatMap(({ file, record }) => (record === undefined ? [] : [{ file, record }]));
  }

  private fileOf(name: string): string {
    return join(this.folder, `${sha256Hex(`${this.storage}\0${name}`)}.json`);
  }
}

/** A record, or undefined where there is none or it is damaged. */
async function readRecord(file: string): Promise<LoadedName | undefined> {
  const text = await readFile(file, 'utf8').catch(ignoreMissing);
  try {
    const { name, storage, digests } = JSON.parse(text ?? '');
    return { name: String(name), storage: String(storage), digests: digests.filter(isDigest) };
  } catch {
    return undefined;
  }
}
