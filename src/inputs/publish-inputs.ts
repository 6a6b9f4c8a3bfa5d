// Generated from publish/action.yml by scripts/generate.mjs; do not edit.
import type { InputDefinition } from './input-definition.js';

export const PUBLISH_INPUTS = [
  {
    name: 'tag',
    default: '',
    description: 'Name and tag under which it is published, `NAME:TAG`, as in `pushgateway:1.11.3-ttl.1`.',
  },
  {
    name: 'layout',
    default: '',
    description:
      'The image: the `output-dir` or the `layout` of a build, an OCI archive, or a folder of archives of `docker save` that are called `OS.ARCH.tar.gz`.',
  },
  {
    name: 'image-destinations',
    default: '',
    description:
      'Where the image goes, one a line: `s3://BUCKET?endpoint=HOST&region=REGION&s3ForcePathStyle=true`, or `docker://HOST/NAME`.',
  },
  {
    name: 'binaries',
    default: '',
    description:
      'The folder with the binaries, `OS/ARCH[/VARIANT]/FILE`, as the output `binaries` of a build names it.',
  },
  {
    name: 'static-destinations',
    default: '',
    description:
      'Where the binaries go, one a line: `s3://BUCKET?…`, with `suffix=.json` for stores that keep objects as files.',
  },
  {
    name: 'page',
    default: '',
    description:
      "Address at which the buckets are served, as `https://downloads.example.org`: a page with the name's tags, digests and commands is written to `pages/NAME/index.html`. By default a page that is there is kept up to date.",
  },
  {
    name: 'keep',
    default: '',
    description:
      'How many tags of the name stay in the buckets, the newest by version; older ones are removed after the push. By default all.',
  },
  {
    name: 'grace',
    default: '24',
    description:
      'How long objects stay that no tag needs, in hours or days, as `24`, `24h` or `7d`: they may belong to a push that goes on.',
  },
  {
    name: 'registry-username',
    default: '',
    description:
      'User name for the registry of `image-destinations`. By default the login that podman or docker already has.',
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
    description: 'How often a request is tried again where it failed in passing, from 0 to 20.',
  },
  { name: 'summary', default: 'true', description: 'Whether to write a job summary.' },
] as const satisfies readonly InputDefinition[];

export const PUBLISH_OUTPUTS = [
  'digest',
  'image-digests',
  'references',
  'urls',
  'checksums',
  'page',
  'uploaded',
] as const;
