import { silenceNonNumbers } from '../finite.ts';
import { readSignal, type Signal } from '../signal/signal.ts';
import { BLOCK } from './block.ts';

/** Reads a signal at places that move on, with steps back of less than `back` samples: a large block at a time. */
export class Reader {
  readonly #signal: Signal;
  readonly #back: number;
  /** One array a channel, from `#first` on. */
  readonly #ahead: Float32Array[];
  #first = Infinity;

  /** @param back also the most samples asked for at once */
  constructor(signal: Signal, back: number) {
    this.#signal = signal;
    this.#back = back;
    this.#ahead = signal.channels.map(() => new Float32Array(BLOCK + 2 * back));
  }

  /** Samples from a place on, one array a channel, valid until the next call; silence beyond the ends, and for non-numbers. */
  get(from: number, count: number): Float32Array[] {
    if (from < this.#first || from + count > this.#first + this.#ahead[0].length) {
      this.#first = from - this.#back;
      this.#ahead.forEach((samples, channel) => readSignal(this.#signal, channel, this.#first, samples));
      silenceNonNumbers(this.#ahead);
    }
    const at = from - this.#first;
    return this.#ahead.map((samples) => samples.subarray(at, at + count));
  }
}
