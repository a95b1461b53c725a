/** What is left of samples less what was predicted of them; the first `order` are 0 there, and written as they are. */
interface Prediction {
  order: number;
  residual: Int32Array;
}

/** Residuals of the fixed predictors of order 0 to 4: differences of differences (RFC 9639, section 9.2.5). */
export function fixedPredictors(samples: Int32Array): Prediction[] {
  const found: Prediction[] = [{ order: 0, residual: samples }];
  for (let order = 1; order <= 4 && order < samples.length; order++) {
    const before = found[order - 1].residual;
    const residual = new Int32Array(samples.length);
    // Where the difference before is not defined, its place holds 0 and is not used.
    for (let n = order; n < samples.length; n++) residual[n] = before[n] - before[n - 1];
    found.push({ order, residual });
  }
  return found;
}

interface LinearPrediction extends Prediction {
  /** Whole numbers of `precision` bits, the one for the last sample first; prediction = floor(sum / 2^shift). */
  coefficients: Int32Array;
  precision: number;
  shift: number;
}

const MOST_ORDER = 10;
const PRECISION = 14;
const MOST_SHIFT = 15;
/** Residuals beyond this would not fit their codes. */
const MOST_RESIDUAL = 2 ** 30;

/** Linear prediction by the autocorrelation of the windowed samples (Levinson and Durbin); null where it cannot be had. */
export function linearPredictor(samples: Int32Array, bits: number): LinearPrediction | null {
  if (samples.length <= 2 * MOST_ORDER) return null;
  const real = bestCoefficients(autocorrelation(samples), samples.length, bits + PRECISION);
  if (!real) return null;
  const order = real.length;
  const largest = real.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const shift = Math.min(MOST_SHIFT, PRECISION - 2 - Math.floor(Math.log2(largest)));
  if (!(shift >= 0)) return null;
  const coefficients = new Int32Array(order);
  const limit = 2 ** (PRECISION - 1);
  // What rounding leaves over is handed on to the next coefficient.
  let carried = 0;
  for (let i = 0; i < order; i++) {
    carried += real[i] * 2 ** shift;
    coefficients[i] = Math.max(-limit, Math.min(limit - 1, Math.round(carried)));
    carried -= coefficients[i];
  }
  const residual = new Int32Array(samples.length);
  const scale = 2 ** -shift;
  for (let n = order; n < samples.length; n++) {
    let sum = 0;
    for (let i = 0; i < order; i++) sum += coefficients[i] * samples[n - 1 - i];
    const rest = samples[n] - Math.floor(sum * scale);
    if (rest >= MOST_RESIDUAL || rest <= -MOST_RESIDUAL) return null;
    residual[n] = rest;
  }
  return { order, residual, coefficients, precision: PRECISION, shift };
}

/** Lags 0 to MOST_ORDER, under a Welch window. */
function autocorrelation(samples: Int32Array): Float64Array {
  const count = samples.length;
  const windowed = new Float64Array(count);
  for (let n = 0; n < count; n++) windowed[n] = samples[n] * (1 - ((2 * n + 1 - count) / count) ** 2);
  return Float64Array.from({ length: MOST_ORDER + 1 }, (_, lag) => {
    let sum = 0;
    for (let n = lag; n < count; n++) sum += windowed[n] * windowed[n - lag];
    return sum;
  });
}

/** Coefficients of the order whose residual is expected to be the shortest, each one more costing `bitsEach`. */
function bestCoefficients(correlation: Float64Array, count: number, bitsEach: number): Float64Array | null {
  let error = correlation[0];
  let coefficients = new Float64Array(0);
  let best: { bits: number; coefficients: Float64Array } | null = null;
  for (let order = 1; order <= MOST_ORDER && error > 0; order++) {
    let reflection = correlation[order];
    for (let i = 0; i < order - 1; i++) reflection -= coefficients[i] * correlation[order - 1 - i];
    reflection /= error;
    const before = coefficients;
    coefficients = Float64Array.from({ length: order }, (_, i) =>
      i === order - 1 ? reflection : before[i] - reflection * before[order - 2 - i],
    );
    error *= 1 - reflection * reflection;
    // The spread of a residual that falls off exponentially on both sides.
    const bits = count * Math.max(0, 0.5 * Math.log2((0.5 * error) / count)) + order * bitsEach;
    if (!best || bits < best.bits) best = { bits, coefficients };
  }
  return best?.coefficients ?? null;
}
