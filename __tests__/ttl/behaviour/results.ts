/** What was begun for many tests at the same time, for each test to wait for its own. */
export class Results {
  readonly #begun = new Map<string, Promise<void>>();

  /** Fails where a name comes twice. */
  add(name: string, result: Promise<void>): void {
    if (this.#begun.has(name)) throw new Error(`${name} comes twice`);
    result.catch(() => {}); // the test says so
    this.#begun.set(name, result);
  }

  /** Fails as what was begun has failed, or where nothing was. */
  async of(name: string): Promise<void> {
    if (!this.#begun.has(name)) throw new Error(`${name} was not begun`);
    await this.#begun.get(name);
  }

  /** Waits for all, whatever becomes of them. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#begun.values());
  }
}
