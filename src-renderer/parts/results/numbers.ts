import { significant } from '../format.ts';

/** How results are written: accuracies with one decimal so that columns line up, intervals, p-values, seeds. */

const NO_BREAK_SPACE = '\u00a0';
export const MISSING = '–';

/** An accuracy from 0 to 1: 0.9734 -> "97.3 %"; what is not quite all never reads "100 %", what is not nothing never "0 %". */
export function accuracy(share: number | null | undefined): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return MISSING;
  return `${hundredths(share)}${NO_BREAK_SPACE}%`;
}

/** A 95 % interval of a share: "95.1–98.6 %". */
export const interval = ([low, high]: readonly [number, number]): string =>
  `${hundredths(low)}–${hundredths(high)}${NO_BREAK_SPACE}%`;

function hundredths(share: number): string {
  if (share === 0 || share === 1) return String(share * 100);
  return Math.min(99.9, Math.max(0.1, share * 100)).toFixed(1);
}

/** "0.842 ms". */
export const milliseconds = (value: number): string => `${significant(value)}${NO_BREAK_SPACE}ms`;

/** "p = 0.31", "p < 0.001". */
export const pValue = (p: number): string => (p < 0.001 ? 'p < 0.001' : `p = ${significant(p, 2)}`);

/** "seed 0", "3 seeds (0, 1, 2)". */
export const seedWords = (seeds: readonly number[]): string =>
  seeds.length === 1 ? `seed ${seeds[0]}` : `${seeds.length} seeds (${seeds.join(', ')})`;
