// Generated from action.yml by scripts/generate.mjs; do not edit.
import type { InputDefinition } from './input-definition.js';

export const BUILD_INPUTS = [
  { name: 'pushgateway-version', default: '1.11.3', description: 'Upstream release to build, as in `1.11.3`.' },
  {
    name: 'source',
    default: 'module',
    description:
      "Where the source comes from: `module` (the Go module, checked against the checksum database), `git` (upstream's tag), `URL#COMMIT` (a whole commit of any git repository), or a folder.",
  },
  {
    name: 'patches',
    default: 'ttl',
    description:
      'Patch sets in order, one a line: `ttl` (or a revision of it, `ttl@1`), `dinumathai` (the published set, with its faults), `none`, the path of a patch file or of a folder with patches and Go files, or `https://…#sha256=…`.',
  },
  {
    name: 'module-overrides',
    default: '',
    description: 'Dependencies to raise, one a line, as in `golang.org/x/crypto@v0.53.0`.',
  },
  {
    name: 'go-version',
    default: '',
    description: 'Exact Go version, as in `1.26.8`. By default the one that is pinned for the release.',
  },
  {
    name: 'version-suffix',
    default: '',
    description:
      'What is appended to the version that `--version` and the labels show. By default it names the patch sets, as in `+ttl.1`.',
  },
  {
    name: 'platforms',
    default: 'linux/amd64\nlinux/arm64\nlinux/arm/v7',
    description:
      'Platforms to build, as `os/architecture[/variant]`; `all` is every platform that the base image offers and Go can build for.',
  },
  {
    name: 'base-image',
    default: 'scratch',
    description:
      'What the images are built on: `scratch`, a reference (tag or digest; recorded by digest), `oci:FOLDER[:TAG]`, or a line `PLATFORM=REFERENCE` for each platform.',
  },
  {
    name: 'extra-files',
    default: '',
    description:
      'Files for one more layer, one a line: `SOURCE:TARGET[:MODE]` (a file or a folder), or `TARGET -> LINK` for a symbolic link.',
  },
  { name: 'labels', default: '', description: 'Labels of the images, `key=value`, one a line.' },
  {
    name: 'source-date-epoch',
    default: 'release',
    description:
      "The one time in the images: `release` (the latest of the times of upstream's release, the overrides' releases and the patch sets' revisions), `published` (that of `published-image` as long as nothing else has changed), or seconds since 1970.",
  },
  {
    name: 'image',
    default: '',
    description: 'Repositories that the image is for, one a line, as in `ghcr.io/k0sproject/pushgateway-ttl`.',
  },
  {
    name: 'tags',
    default: '',
    description:
      'Tags, or full references as docker/metadata-action gives them; they move where they are there already. By default the full version with `+` written `-`, which never moves from one digest to another.',
  },
  {
    name: 'load',
    default: 'auto',
    description:
      'Whether to put the image into the local storage of podman and buildah as a manifest list: `true`, `false`, or `auto` (on Linux, installing the tools where that is possible, else a notice). `false` on the command line.',
  },
  {
    name: 'docker-archives',
    default: 'false',
    description:
      'Whether to write an archive a platform for `docker load`, into the folder `docker` beside the layout.',
  },
  { name: 'push', default: 'false', description: 'Whether to push to every `image:tag`.' },
  {
    name: 'published-image',
    default: '',
    description:
      'The image that was published last, by tag or digest. The result is compared with it; where it is the same, nothing is pushed but tags that are missing.',
  },
  {
    name: 'rebuild-check',
    default: 'false',
    description:
      'Whether to build a second time, from empty caches in an unlike environment, and compare, before anything leaves.',
  },
  {
    name: 'smoke-test',
    default: 'true',
    description:
      'Whether to run what was built, before anything leaves: version, push, read, expiry; in a container too where podman or buildah is there. Other platforms run where qemu-user is there.',
  },
  {
    name: 'registry-username',
    default: '',
    description:
      'User name for the registry of `image`, or of `base-image` where there is none. By default the login that podman or docker already has.',
  },
  {
    name: 'registry-password',
    default: '',
    description:
      'Password or token for `registry-username`. On the command line it comes from the environment variable REGISTRY_PASSWORD or, with `--registry-password-stdin`, from standard input.',
  },
  {
    name: 'tls-verify',
    default: 'true',
    description: 'Whether registries must show a certificate that is trusted. `false` also allows plain http.',
  },
  {
    name: 'retries',
    default: '5',
    description: 'How often a request to a registry is tried again where it failed in passing, from 0 to 20.',
  },
  { name: 'sbom', default: 'true', description: "Whether to write a CycloneDX SBOM for each platform's binary." },
  {
    name: 'cache',
    default: 'auto',
    description:
      'Whether results of earlier runs are used, where they are whole: `true`, `false`, or `auto` (yes, unless `push` is true).',
  },
  {
    name: 'output-dir',
    default: '',
    description:
      "Folder for the results. By default a fresh one in the runner's folder for temporary files; `out` on the command line.",
  },
  { name: 'summary', default: 'true', description: 'Whether to write a job summary.' },
] as const satisfies readonly InputDefinition[];

export const BUILD_OUTPUTS = [
  'image',
  'digest',
  'image-digests',
  'digest-amd64',
  'digest-arm64',
  'digest-arm',
  'references',
  'tags',
  'layout',
  'archive',
  'binaries',
  'checksums',
  'sbom',
  'spec',
  'spec-digest',
  'changed',
  'reproducible',
  'pushgateway-version',
  'go-version',
] as const;
