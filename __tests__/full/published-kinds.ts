import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { sha256Hex } from '../../src/base/hash.js';
import { madeImage, madeIndex, pushMade, writeMadeLayout } from '../support/base-images.js';
import { serveHttps } from '../support/loopback.js';
import { makeRepository, writeFiles } from '../support/repository.js';
import { patchThatSays, VERSIONED_TREE } from '../support/versioned-tree.js';

/** How an image is built, and what its verification has to be told beside its reference. */
export interface Recipe {
  readonly build: readonly string[];
  readonly named: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface PublishedKind {
  readonly title: string;
  /**
   * @param place a new folder
   * @param registry where a base can be put: its address, and name and password for it
   */
  readonly recipe: (place: string, registry: BaseRegistry) => Recipe | Promise<Recipe>;
}

export interface BaseRegistry {
  readonly host: string;
  readonly url: string;
  /** For `Authorization: Basic`. */
  readonly login: string;
}

const EPOCH = '--source-date-epoch=1700000000';
const AMD64 = '--platforms=linux/amd64';
const PLATFORM = { os: 'linux', architecture: 'amd64' };
const ARM64 = { os: 'linux', architecture: 'arm64', variant: 'v8' };

/** A small source in a folder, without patches. */
export function folderRecipe(
  place: string,
  { build = [AMD64, '--patches=none'], named = [], env }: Partial<Recipe> = {},
  more: Readonly<Record<string, string>> = {},
): Recipe {
  const source = writeFiles(join(place, 'source'), { ...VERSIONED_TREE, ...more });
  return {
    build: ['--source', source, EPOCH, ...build],
    named: ['--allow-source', source, ...named],
    ...(env && { env }),
  };
}

function patchFile(place: string): string {
  const path = join(place, 'You.patch');
  writeFileSync(path, patchThatSays('You'));
  return path;
}

/** A tree with a module of others in it, and one that this one needs. */
const MODULE_TREE = {
  'go.mod': `${VERSIONED_TREE['go.mod']}
require golang.org/x/crypto v0.52.0

require golang.org/x/sys v0.45.0 // indirect
`,
  'go.sum': `golang.org/x/crypto v0.52.0 h1:RMs7fP2rXdep0CftQlK8Uf+kibLm7qkCcradZWYz988=
golang.org/x/crypto v0.52.0/go.mod h1:1QgfPxDqh0T2M/elOJtp9RvuR95kVjir0e6/BvEmGbc=
golang.org/x/sys v0.45.0 h1:dO4czNzziLiiXplLQgBCEpCvXQ3dnkn0SdaZSYdQ+FY=
golang.org/x/sys v0.45.0/go.mod h1:4GL1E5IUh+htKOUEOaiffhrAeqysfVGipDYzABqnCmw=
`,
  'hash.go': `package main

import "golang.org/x/crypto/blake2b"

func init() {
\tprintln(blake2b.Size)
}
`,
};

export const PUBLISHED_KINDS: readonly PublishedKind[] = [
  {
    title: 'two platforms of a folder',
    recipe: (place) => folderRecipe(place, { build: ['--platforms=linux/amd64,linux/arm64', '--patches=none'] }),
  },
  {
    title: 'labels and a suffix of its own',
    recipe: (place) => {
      const labels = ['--labels=com.example.team=metrics & <more> "x"', '--labels=a=', '--labels=z=ü'];
      return folderRecipe(place, { build: [AMD64, '--patches=none', '--version-suffix=+k0s.3', ...labels] });
    },
  },
  {
    title: 'a patch that lies in a file',
    recipe: (place) => {
      const patches = ['--patches', patchFile(place)];
      return folderRecipe(place, { build: [AMD64, ...patches], named: patches });
    },
  },
  {
    title: 'a patch at an address',
    recipe: async (place) => {
      const patch = patchThatSays('You');
      const { url, ca, close } = await serveHttps(place, (request, response) => {
        response.writeHead(request.url === '/you.patch' ? 200 : 404).end(patch);
      });
      onTestFinished(close);
      const patches = ['--patches', `${url}/you.patch#sha256=${sha256Hex(patch)}`];
      return folderRecipe(place, { build: [AMD64, ...patches], named: patches, env: { NODE_EXTRA_CA_CERTS: ca } });
    },
  },
  {
    title: 'extra files',
    recipe: (place) => {
      writeFileSync(join(place, 'motd'), 'hello\n');
      const files = ['--extra-files', `${join(place, 'motd')}:/etc/motd:0600`, '--extra-files=/etc/greeting -> motd'];
      return folderRecipe(place, { build: [AMD64, '--patches=none', ...files], named: files });
    },
  },
  {
    title: 'a base in a registry, by its repository',
    recipe: async (place, { host, url, login }) => {
      const base = madeIndex([madeImage(PLATFORM, { seed: 1 }), madeImage(ARM64, { seed: 2 })]);
      await pushMade(`${url}/v2/bases/one`, '12', base, login);
      return folderRecipe(place, {
        build: ['--platforms=linux/amd64,linux/arm64', '--patches=none', '--base-image', `${host}/bases/one:12`],
        named: ['--base-image', `${host}/bases/one`],
      });
    },
  },
  {
    title: 'a base for each platform',
    recipe: async (place, { host, url, login }) => {
      await pushMade(`${url}/v2/bases/amd`, '1', madeIndex([madeImage(PLATFORM, { seed: 3 })]), login);
      await pushMade(`${url}/v2/bases/arm`, '1', madeIndex([madeImage(ARM64, { seed: 4 })]), login);
      const bases = (tag: string) => [
        ...['--base-image', `linux/amd64=${host}/bases/amd${tag}`],
        ...['--base-image', `linux/arm64=${host}/bases/arm${tag}`],
      ];
      const build = ['--platforms=linux/amd64,linux/arm64', '--patches=none', ...bases(':1')];
      return folderRecipe(place, { build, named: bases('') });
    },
  },
  {
    title: 'a base in a folder',
    recipe: (place) => {
      const layout = writeMadeLayout(join(place, 'base'), [['', madeIndex([madeImage(PLATFORM, { seed: 5 })])]]);
      const base = ['--base-image', `oci:${layout}`];
      return folderRecipe(place, { build: [AMD64, '--patches=none', ...base], named: base });
    },
  },
  {
    title: 'a commit of a repository on disk',
    recipe: async (place) => {
      const { path, commit } = await makeRepository([], join(writeFiles(place, { 'repository/x': '' }), 'repository'));
      const source = `${path}#${await commit({ ...VERSIONED_TREE })}`;
      return {
        build: ['--source', source, '--patches=none', '--pushgateway-version=1.11.3', AMD64],
        named: ['--allow-source', source],
      };
    },
  },
  {
    title: 'a raised module',
    recipe: (place) => {
      const build = [AMD64, '--patches=none', '--module-overrides=golang.org/x/crypto@v0.53.0'];
      return folderRecipe(place, { build }, MODULE_TREE);
    },
  },
  {
    title: "this project's own image, with nothing named",
    recipe: () => ({ build: [AMD64], named: [] }),
  },
];
