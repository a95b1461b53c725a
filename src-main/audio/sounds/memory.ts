import type { Signal } from '../signal/signal.ts';

/** Sounds that were made, the last ones used, as long as what they hold in memory is not too much. */
export class SoundMemory {
  readonly #most: { bytes: number; sounds: number };
  /** In the order of use, the oldest first. */
  readonly #sounds = new Map<string, Signal>();

  constructor(most = { bytes: 256 * 2 ** 20, sounds: 2000 }) {
    this.#most = most;
  }

  get(key: string): Signal | null {
    const signal = this.#sounds.get(key);
    if (!signal) return null;
    this.#sounds.delete(key);
    this.#sounds.set(key, signal);
    return signal;
  }

  put(key: string, signal: Signal): void {
    this.#sounds.delete(key);
    this.#sounds.set(key, signal);
  }

  signals(): Iterable<Signal> {
    return this.#sounds.values();
  }

  clear(): void {
    this.#sounds.clear();
  }

  /** Lets go of the oldest beyond what may be held; of samples that several share the newest bears the cost. */
  shrink(): void {
    const held = new Set<ArrayBufferLike>();
    let bytes = 0;
    let sounds = 0;
    for (const [key, signal] of [...this.#sounds].reverse()) {
      for (const { source } of signal.channels.flat())
        if (source.kind === 'memory' && !held.has(source.samples.buffer)) {
          held.add(source.samples.buffer);
          bytes += source.samples.buffer.byteLength;
        }
      // The newest stays, however large.
      if (++sounds > 1 && (bytes > this.#most.bytes || sounds > this.#most.sounds)) this.#sounds.delete(key);
    }
  }
}
