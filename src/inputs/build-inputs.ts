// Generated from action.yml by scripts/generate.mjs; do not edit.

/** An input of the action, which is a flag of the same name on the command line. */
export interface InputDefinition {
  readonly name: string;
  readonly default: string;
  readonly description: string;
}

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
    description: 'Platforms to build, as `os/architecture[/variant]`.',
  },
  { name: 'labels', default: '', description: 'Labels of the images, `key=value`, one a line.' },
  {
    name: 'source-date-epoch',
    default: 'release',
    description:
      "The one time in the images: `release` (the latest of the times of upstream's release, the overrides' releases and the patch sets' revisions), or seconds since 1970.",
  },
  { name: 'sbom', default: 'true', description: "Whether to write a CycloneDX SBOM for each platform's binary." },
  {
    name: 'cache',
    default: 'auto',
    description: 'Whether results of earlier runs are used, where they are whole. `auto` is the same as `true`.',
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
  'digest',
  'image-digests',
  'digest-amd64',
  'digest-arm64',
  'digest-arm',
  'layout',
  'archive',
  'binaries',
  'checksums',
  'sbom',
  'spec',
  'spec-digest',
  'pushgateway-version',
  'go-version',
] as const;
