import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Digest, hexOf, sha256Hex } from '../base/hash.js';
import { removeTree } from '../base/workspace.js';
import type { LayerStore, StoredLayer } from '../image/layer.js';
import type { KnownVersions } from '../source/source.js';
import { BLOBS, copyInto, ignoreUnusable, keepFile, touch } from './entries.js';

/** Entries that no run has used for so long are removed. */
const KEEP_SECONDS = 30 * 24 * 3600;
/** Half-made entries (hidden names) of so long ago belong to runs that were killed. */
const ABANDONED_SECONDS = 24 * 3600;

/**
 * The folder where results are kept between runs. Nothing in it is trusted: whoever takes an entry checks its digest,
 * and a damaged one is made anew. It is safe to delete at any time.
 *
 *     binaries/KEY/PLATFORM/   one compiled binary with its licence texts (see binary-store.ts)
 *     layers/                  compressed layers by diffID and profile
 *     patches/                 patches that were fetched, by their SHA-256 (see patch-store.ts)
 *     blobs/sha256/            manifests, configs and layers of base images, by their SHA-256 (see blob-store.ts)
 *     facts/                   answers of the checksum database, and the go.mod that overrides lead to
 *     go/                      Go toolchains
 *     go-build/                Go's build cache
 *     go-path/                 what Go has seen of the checksum database, where there is no home
 */
export interface Store {
  readonly root: string;
  readonly layers: LayerStore;
  readonly knownVersions: KnownVersions;
  readonly facts: Facts;
}

/** Small JSON records by name. Each carries its own digest; one that was damaged is as if it were not there. */
export interface Facts {
  get(name: string): Promise<unknown>;
  put(name: string, value: unknown): Promise<void>;
}

export function openStore(root: string): Store {
  const facts = jsonFacts(join(root, 'facts'));
  return { root, facts, layers: layerStore(join(root, 'layers')), knownVersions: knownVersions(facts) };
}

/** A store that remembers nothing, for `--no-cache`. */
export function emptyStore(root: string): Store {
  const facts: Facts = { get: async () => undefined, put: async () => {} };
  return {
    root,
    facts,
    layers: { get: async () => undefined, put: async () => {} },
    knownVersions: knownVersions(facts),
  };
}

function jsonFacts(folder: string): Facts {
  return {
    get: async (name) => {
      const text = await readFile(join(folder, `${name}.json`), 'utf8').catch(ignoreUnusable);
      const body = text?.slice(65);
      return body !== undefined && text === sealed(body) ? JSON.parse(body) : undefined;
    },
    put: (name, value) => keepFile(join(folder, `${name}.json`), sealed(JSON.stringify(value))),
  };
}

/** A text below the line of its own SHA-256. */
function sealed(body: string): string {
  return `${sha256Hex(body)}\n${body}`;
}

function knownVersions(facts: Facts): KnownVersions {
  return {
    get: async (version) => {
      const found = (await facts.get(`upstream-${version}`)) as { sum?: unknown; time?: unknown } | undefined;
      return typeof found?.sum === 'string' && typeof found.time === 'number'
        ? { sum: found.sum, time: found.time }
        : undefined;
    },
    put: (version, known) => facts.put(`upstream-${version}`, known),
  };
}

function layerStore(folder: string): LayerStore {
  const record = (diffId: Digest, profile: number) => join(folder, `${hexOf(diffId)}.${profile}.json`);
  const blob = (diffId: Digest, profile: number) => join(folder, `${hexOf(diffId)}.${profile}.tar.gz`);
  return {
    get: async (diffId, profile): Promise<StoredLayer | undefined> => {
      const text = await readFile(record(diffId, profile), 'utf8').catch(ignoreUnusable);
      if (text === undefined) return undefined;
      try {
        const { digest, size } = JSON.parse(text) as { digest: Digest; size: number };
        await touch(record(diffId, profile));
        return { path: blob(diffId, profile), digest, size };
      } catch {
        return undefined;
      }
    },
    put: async (diffId, path, digest, size, profile) => {
      await mkdir(folder, { recursive: true });
      await copyInto(path, blob(diffId, profile));
      await keepFile(record(diffId, profile), JSON.stringify({ digest, size }));
    },
  };
}

/**
 * Removes entries of binaries, layers, patches and blobs that have not been used for a month, and what killed runs left
 * half-made.
 */
export async function pruneStore(root: string): Promise<void> {
  const now = Date.now();
  const keys = await names(join(root, 'binaries'));
  for (const folder of ['layers', 'patches', BLOBS, 'facts', ...keys.map((key) => join('binaries', key))]) {
    await removeOlder(join(root, folder), now - ABANDONED_SECONDS * 1000, (name) => name.startsWith('.'));
  }
  for (const folder of ['binaries', 'layers', 'patches', BLOBS])
    await removeOlder(join(root, folder), now - KEEP_SECONDS * 1000);
}

async function removeOlder(folder: string, oldest: number, which = (_name: string) => true): Promise<void> {
  for (const name of (await names(folder)).filter(which)) {
    const path = join(folder, name);
    const stats = await stat(path).catch(ignoreUnusable);
    if (stats && (await lastUse(path, stats.mtimeMs)) < oldest) await removeTree(path).catch(ignoreUnusable);
  }
}

async function names(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(ignoreUnusable)) ?? [];
}

/** A layer's blob is as old as its record. */
async function lastUse(path: string, fallback: number): Promise<number> {
  const record = path.replace(/\.tar\.gz$/, '.json');
  return (await stat(record).catch(ignoreUnusable))?.mtimeMs ?? fallback;
}
