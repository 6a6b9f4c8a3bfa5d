// Generated from merge/action.yml by scripts/generate.mjs; do not edit.
import type { InputDefinition } from './input-definition.js';

export const MERGE_INPUTS = [
  {
    name: 'layouts',
    default: '',
    description:
      'What the jobs have built, one a line: the `output-dir` of a build, its OCI layout (`oci`), its OCI archive, or a folder that holds several of these, as actions/download-artifact leaves it.',
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
    name: 'smoke-test',
    default: 'true',
    description:
      'Whether to run what was built, before anything leaves: version, push, read, expiry; in a container too where podman or buildah is there. Other platforms run where qemu-user is there.',
  },
  {
    name: 'registry-username',
    default: '',
    description:
      'User name for the registry of `image`, or of `published-image` where there is none. By default the login that podman or docker already has.',
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
    name: 'output-dir',
    default: '',
    description:
      "Folder for the results. By default a fresh one in the runner's folder for temporary files; `out` on the command line.",
  },
  { name: 'summary', default: 'true', description: 'Whether to write a job summary.' },
] as const satisfies readonly InputDefinition[];

export const MERGE_OUTPUTS = [
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
  'pushgateway-version',
  'go-version',
] as const;
