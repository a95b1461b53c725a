import { Worker } from 'node:worker_threads';
import { EntryReader, type EntryPlace } from '#main/features/entry-reader.ts';
import { standardise, type Normalisation } from '#main/features/normalise.ts';

/** What the thread is asked: these entries, standardised, one behind the other. */
interface ReadRequest {
  /** Counted from 1. */
  number: number;
  places: EntryPlace[];
  normalisation: Normalisation;
  /** float32, room for all of them. */
  values: SharedArrayBuffer;
  /** int32[1]: number of the last request that was answered, negative where an entry was not whole. */
  answered: SharedArrayBuffer;
}

/** The thread's side. */
export function readBatches(): (request: ReadRequest) => void {
  const reader = new EntryReader();
  return ({ number, places, normalisation, values, answered }) => {
    const out = new Float32Array(values);
    let whole = true;
    let at = 0;
    for (const place of places) {
      const features = reader.read(place);
      if (features) standardise(features.values, normalisation, out, at);
      else whole = false;
      at += place.frames * place.bins;
    }
    const state = new Int32Array(answered);
    Atomics.store(state, 0, whole ? number : -number);
    Atomics.notify(state, 0);
  };
}

/** Longer than any disk takes for a batch: a thread that has not answered by then is dead. */
const PATIENCE_MS = 10_000;

/**
 * Reads the next batch in a thread of its own while a training step, which blocks this one, is under way. A help and no more:
 * whatever goes wrong there, the clips are read when they are needed, and what is wrong with them is said then.
 */
export class ReadAhead {
  readonly #answered = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  readonly #state = new Int32Array(this.#answered);
  readonly #thread: Worker;
  #values = new SharedArrayBuffer(0);
  #number = 0;
  #batch: unknown = null;
  #dead = false;

  /** @param entry reader.ts, or its bundle */
  constructor(entry: URL) {
    this.#thread = new Worker(entry);
    this.#thread.on('error', () => (this.#dead = true));
    this.#thread.unref();
  }

  /** Whether there is a thread to be asked. */
  get alive(): boolean {
    return !this.#dead;
  }

  /** Begins to read; what was asked for before is let go. @param batch what it is asked for */
  ask(batch: unknown, places: EntryPlace[], normalisation: Normalisation): void {
    this.#batch = null;
    if (!this.#settled()) return;
    const length = places.reduce((sum, { frames, bins }) => sum + frames * bins, 0);
    const bytes = length * Float32Array.BYTES_PER_ELEMENT;
    if (this.#values.byteLength < bytes) this.#values = new SharedArrayBuffer(bytes);
    this.#batch = batch;
    const request: ReadRequest = {
      ...{ number: ++this.#number, places, normalisation },
      ...{ values: this.#values, answered: this.#answered },
    };
    this.#thread.postMessage(request);
  }

  /** The values asked for this batch, good until the next `ask`; null where they were not, or could not be read. */
  take(batch: unknown): Float32Array | null {
    if (this.#batch === null || this.#batch !== batch || !this.#settled()) return null;
    return this.#state[0] === this.#number ? new Float32Array(this.#values) : null;
  }

  /** Waits for the request under way. @returns false where there is nobody to answer it */
  #settled(): boolean {
    for (;;) {
      const last = Atomics.load(this.#state, 0);
      if (Math.abs(last) === this.#number) return !this.#dead;
      this.#dead ||= Atomics.wait(this.#state, 0, last, PATIENCE_MS) === 'timed-out';
      if (this.#dead) return false;
    }
  }
}
