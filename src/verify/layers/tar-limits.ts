/** How much an archive may ask of the one who reads it. */
export interface TarLimits {
  readonly entries: number;
  /** Bytes of one extended header. */
  readonly records: number;
  /** Bytes of a name or of a link's target: Linux takes no longer one. */
  readonly path: number;
  /** Folders in a name; what looks at all of them must not take long. */
  readonly depth: number;
  /** Bytes of all texts that are kept: names, targets, records. */
  readonly text: number;
  /** Bytes of one file, holes included. */
  readonly content: number;
}

/** Some 700 bytes are kept of each entry, of two layers and of what can be seen of a stack at once. */
export const TAR_LIMITS: TarLimits = {
  entries: 300_000,
  records: 1024 ** 2,
  path: 4096,
  depth: 256,
  text: 64 * 1024 ** 2,
  content: 8 * 1024 ** 3,
};

/** Of so many entries, the headers' bytes are kept, as examples. */
export const KEPT_HEADERS = 256;

/** Equal texts, as owners' names and times, kept once. */
export class Interned {
  private readonly texts = new Map<string, string>();

  of(text: string): string {
    const there = this.texts.get(text);
    if (there !== undefined) return there;
    if (this.texts.size < 4096) this.texts.set(text, text);
    return text;
  }
}
