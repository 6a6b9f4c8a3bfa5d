import type { InputDefinition } from './input-definition.js';

/** Inputs of `outdated` alone; the others are those of `build`. */
export const OUTDATED_INPUTS = [
  {
    name: 'image',
    default: '',
    description:
      'A published image whose own spec says what is used now, in place of the inputs: a reference by tag or digest, `oci:FOLDER[:TAG]`, or an OCI archive.',
  },
  {
    name: 'db',
    default: '',
    description:
      'Address of the vulnerability database, http(s):// or file://. By default that of the environment variable GOVULNDB, else https://vuln.go.dev.',
  },
  {
    name: 'build',
    default: 'true',
    description: 'Whether the images of the re-cut are built, so that their digest is known.',
  },
  {
    name: 'output-dir',
    default: '',
    description: 'Folder where the images of the re-cut go. By default they are made, and not kept.',
  },
] as const satisfies readonly InputDefinition[];
