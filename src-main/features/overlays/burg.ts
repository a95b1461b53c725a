/**
 * Linear prediction by Burg's method (J. P. Burg, Maximum entropy spectral analysis, 1975): the errors of prediction forwards and
 * backwards together are least, stage by stage, as in a lattice. The filter is always stable.
 * @param samples [count], count > order
 * @returns a [order] of x[n] + a[0] x[n-1] + ... + a[order-1] x[n-order] = error; null where there is nothing to predict
 */
export function burg(samples: Float64Array, order: number): Float64Array | null {
  const count = samples.length;
  const forward = samples.slice();
  const backward = samples.slice();
  const a = new Float64Array(order);
  const former = new Float64Array(order);
  for (let stage = 0; stage < order; stage++) {
    let product = 0;
    let power = 0;
    for (let n = stage + 1; n < count; n++) {
      product += forward[n] * backward[n - 1];
      power += forward[n] ** 2 + backward[n - 1] ** 2;
    }
    if (!(power > 0)) return null;
    const reflection = (-2 * product) / power;
    former.set(a);
    for (let i = 0; i < stage; i++) a[i] = former[i] + reflection * former[stage - 1 - i];
    a[stage] = reflection;
    for (let n = count - 1; n > stage; n--) {
      const [f, b] = [forward[n], backward[n - 1]];
      forward[n] = f + reflection * b;
      backward[n] = b + reflection * f;
    }
  }
  return a;
}
