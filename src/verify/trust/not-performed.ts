/**
 * Why an image was not rebuilt:
 * - `no-spec`: it carries none
 * - `bad-spec`: its label is no spec that this program reads
 * - `spec-differs`: its platforms carry different specs, or some carry none
 * - `untrusted-spec`: the spec asks for more than this project's own and what the caller named, or says what is not so
 * - `unavailable`: a source, patch, base, module or Go that it takes cannot be had
 */
export type NotPerformedKind = 'no-spec' | 'bad-spec' | 'spec-differs' | 'untrusted-spec' | 'unavailable';

/** An image could not be verified: never green, and the process ends with 3. Shown without a stack trace. */
export class NotPerformedError extends Error {
  override readonly name = 'NotPerformedError';
  readonly kind: NotPerformedKind;
  /** Field of the spec, as `source.url` or `patches[0].sha256`; undefined where no single one is at fault. */
  readonly field: string | undefined;

  constructor(kind: NotPerformedKind, message: string, field?: string) {
    super(message);
    this.kind = kind;
    this.field = field;
  }
}

/**
 * A spec that is refused, in the words that all such refusals share: `untrusted spec: FIELD PROBLEM`.
 * @param problem what follows the field, as `is …; accepted: …`
 */
export function refuseSpec(
  field: string,
  problem: string,
  kind: Exclude<NotPerformedKind, 'no-spec' | 'unavailable'> = 'untrusted-spec',
): NotPerformedError {
  return new NotPerformedError(kind, `untrusted spec: ${field} ${problem}`, field);
}
