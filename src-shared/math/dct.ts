/**
 * Orthonormal DCT-II, the first `outputs` coefficients, as `torchaudio.functional.create_dct(..., norm='ortho')`:
 * y[k] = s(k) sum_n x[n] cos(pi k (2 n + 1) / (2 N)), s(0) = sqrt(1 / N), s(k) = sqrt(2 / N).
 *
 * Basis vector k is symmetric for even k and antisymmetric for odd k, so the input is folded once and each
 * coefficient costs half the products.
 */
export function dctPlan(inputs: number, outputs: number): (input: Float64Array, output: Float64Array) => void {
  const half = Math.ceil(inputs / 2);
  const basis = dctBasis(inputs, outputs);
  const sums = new Float64Array(half);
  const gaps = new Float64Array(half);
  return (input, output) => {
    for (let n = 0, mirror = inputs - 1; n < half; n++, mirror--) {
      sums[n] = input[n] + input[mirror];
      gaps[n] = input[n] - input[mirror];
    }
    // The middle value of an odd length is its own mirror.
    if (inputs % 2 === 1) sums[half - 1] = input[half - 1];
    for (let k = 0; k < outputs; k++) {
      const folded = k % 2 === 0 ? sums : gaps;
      const at = k * half;
      let even = 0;
      let odd = 0;
      let n = 0;
      for (; n + 1 < half; n += 2) {
        even += folded[n] * basis[at + n];
        odd += folded[n + 1] * basis[at + n + 1];
      }
      if (n < half) even += folded[n] * basis[at + n];
      output[k] = even + odd;
    }
  };
}

/** The first half of each basis vector, the middle of an odd length included: [outputs, ceil(inputs / 2)]. */
export function dctBasis(inputs: number, outputs: number): Float64Array {
  const half = Math.ceil(inputs / 2);
  const basis = new Float64Array(outputs * half);
  for (let k = 0; k < outputs; k++) {
    const scale = Math.sqrt((k === 0 ? 1 : 2) / inputs);
    for (let n = 0; n < half; n++) basis[k * half + n] = scale * Math.cos((Math.PI * k * (2 * n + 1)) / (2 * inputs));
  }
  return basis;
}
