import type { LabChange } from '#shared/contract/lab.ts';

export type Topic = LabChange['topics'][number];

/** Tells who listens which parts of the lab have changed. */
export class Changes {
  readonly #listeners = new Set<(topics: readonly Topic[]) => void>();

  tell(...topics: Topic[]): void {
    for (const listener of this.#listeners) listener(topics);
  }

  /** Answers how to stop listening. */
  listen(listener: (topics: readonly Topic[]) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
