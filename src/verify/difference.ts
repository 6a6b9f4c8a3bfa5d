/**
 * How much a difference weighs, the lightest first: how the same bytes were compressed; what tells about files without
 * changing them or what runs; anything else (design, section 9).
 */
export type Weight = 'compression' | 'metadata' | 'content';

/** Where in an image a difference lies, from the outside in. */
export type Level = 'index' | 'manifest' | 'config' | 'layer' | 'tar' | 'file' | 'binary';

/** What a difference is a sign of. Each has its sentence and its way out in causes.ts. */
export type CauseId =
  | 'annotations'
  | 'base'
  | 'behaviour' // entrypoint, command, env, user, ports, volumes, and the like
  | 'build-setting' // a setting of Go that is none of those below
  | 'compressor'
  | 'config-keys' // keys that one tool writes and another leaves out
  | 'damaged' // bytes that are not those of their digest, or cannot be read
  | 'epoch'
  | 'files' // files that only one side has, or whose content differs
  | 'go-architecture' // GOAMD64, GOARM, GOARM64, …
  | 'go-version'
  | 'history'
  | 'hostile' // bombs, cycles, names that leave the folder
  | 'key-order' // the same JSON, written otherwise
  | 'labels'
  | 'layers' // the same files, cut into layers otherwise
  | 'media-types'
  | 'module-version'
  | 'patches' // the program's own code differs: another patch, or another source
  | 'platforms' // platforms that are missing, extra or double
  | 'tar-format'
  | 'tar-modes'
  | 'trimpath'
  | 'vcs-stamping'
  | 'version'; // the version, or another text that the linker was given

/** One thing in which two images differ: `a` is the first, or the published one; `b` the second, or the rebuilt one. */
export interface Difference {
  readonly level: Level;
  readonly weight: Weight;
  /** As `config.Labels["a"]`, `layer 1`, `usr/local/bin/pushgateway: module golang.org/x/net`. */
  readonly where: string;
  /** What each side has, printable and at most some 200 characters; undefined where it has no such thing. */
  readonly a: string | undefined;
  readonly b: string | undefined;
  readonly cause?: CauseId;
}

/** Longest value that is shown whole. */
const MAX_SHOWN = 200;

/** A value from an image as one printable line: it comes from a stranger. */
export function printable(text: string): string {
  // A backslash that would read as one of these is written so itself.
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|\\(?=u\{)/gu, (letter) => {
    return `\\u{${letter.codePointAt(0)?.toString(16)}}`;
  });
  return line.length <= MAX_SHOWN ? line : `${line.slice(0, MAX_SHOWN)}… (${text.length} characters)`;
}
