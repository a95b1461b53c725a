import { type AddonCalls, openAddon } from './addon.ts';

type Floats = Float32Array;

/** src-native/signal. Each throws a TypeError for arguments of a wrong type, length or range. */
export interface SignalCalls extends AddonCalls {
  /** Features of many clips, one after another in `out` [frames of all, bins]. */
  features(
    ...args: [
      ...[nFft: number, hopLength: number, center: boolean, window: Floats],
      /** Of |X|^2. */
      exponent: number,
      /** Band m: the weights up to ends[m], for bins from firsts[m] on. 0 mels: the spectrum itself. */
      ...[mels: number, firsts: Int32Array, ends: Int32Array, weights: Floats],
      /** 0 none; 1 ln(x + offset); 2 dB of max(x, offset), at least `range` below the clip's largest. */
      ...[scale: 0 | 1 | 2, offset: number, range: number],
      /** DCT: [coefficients, ceil(mels / 2)], as `dctBasis`; 0 coefficients: none. */
      ...[coefficients: number, basis: Floats],
      /** fixLength 0: each clip's own. */
      ...[deltas: number, fixLength: number],
      ...[clips: readonly Floats[], out: Floats],
    ]
  ): void;
  /** Levels of a spectrogram, 0 ... 255 [height, width], or their colours [height, width, 4]. */
  spectrogramTile(
    ...args: [
      ...[nFft: number, window: Floats, samples: Floats],
      /** Samples: the first column's left edge, and from column to column. */
      ...[start: number, step: number, width: number],
      /** Frames to a column; 0 their loudest, 1 their average. */
      ...[frames: number, pooling: 0 | 1],
      /** Row y: the loudest of the bins firsts[y] ... lasts[y]; if first > last, `part` of the way from last to first. */
      ...[height: number, firsts: Int32Array, lasts: Int32Array, parts: Floats],
      /** Power of 0 dB. */
      ...[fullScale: number, floorDb: number, ceilingDb: number],
      /** [256, 3] */
      ...[colours: Uint8Array | null, pixels: Uint8Array],
    ]
  ): void;
  /**
   * out[n] = sum_k filter[p, k] samples[floor(m / up) down + firsts[p] + k - position], m = from + n, p = m mod up; samples that
   * are not there count as zeros. Only the phases in use need be there.
   */
  resample(
    ...args: [
      ...[up: number, down: number, taps: number, phases: number, firsts: Int32Array, filter: Float64Array],
      ...[samples: Floats, position: number, from: number, out: Floats],
    ]
  ): void;
}

let calls: SignalCalls | null | undefined;

/** The kernels of src-native/signal where they are built and this processor runs them, else null. No backend needs to be started. */
export function signalCalls(): SignalCalls | null {
  if (calls === undefined)
    try {
      calls = openAddon() as SignalCalls;
    } catch {
      calls = null;
    }
  return calls;
}
