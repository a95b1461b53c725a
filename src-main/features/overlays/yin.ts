/** A pitch the sound may have, and how probable it is. */
export interface Candidate {
  /** Hz. */
  frequency: number;
  probability: number;
}

export interface YinOptions {
  sampleRate: number;
  /** Hz. */
  fMin: number;
  fMax: number;
  /** Samples that are compared with those a lag later. */
  span: number;
}

/** What the deepest trough is worth where it is not deep enough for the threshold (Mauch and Dixon's p_a). */
const LEAST_TRUST = 0.01;

/**
 * Candidates of the fundamental frequency in the middle of a window: troughs of YIN's difference function (A. de Cheveigné,
 * H. Kawahara, JASA 111, 2002, eq. 6 to 8), with the probabilities of pYIN (M. Mauch, S. Dixon, ICASSP 2014): that of a trough is
 * the probability that it is the first below a threshold drawn from Beta(2, 18). The sum over thresholds is an integral here,
 * in closed form.
 */
export class Yin {
  /** Samples of a window. */
  readonly window: number;
  readonly #options: YinOptions;
  readonly #lags: number;
  readonly #difference: Float64Array;
  readonly #normalised: Float64Array;

  constructor(options: YinOptions) {
    this.#options = options;
    // A lag beyond the longest period tells whether that is a trough.
    this.#lags = Math.ceil(options.sampleRate / options.fMin) + 2;
    this.window = options.span + this.#lags;
    this.#difference = new Float64Array(this.#lags);
    this.#normalised = new Float64Array(this.#lags);
  }

  /** @param samples [window] */
  candidates(samples: Float32Array): Candidate[] {
    this.#differ(samples);
    const { sampleRate, fMin, fMax } = this.#options;
    const d = this.#normalised;
    const found: Candidate[] = [];
    let deepest = 1;
    for (let lag = Math.max(1, Math.floor(sampleRate / fMax) - 1); lag + 1 < this.#lags; lag++) {
      if (!(d[lag] < d[lag - 1] && d[lag] <= d[lag + 1])) continue;
      const depth = Math.max(0, vertex(d, lag).value);
      const frequency = sampleRate / this.#period(lag);
      if (depth >= deepest || frequency < fMin || frequency > fMax) continue;
      found.push({ frequency, probability: thresholdsBelow(deepest) - thresholdsBelow(depth) });
      deepest = depth;
    }
    const last = found.at(-1);
    if (last) last.probability += LEAST_TRUST * thresholdsBelow(deepest);
    return found;
  }

  /**
   * d(lag): the sum of (x[n] - x[n + lag])^2 over two spans, one as far before the window's middle as the other is behind it; then d
   * over its mean up to the lag.
   */
  #differ(samples: Float32Array): void {
    const { span } = this.#options;
    let sum = 0;
    this.#normalised[0] = 1;
    for (let lag = 1; lag < this.#lags; lag++) {
      const first = Math.floor((this.#lags - lag) / 2);
      let d = 0;
      for (let n = first, end = first + span; n < end; n++) {
        const gap = samples[n] - samples[n + lag];
        d += gap * gap;
      }
      sum += d;
      this.#difference[lag] = d;
      this.#normalised[lag] = sum > 0 ? (d * lag) / sum : 1;
    }
  }

  /** Where the difference itself is least near a lag: its mean would draw the trough to shorter lags. */
  #period(lag: number): number {
    const d = this.#difference;
    return vertex(d, d[lag + 1] < d[lag] && lag + 2 < this.#lags ? lag + 1 : lag).place;
  }
}

/** P(threshold < x) under Beta(2, 18). */
const thresholdsBelow = (x: number): number => 1 - (1 - x) ** 18 * (1 + 18 * x);

/** Where the parabola through three neighbours has its least value, and that value. */
function vertex(values: Float64Array, at: number): { place: number; value: number } {
  const slope = (values[at + 1] - values[at - 1]) / 2;
  const curve = values[at + 1] - 2 * values[at] + values[at - 1];
  if (!(curve > 0)) return { place: at, value: values[at] };
  const shift = Math.max(-1, Math.min(1, -slope / curve));
  return { place: at + shift, value: values[at] + (slope * shift) / 2 };
}
