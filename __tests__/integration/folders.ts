import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { sha256Hex } from '../../src/base/hash.js';
import { removeFolder } from '../support/files.js';
import { exec, freshFolder } from '../support/program.js';

/** A folder for the tests of one file, gone when they have ended, even where Go made a module cache in it read-only. */
export function folderForTests(name: string): string {
  const folder = freshFolder(name);
  afterAll(() => {
    spawnSync('chmod', ['-R', 'u+w', folder]);
    removeFolder(folder);
  });
  return folder;
}

/** A new, empty folder below another. */
export function emptyFolder(parent: string, name: string): string {
  const folder = join(parent, name);
  removeFolder(folder);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Everything below a folder with its content, one line each, sorted; undefined where there is no folder. */
export function contentOf(folder: string): string[] | undefined {
  if (!existsSync(folder)) return undefined;
  const lines: string[] = [];
  const visit = (below: string) => {
    for (const name of readdirSync(join(folder, below))) {
      const path = below === '' ? name : `${below}/${name}`;
      const stats = lstatSync(join(folder, path));
      if (stats.isDirectory()) visit(path);
      const content = stats.isSymbolicLink()
        ? readlinkSync(join(folder, path))
        : stats.isFile()
          ? sha256Hex(readFileSync(join(folder, path)))
          : 'folder';
      lines.push(`${path} ${(stats.mode & 0o7777).toString(8)} ${content}`);
    }
  };
  visit('');
  return lines.sort();
}

/** Names below a store that are not at their place yet: files and folders that a run writes before it renames them. */
export function halfMade(store: string): string[] {
  const found: string[] = [];
  const visit = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (/^\..*\.(tmp|copy|old)-\d+-/.test(entry.name)) found.push(join(folder, entry.name));
      else if (entry.isDirectory()) visit(join(folder, entry.name));
    }
  };
  for (const part of ['binaries', 'layers', 'facts']) {
    if (existsSync(join(store, part))) visit(join(store, part));
  }
  return found;
}

/** One descriptor of an index or a manifest. */
export interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
  platform?: { os: string; architecture: string; variant?: string };
}

/** The bytes of a layout's blob. */
export function blob(layout: string, digest: string): Buffer {
  return readFileSync(join(layout, 'blobs', ...digest.split(':')));
}

/** A layout's index and the documents that hang from it. */
export function readLayout(layout: string) {
  const json = (digest: string) => JSON.parse(blob(layout, digest).toString());
  const { manifests } = JSON.parse(readFileSync(join(layout, 'index.json'), 'utf8')) as { manifests: Descriptor[] };
  const [entry] = manifests;
  if (!entry || manifests.length !== 1) throw new Error(`index.json has ${manifests.length} entries`);
  const children = (json(entry.digest).manifests as Descriptor[]).map((descriptor) => {
    const manifest = json(descriptor.digest) as { config: Descriptor; layers: Descriptor[] };
    return { descriptor, manifest, config: json(manifest.config.digest) };
  });
  return { digest: entry.digest, index: json(entry.digest), children };
}

/**
 * The digest of the result in an output folder, which must be whole: the layout resolves, every blob has its digest, and
 * `sha256sum` agrees with SHA256SUMS. Undefined where the folder holds nothing at the names of a result.
 */
export async function wholeResult(folder: string): Promise<string | undefined> {
  const names = ['oci', 'pushgateway.oci.tar', 'bin', 'SHA256SUMS', 'spec.json', 'sbom'];
  const there = names.filter((name) => existsSync(join(folder, name)));
  if (there.length === 0) return undefined;
  if (there.length < names.length) throw new Error(`only ${there.join(', ')} in ${folder}`);
  const layout = join(folder, 'oci');
  const { digest, children } = readLayout(layout);
  const referenced = children.flatMap(({ descriptor, manifest }) => [descriptor, manifest.config, ...manifest.layers]);
  for (const { digest: each, size } of referenced) {
    if (blob(layout, each).length !== size) throw new Error(`${each} has another size`);
  }
  for (const name of readdirSync(join(layout, 'blobs', 'sha256'))) {
    if (sha256Hex(blob(layout, `sha256:${name}`)) !== name) throw new Error(`blob ${name} is damaged`);
  }
  const { code, stderr } = await exec('sha256sum', ['-c', '--quiet', '--strict', 'SHA256SUMS'], { cwd: folder });
  if (code !== 0) throw new Error(`sha256sum: ${stderr}`);
  return digest;
}
