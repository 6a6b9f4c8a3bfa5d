// Generated from verify/action.yml by scripts/generate.mjs; do not edit.
import type { InputDefinition } from './input-definition.js';

export const VERIFY_INPUTS = [
  {
    name: 'image',
    default: '',
    description:
      'The image: a reference by tag or digest, `oci:FOLDER[:TAG]`, or an OCI archive (`oci-archive:FILE`, or a file that ends in `.tar`).',
  },
  {
    name: 'platforms',
    default: '',
    description: 'Platforms to check, as `os/architecture[/variant]`. By default all that the image has.',
  },
  {
    name: 'patches',
    default: '',
    description:
      "Patches that are accepted beside this project's own sets, one a line: a path, or `https://…#sha256=…`. What the spec names is looked up among them by its SHA-256.",
  },
  {
    name: 'allow-source',
    default: '',
    description:
      "Sources that are accepted beside upstream's releases, one a line, exactly: `URL#COMMIT`, or a folder.",
  },
  {
    name: 'base-image',
    default: '',
    description:
      'The base image that is accepted: a repository (any digest of it), `REPOSITORY@DIGEST`, `oci:FOLDER`, or lines `PLATFORM=REFERENCE`. By default none: images on `scratch` alone.',
  },
  {
    name: 'extra-files',
    default: '',
    description: 'The extra files that the image was built with, as for the build. By default none are accepted.',
  },
  {
    name: 'spec',
    default: '',
    description:
      'The build spec, as JSON or as the path of a file, for an image that carries none. It is taken at its word.',
  },
  {
    name: 'fail-on',
    default: 'compression-differs\nmetadata-differs\ncontent-differs',
    description:
      'Verdicts that fail the step: any of `compression-differs`, `metadata-differs`, `content-differs`, or `none`. `not-performed` always fails it.',
  },
  {
    name: 'registry-username',
    default: '',
    description: 'User name for the registry of `image`. By default the login that podman or docker already has.',
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
  {
    name: 'report-dir',
    default: '',
    description:
      "Folder for the report. By default a fresh one in the runner's folder for temporary files; `verify-report` on the command line.",
  },
  { name: 'summary', default: 'true', description: 'Whether to write a job summary.' },
] as const satisfies readonly InputDefinition[];

export const VERIFY_OUTPUTS = ['verdict', 'digest', 'rebuilt-digest', 'report'] as const;
