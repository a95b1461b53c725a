/** Tells every listener of a stream; each listener is an async generator that ends with its signal. */
export class Broadcast<T> {
  readonly #listeners = new Set<(value: T) => void>();

  send(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }

  async *subscribe(signal: AbortSignal | undefined): AsyncGenerator<T, void> {
    const queue: T[] = [];
    let wake = () => {};
    const listener = (value: T) => {
      queue.push(value);
      wake();
    };
    const stop = () => wake();
    this.#listeners.add(listener);
    signal?.addEventListener('abort', stop);
    try {
      while (!signal?.aborted) {
        while (queue.length > 0) yield queue.shift()!;
        if (!signal?.aborted) await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      this.#listeners.delete(listener);
      signal?.removeEventListener('abort', stop);
    }
  }
}
