import { inspect } from 'node:util';

const SHOWN = '***';

/** A text that must not be seen, as a password: printed, put into JSON or inspected, it is `***`. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself; for standard input of a child and for the edge that masks it, nothing else. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [inspect.custom](): string {
    return SHOWN;
  }
}
