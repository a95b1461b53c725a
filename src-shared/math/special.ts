/** Functions of mathematics that statistics needs and JavaScript does not have. */

/** Half of log(2 pi). */
const HALF_LOG_TWO_PI = 0.918938533204672742;

/** log(gamma(x)) for x > 0: Stirling's series, the argument first raised above 10 by gamma(x + 1) = x gamma(x). */
export function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < 10; z++) shift += Math.log(z);
  const inverse = 1 / (z * z);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / z;
  return (z - 0.5) * Math.log(z) - z + HALF_LOG_TWO_PI + series - shift;
}

/**
 * The regularised incomplete beta function I_x(a, b): the probability that a beta(a, b) variable is at most x.
 * Continued fraction (Abramowitz and Stegun 26.5.8), evaluated from the front.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast on this side of the mean; the other is its mirror image.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(
    a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b) - Math.log(a),
  );
  const term = (n: number): number => {
    const m = Math.floor(n / 2);
    return n % 2 === 0
      ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
      : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
  };
  // Ratios of successive numerators and denominators of the convergents (modified Lentz).
  const tiny = 1e-300;
  const nonzero = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let numerators = 1;
  let denominators = 0;
  let value = 1;
  for (let n = 1; n <= 10_000; n++) {
    const d = term(n);
    denominators = 1 / nonzero(1 + d * denominators);
    numerators = nonzero(1 + d / numerators);
    const step = numerators * denominators;
    value *= step;
    if (Math.abs(step - 1) < 1e-15) break;
  }
  return front / value;
}

/** P(T <= t) for Student's t with `degrees` degrees of freedom (any positive number). */
export function studentT(t: number, degrees: number): number {
  const tail = incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2;
  return t > 0 ? 1 - tail : tail;
}

/** The t that a Student variable stays within, on both sides, with probability `level`; by bisection. */
export function studentQuantile(level: number, degrees: number): number {
  const wanted = (1 + level) / 2;
  let low = 0;
  let high = 1;
  while (studentT(high, degrees) < wanted) high *= 2;
  for (let step = 0; step < 200 && high - low > 1e-12 * high; step++) {
    const middle = (low + high) / 2;
    if (studentT(middle, degrees) < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
