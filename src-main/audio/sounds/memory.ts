import path from 'node:path';
import type { Signal } from '../signal/signal.ts';

/** Sounds that were made, the last ones used, as long as what they hold in memory and on the disk is not too much. */
export class SoundMemory {
  readonly #most: { bytes: number; sounds: number };
  readonly #scratch: string;
  /** In the order of use, the oldest first. */
  readonly #sounds = new Map<string, Signal>();

  /** @param scratch folder of what was rendered into files */
  constructor(scratch: string, most = { bytes: 256 * 2 ** 20, sounds: 2000 }) {
    this.#scratch = scratch;
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

  /**
   * Lets go of the oldest beyond what may be held; of samples that several share the newest bears the cost.
   * @param mostOnDisk bytes of rendered files: what is remembered here is not pruned
   */
  shrink(mostOnDisk: number): void {
    const held = new Set<ArrayBufferLike | string>();
    let bytes = 0;
    let onDisk = 0;
    let sounds = 0;
    for (const [key, signal] of [...this.#sounds].reverse()) {
      for (const { source, frames } of signal.channels.flat()) {
        if (source.kind === 'memory' && !held.has(source.samples.buffer)) {
          held.add(source.samples.buffer);
          bytes += source.samples.buffer.byteLength;
        }
        if (source.kind === 'file' && path.dirname(source.path) === this.#scratch && !held.has(source.path)) {
          held.add(source.path);
          onDisk += frames * source.stride;
        }
      }
      // The newest stays, however large.
      const tooMuch = bytes > this.#most.bytes || onDisk > mostOnDisk || sounds >= this.#most.sounds;
      if (++sounds > 1 && tooMuch) this.#sounds.delete(key);
    }
  }
}
