/**
 * A second-order section y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] - a1 y[n-1] - a2 y[n-2], from an analogue prototype by the bilinear
 * transform with its frequency warped beforehand (R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients").
 */
export interface Biquad {
  b0: number;
  b1: number;
  b2: number;
  a1: number;
  a2: number;
}

type Edge = 'lowPass' | 'highPass';

/** First order, H(s) = 1 / (s + 1) or s / (s + 1). @param frequency Hz, of -3 dB */
function firstOrder(kind: Edge, frequency: number, sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * frequency) / sampleRate);
  const b = kind === 'lowPass' ? { b0: k / (1 + k), b1: k / (1 + k) } : { b0: 1 / (1 + k), b1: -1 / (1 + k) };
  return { ...b, b2: 0, a1: (k - 1) / (k + 1), a2: 0 };
}

/** Second order, H(s) = 1 or s^2 over s^2 + s / q + 1. */
function secondOrder(kind: Edge, frequency: number, q: number, sampleRate: number): Biquad {
  const w = (2 * Math.PI * frequency) / sampleRate;
  const alpha = Math.sin(w) / (2 * q);
  const a0 = 1 + alpha;
  const sign = kind === 'lowPass' ? 1 : -1;
  const b0 = (1 - sign * Math.cos(w)) / (2 * a0);
  return { b0, b1: 2 * sign * b0, b2: b0, a1: (-2 * Math.cos(w)) / a0, a2: (1 - alpha) / a0 };
}

/**
 * A Butterworth filter as sections: pairs of poles at angles (2k + 1) pi / (2 order), so q = 1 / (2 sin of that), and one real pole
 * if the order is odd. @param frequency Hz, of -3 dB @param order poles, 6 dB an octave each
 */
export function butterworth(kind: Edge, frequency: number, order: number, sampleRate: number): Biquad[] {
  const pairs = Array.from({ length: Math.floor(order / 2) }, (_, k) =>
    secondOrder(kind, frequency, 1 / (2 * Math.sin(((2 * k + 1) * Math.PI) / (2 * order))), sampleRate),
  );
  return order % 2 === 1 ? [firstOrder(kind, frequency, sampleRate), ...pairs] : pairs;
}

/**
 * Band-pass (peak of 0 dB) or notch, H(s) = s / q or s^2 + 1 over s^2 + s / q + 1. With alpha = tan(pi width / rate) in place of the
 * cookbook's sin(w) / (2 q) the -3 dB points lie `width` Hz apart at any centre (P. A. Regalia and S. K. Mitra 1987).
 */
export function band(kind: 'bandPass' | 'notch', centre: number, width: number, sampleRate: number): Biquad {
  const w = (2 * Math.PI * centre) / sampleRate;
  const alpha = Math.tan((Math.PI * width) / sampleRate);
  const a0 = 1 + alpha;
  const poles = { a1: (-2 * Math.cos(w)) / a0, a2: (1 - alpha) / a0 };
  return kind === 'bandPass'
    ? { b0: alpha / a0, b1: 0, b2: -alpha / a0, ...poles }
    : { b0: 1 / a0, b1: (-2 * Math.cos(w)) / a0, b2: 1 / a0, ...poles };
}

/** Sections one after another over one channel that comes in blocks: double precision, beginning at rest. */
export class Cascade {
  readonly #sections: readonly Biquad[];
  /** Two values a section (transposed direct form II). */
  readonly #state: Float64Array;

  constructor(sections: readonly Biquad[]) {
    this.#sections = sections;
    this.#state = new Float64Array(2 * sections.length);
  }

  /** In place. */
  run(samples: Float64Array): void {
    this.#sections.forEach(({ b0, b1, b2, a1, a2 }, section) => {
      let s1 = this.#state[2 * section];
      let s2 = this.#state[2 * section + 1];
      for (let n = 0; n < samples.length; n++) {
        const x = samples[n];
        const y = b0 * x + s1;
        s1 = b1 * x - a1 * y + s2;
        s2 = b2 * x - a2 * y;
        samples[n] = y;
      }
      // What has died away to denormal numbers would slow the processor down.
      this.#state[2 * section] = Math.abs(s1) < 1e-30 ? 0 : s1;
      this.#state[2 * section + 1] = Math.abs(s2) < 1e-30 ? 0 : s2;
    });
  }
}
