import { logGamma, studentQuantile } from './special.ts';

/** What a standard normal variable stays within, on both sides, with probability 0.95. */
export const NORMAL_95 = 1.959963984540054;

/**
 * Wilson's score interval for a share (Wilson 1927): never outside 0..1, and honest at 0 % and 100 %.
 * @param share hits / trials, 0..1
 * @param trials may be fractional (an effective number)
 * @param z quantile; 95 % by default
 */
export function wilsonInterval(share: number, trials: number, z = NORMAL_95): [number, number] {
  if (!(trials > 0)) return [0, 1];
  const z2 = z * z;
  const scale = 1 / (1 + z2 / trials);
  const centre = scale * (share + z2 / (2 * trials));
  const half = scale * z * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials));
  return [share === 0 ? 0 : Math.max(0, centre - half), share === 1 ? 1 : Math.min(1, centre + half)];
}

/**
 * The value below which the share `q` of the values lies, interpolated linearly (NumPy's default).
 * @param q 0..1
 * @returns NaN for no values
 */
export function percentile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return NaN;
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

export const median = (values: ArrayLike<number>): number => percentile(values, 0.5);

export function mean(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total / values.length;
}

/** Sample standard deviation (divided by n - 1); null for fewer than two values. */
export function standardDeviation(values: ArrayLike<number>): number | null {
  if (values.length < 2) return null;
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/**
 * McNemar's exact two-sided test: of the clips that just one of two models got right, how unlikely is so uneven a share if
 * either were as likely (binomial, p = 1/2)?
 * @returns p, 1 where the models never differ
 */
export function mcnemarExact(onlyA: number, onlyB: number): number {
  const differing = onlyA + onlyB;
  const pmf = halfBinomial(differing);
  let tail = 0;
  for (let k = 0; k <= Math.min(onlyA, onlyB); k++) tail += pmf[k];
  return Math.min(1, 2 * tail);
}

/**
 * Exact two-sided sign-flip (permutation) test on paired whole-number differences, one a clip: if the two models were
 * exchangeable, each difference would be as likely with either sign. p is the share of all 2^n choices of signs whose sum is at
 * least as far from 0 as the one seen. With differences of -1, 0, 1 this is McNemar's exact test.
 * The distribution of the sum is built by convolution, all differences of one size at a time.
 */
export function signFlipTest(differences: ArrayLike<number>): number {
  const countOfSize = new Map<number, number>();
  let seen = 0;
  for (let i = 0; i < differences.length; i++) {
    const difference = differences[i];
    seen += difference;
    if (difference !== 0) countOfSize.set(Math.abs(difference), (countOfSize.get(Math.abs(difference)) ?? 0) + 1);
  }
  // distribution[i] = P(sum = i - reach)
  let distribution: Float64Array = Float64Array.of(1);
  let reach = 0;
  for (const [size, count] of countOfSize) {
    const pmf = halfBinomial(count);
    const wider = new Float64Array(distribution.length + 2 * size * count);
    for (let positive = 0; positive <= count; positive++) {
      const weight = pmf[positive];
      if (weight === 0) continue;
      const shift = 2 * size * positive;
      for (let i = 0; i < distribution.length; i++) wider[i + shift] += weight * distribution[i];
    }
    distribution = wider;
    reach += size * count;
  }
  let p = 0;
  const distance = Math.abs(seen);
  for (let sum = distance; sum <= reach; sum++) p += distribution[reach + sum] * (sum === 0 ? 1 : 2);
  return Math.min(1, p);
}

/** P(k heads of n), k = 0..n, of a fair coin. */
function halfBinomial(n: number): Float64Array {
  const logFactorial = Float64Array.from({ length: n + 1 }, (_, k) => logGamma(k + 1));
  return logFactorial.map((logK, k) => Math.exp(logFactorial[n] - logK - logFactorial[n - k] - n * Math.LN2));
}

/** Holm's step-down correction (Holm 1979), in the order given: multiplied by the tests still standing, never falling. */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a] - pValues[b]);
  const corrected = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, pValues[index] * (pValues.length - rank)));
    corrected[index] = largest;
  });
  return corrected;
}

export interface AccuracyInterval {
  accuracy: number;
  interval: [number, number];
  /** How the interval was found, for the reader of a table. */
  method: string;
}

/**
 * Mean accuracy over clips and seeds, and its 95 % interval.
 * One seed: Wilson over clips. More: clips and seeds are both samples, so the variance of the mean is that of a two-way crossed
 * layout, (MS_clips + MS_seeds - MS_rest) / (clips * seeds), its degrees of freedom Satterthwaite's (1946); the interval is
 * Wilson's with the number of trials that variance amounts to, and Student's t for the normal quantile.
 * @param right [seeds][clips], 1 where that seed got that clip right, else 0; all seeds on the same clips
 */
export function accuracyInterval(right: readonly ArrayLike<number>[]): AccuracyInterval {
  const seeds = right.length;
  const clips = right[0]?.length ?? 0;
  const bySeed = right.map((row) => mean(row));
  const accuracy = clips === 0 ? 0 : mean(bySeed);
  if (seeds < 2 || clips < 2)
    return { accuracy, interval: wilsonInterval(accuracy, clips), method: `Wilson, over ${clips} clips` };

  const byClip = Float64Array.from({ length: clips }, (_, clip) => mean(right.map((row) => row[clip])));
  const clipSquares = seeds * squaresAround(byClip, accuracy);
  const seedSquares = clips * squaresAround(bySeed, accuracy);
  const allSquares = right.reduce((total, row) => total + squaresAround(row, accuracy), 0);
  const clipsMean = clipSquares / (clips - 1);
  const seedsMean = seedSquares / (seeds - 1);
  const restMean = Math.max(0, allSquares - clipSquares - seedSquares) / ((clips - 1) * (seeds - 1));

  const variance = (clipsMean + seedsMean - restMean) / (clips * seeds);
  const spread = accuracy * (1 - accuracy);
  // Clips seen by several seeds can at best count as that many clips, and where nothing varies they count once.
  const trials = variance > 0 && spread > 0 ? Math.min(spread / variance, clips * seeds) : clips;
  const degrees =
    variance > 0
      ? (clipsMean + seedsMean - restMean) ** 2 /
        (clipsMean ** 2 / (clips - 1) + seedsMean ** 2 / (seeds - 1) + restMean ** 2 / ((clips - 1) * (seeds - 1)))
      : clips - 1;
  return {
    accuracy,
    interval: wilsonInterval(accuracy, trials, studentQuantile(0.95, Math.max(1, degrees))),
    method: `Wilson with the variance of clips and seeds together, over ${clips} clips and ${seeds} seeds`,
  };
}

function squaresAround(values: ArrayLike<number>, centre: number): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += (values[i] - centre) ** 2;
  return total;
}

export interface PairedOutcome {
  a: string;
  b: string;
  onlyA: number;
  onlyB: number;
  p: number;
  /** p after correction for the number of pairs; the same as p where there is one pair. */
  pHolm: number;
  clips: number;
  seeds: number;
}

/** One sentence about a paired test, for a reader who has had no course in statistics. */
export function describePairedTest({ a, b, onlyA, onlyB, p, pHolm, clips, seeds }: PairedOutcome): string {
  const basis = `n = ${clips} clips${seeds > 1 ? `, ${seeds} seeds` : ''}`;
  if (onlyA + onlyB === 0) return `${a} and ${b} were right and wrong on the very same clips (${basis}).`;
  if (p >= 0.05) return `The difference between ${a} and ${b} could be chance: ${pWords(p)} (${basis}).`;
  const [winner, loser, more, fewer] = onlyA >= onlyB ? [a, b, onlyA, onlyB] : [b, a, onlyB, onlyA];
  const counts = `${winner} got ${more} clip${more === 1 ? '' : 's'} right that ${loser} missed and ${fewer} the other way`;
  const over = seeds > 1 ? ` (counted over ${seeds} seeds)` : '';
  const finding = `${counts}${over}; such a gap would come up by chance ${asOdds(p)} (${pWords(p)}, ${basis})`;
  return pHolm >= 0.05
    ? `${finding}, but with several pairs tested at once it could still be chance (Holm: ${pWords(pHolm)}).`
    : `${finding}.`;
}

/** A p-value as it is told: no more exact than it is. */
export function pWords(p: number): string {
  if (p < 0.001) return 'p < 0.001';
  return `p = ${p < 0.095 ? p.toPrecision(2) : p.toFixed(2)}`;
}

/** "in 3 of 100": the rounder the rarer. */
function asOdds(p: number): string {
  if (p < 0.001) return 'in less than 1 of 1,000';
  if (p < 0.0095) return `in ${Math.max(1, Math.round(p * 1000))} of 1,000`;
  return `in ${Math.round(p * 100)} of 100`;
}
