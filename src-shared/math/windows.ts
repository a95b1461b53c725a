/**
 * Hann window, periodic (`torch.hann_window`, `scipy.signal.get_window('hann')`): w[n] = 0.5 - 0.5 cos(2 pi n / length).
 * @returns [length]
 */
export function hannWindow(length: number): Float64Array {
  return Float64Array.from({ length }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / length));
}

/** Windows of spectra, by their coefficients a: w[n] = sum_k (-1)^k a[k] cos(2 pi k n / length). */
const COSINE_SUMS = { hann: [0.5, 0.5], hamming: [0.54, 0.46], blackman: [0.42, 0.5, 0.08] } as const;
export type WindowName = keyof typeof COSINE_SUMS;
export const WINDOWS = Object.keys(COSINE_SUMS) as WindowName[];

/** Periodic, as `torch.hann_window`, `torch.hamming_window` and `torch.blackman_window`. @returns [length] */
export function windowOf(name: WindowName, length: number): Float64Array {
  const terms: readonly number[] = COSINE_SUMS[name];
  return Float64Array.from({ length }, (_, n) =>
    terms.reduce((sum, a, k) => sum + (k % 2 === 0 ? a : -a) * Math.cos((2 * Math.PI * k * n) / length), 0),
  );
}

/**
 * Modified Bessel function of the first kind, order 0, by its power series sum ((x/2)^k / k!)^2 (Abramowitz and Stegun 9.6.12).
 * Relative error below 1e-15 for the arguments windows need (|x| < 30).
 */
export function besselI0(x: number): number {
  const quarter = (x * x) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= quarter / (k * k);
    sum += term;
  }
  return sum;
}
