import { signalCalls } from '#main/native/signal.ts';
import { filterFor, type Filter, type Phases, type ResampleOptions } from './resample-filter.ts';

export type { ResampleOptions };

/**
 * `torchaudio.functional.resample`'s defaults: what features are made with, so that their values are PyTorch's.
 * Measured 44.1 to 16 kHz: 0.5 dB down at 0.8 of the new Nyquist frequency, 2.4 at 0.9; aliases 14 dB down at 1.1, 45 at 1.3.
 */
export const TORCHAUDIO: ResampleOptions = { lowpassFilterWidth: 6, rolloff: 0.99, window: 'hann' };

/**
 * For sound that is listened to or kept; torchaudio's documentation calls these numbers "kaiser best".
 * Measured by swept sines, as parts of the lower Nyquist frequency: even to 1e-6 dB up to 0.87, 0.022 dB down at 0.9, 3 dB at
 * 0.937; noise in the pass-band 147 dB down (the floats' own); the stop-band 143 dB down from 1.02 on (60 at 1.0: only what lies
 * that near folds over, to above 0.98). libsamplerate's medium sinc: 121 dB and 3 dB down at 0.90.
 */
export const BEST: ResampleOptions = {
  lowpassFilterWidth: 64,
  rolloff: 0.9475937167399596,
  window: { kaiserBeta: 14.769656459379492 },
};

/** Samples that stand at `position` of a longer sound; beyond them there is silence. */
interface Part {
  samples: Float32Array;
  position: number;
}

/** Fills `out` with the outputs from `from` on, as the phases count them. */
type Kernel = (phases: Phases, part: Part, from: number, out: Float32Array) => void;

/**
 * Changes the sampling rate by windowed-sinc interpolation (Smith, "Digital audio resampling"; polyphase form), to torchaudio's formula:
 * y[n] = sum_i x[i] g(i / from - n / to), g(t) = s sinc(c t) w(c t), c = rolloff * min(from, to), s = c / from, w zero beyond ±lowpassFilterWidth.
 * Sums are in double precision, by the kernels where they are built.
 * @param samples [count], full scale ±1
 * @param from Hz, whole; @param to Hz, whole
 * @returns [ceil(count * to / from)]; the same array if the rates are equal
 */
export function resample(
  samples: Float32Array,
  from: number,
  to: number,
  options: ResampleOptions = TORCHAUDIO,
): Float32Array {
  if (from === to || samples.length === 0) return samples;
  const filter = filterFor(from, to, options);
  return outputsBetween(filter, { samples, position: 0 }, 0, outputs(samples.length, filter));
}

/**
 * `resample` for a sound that comes in parts: what `push` and `end` give, one after another, is what `resample` gives for the
 * whole, to the bit. Only as much of the sound is kept as the filter reaches.
 */
export class ResampleStream {
  readonly #filter: Filter | null;
  #kept: Part = { samples: new Float32Array(0), position: 0 };
  /** Of the next output. Blocks that are done are no longer counted, here nor in `position`. */
  #next = 0;

  constructor(from: number, to: number, options: ResampleOptions = TORCHAUDIO) {
    this.#filter = from === to ? null : filterFor(from, to, options);
  }

  /** @returns the outputs that no later sample has a say in */
  push(samples: Float32Array): Float32Array {
    if (!this.#filter) return samples;
    const joined = new Float32Array(this.#kept.samples.length + samples.length);
    joined.set(this.#kept.samples);
    joined.set(samples, this.#kept.samples.length);
    this.#kept = { samples: joined, position: this.#kept.position };
    // Output n reaches as far as the sample before n down / up + taps / 2 + 1.
    const { up, down, taps } = this.#filter;
    const end = this.#kept.position + joined.length;
    return this.#take(Math.floor(((end - Math.ceil(taps / 2) - 1) * up) / down));
  }

  /** @returns the rest; the stream is at its end */
  end(): Float32Array {
    if (!this.#filter) return new Float32Array(0);
    return this.#take(outputs(this.#kept.position + this.#kept.samples.length, this.#filter));
  }

  /** The outputs up to `end`; what they alone needed is let go. */
  #take(end: number): Float32Array {
    const filter = this.#filter!;
    const out = outputsBetween(filter, this.#kept, this.#next, Math.max(this.#next, end));
    this.#next += out.length;
    const { up, down, taps } = filter;
    const needed = Math.floor((this.#next * down) / up - taps / 2 - 1);
    const gone = Math.max(0, needed - this.#kept.position);
    const blocks = Math.floor(this.#next / up);
    this.#next -= blocks * up;
    this.#kept = {
      samples: this.#kept.samples.subarray(gone),
      position: this.#kept.position + gone - blocks * down,
    };
    return out;
  }
}

const outputs = (count: number, { up, down }: Filter) => Math.ceil((count * up) / down);

function outputsBetween(filter: Filter, part: Part, from: number, end: number): Float32Array {
  const kernel = kernelHere();
  const out = new Float32Array(end - from);
  let done = 0;
  filter.inParts(from, end, (phases, first, count) => {
    kernel(phases, part, first, out.subarray(done, done + count));
    done += count;
  });
  return out;
}

function kernelHere(): Kernel {
  const calls = signalCalls();
  if (!calls) return plainKernel;
  return ({ up, down, taps, firsts, values }, { samples, position }, from, out) =>
    calls.resample(up, down, taps, firsts.length, firsts, values, samples, position, from, out);
}

/** The form to read, and what runs where there are no kernels. */
const plainKernel: Kernel = ({ up, down, taps, firsts, values }, { samples, position }, from, out) => {
  for (let n = 0; n < out.length; n++) {
    const phase = (from + n) % up;
    const start = Math.floor((from + n) / up) * down + firsts[phase] - position;
    const low = Math.max(0, -start);
    const high = Math.min(taps, samples.length - start);
    let sum = 0;
    for (let k = low, at = phase * taps; k < high; k++) sum += values[at + k] * samples[start + k];
    out[n] = sum;
  }
};
