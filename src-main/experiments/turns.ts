/** Who has the machine to itself: one holder at a time, in the order in which they asked. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /** Waits for its turn. @returns gives it back; may be called more than once */
  async take(): Promise<() => void> {
    const before = this.#last;
    let release = (): void => {};
    this.#last = new Promise((resolve) => (release = resolve));
    await before;
    return release;
  }
}

/** A door that can be shut: those who come wait until it is open. */
export class Gate {
  #open: Promise<void> | null = null;
  #release = (): void => {};

  get shut(): boolean {
    return this.#open !== null;
  }

  close(): void {
    this.#open ??= new Promise((resolve) => (this.#release = resolve));
  }

  open(): void {
    this.#open = null;
    this.#release();
  }

  async pass(): Promise<void> {
    while (this.#open) await this.#open;
  }
}
