import { HarkError } from '#shared/domain/errors.ts';
import type { Features } from './extract.ts';

/** Mean and standard deviation of each bin over the frames of the training clips: plain data, stored with the run. */
export interface Normalisation {
  /** [bins] */
  mean: number[];
  /** [bins], never 0 */
  std: number[];
}

/** Below this part of the bin's own size (or in all) a spread is rounding, not signal. */
const LEAST_SPREAD = 1e-6;

/**
 * Gathers the statistics of a training part clip by clip (Welford 1962, in double precision, so that long sets lose no
 * digits). Validation and test clips must never be added.
 */
export class RunningStatistics {
  readonly bins: number;
  #frames = 0;
  #mean: Float64Array;
  /** Sum of squared distances from the mean. */
  #scatter: Float64Array;

  constructor(bins: number) {
    this.bins = bins;
    this.#mean = new Float64Array(bins);
    this.#scatter = new Float64Array(bins);
  }

  get frames(): number {
    return this.#frames;
  }

  /** @throws HarkError bad-input if the clip has another number of bins */
  add({ frames, bins, values }: Features): void {
    if (bins !== this.bins)
      throw new HarkError('bad-input', `A clip has ${bins} feature bins where ${this.bins} are expected.`);
    const mean = this.#mean;
    const scatter = this.#scatter;
    for (let t = 0, at = 0; t < frames; t++) {
      const weight = 1 / ++this.#frames;
      for (let bin = 0; bin < bins; bin++, at++) {
        const gap = values[at] - mean[bin];
        mean[bin] += gap * weight;
        scatter[bin] += gap * (values[at] - mean[bin]);
      }
    }
  }

  /**
   * The statistics so far. A bin that never changes gets a deviation of 1: it becomes 0 everywhere.
   * @throws HarkError bad-input if nothing was added
   */
  finish(): Normalisation {
    if (this.#frames === 0)
      throw new HarkError('bad-input', 'There are no training clips to take mean and deviation from.');
    const std = Array.from(this.#scatter, (scatter, bin) => {
      const deviation = Math.sqrt(scatter / this.#frames);
      return deviation > LEAST_SPREAD * Math.max(1e-3, Math.abs(this.#mean[bin])) ? deviation : 1;
    });
    return { mean: [...this.#mean], std };
  }
}

/** (value - mean) / std of each bin, into a new array; `features` stays as it is. */
export function normalise({ frames, bins, values }: Features, normalisation: Normalisation): Features {
  const { length } = normalisation.mean;
  if (length !== bins)
    throw new HarkError('bad-input', `A clip has ${bins} feature bins, but the model was trained on ${length}.`, {
      remedy: 'Use the feature settings of the run.',
    });
  const scaled = new Float32Array(values.length);
  standardise(values, normalisation, scaled);
  return { frames, bins, values: scaled };
}

/**
 * The same of [frames, bins] whose number of bins is known to be right, to `out` from `at` on; `out` may be `values` itself.
 */
export function standardise(values: Float32Array, { mean, std }: Normalisation, out: Float32Array, at = 0): void {
  const bins = mean.length;
  for (let row = 0; row < values.length; row += bins)
    for (let bin = 0; bin < bins; bin++) out[at + row + bin] = (values[row + bin] - mean[bin]) / std[bin];
}
