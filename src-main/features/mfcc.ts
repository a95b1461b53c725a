import type { FeatureSpec } from '#shared/domain/feature-spec.ts';
import { dctPlan } from '#shared/math/dct.ts';

/** Smallest mel energy that is told from silence, torchaudio's `amin`: -100 dB. */
export const LEAST_POWER = 1e-10;
/** dB below a clip's loudest mel value where the scale ends, torchaudio's `top_db`. */
export const RANGE_DB = 80;
const DB_PER_NEPER = 10 / Math.LN10;

/**
 * Mel energies of a whole clip to MFCC, as `torchaudio.transforms.MFCC`: dB (power, 80 dB range under the clip's own
 * maximum) or, with `logMels`, natural logarithms; then the orthonormal DCT-II.
 * @returns a function of `mels` [frames, nMels] (overwritten) that writes `out` [frames, stride], the first nMfcc of each row
 */
export function mfccPlan(
  spec: FeatureSpec,
): (mels: Float64Array, frames: number, out: Float32Array, stride: number) => void {
  const { nMels, nMfcc } = spec;
  const dct = dctPlan(nMels, nMfcc);
  const row = new Float64Array(nMels);
  const cepstrum = new Float64Array(nMfcc);
  const toScale = spec.logMels ? (mels: Float64Array, count: number) => toLog(mels, count, spec.logOffset) : toDecibels;
  return (mels, frames, out, stride) => {
    toScale(mels, frames * nMels);
    for (let t = 0; t < frames; t++) {
      for (let m = 0, at = t * nMels; m < nMels; m++) row[m] = mels[at + m];
      dct(row, cepstrum);
      for (let k = 0, at = t * stride; k < nMfcc; k++) out[at + k] = cepstrum[k];
    }
  };
}

/** ln(value + offset) of the first `count` values, in place. */
export function toLog(values: Float64Array, count: number, offset: number): void {
  for (let i = 0; i < count; i++) values[i] = Math.log(values[i] + offset);
}

/** 10 log10(max(value, 1e-10)) of the first `count` values, raised to at least their maximum - 80 dB, in place. */
export function toDecibels(values: Float64Array, count: number): void {
  let loudest = -Infinity;
  for (let i = 0; i < count; i++) {
    const level = DB_PER_NEPER * Math.log(Math.max(values[i], LEAST_POWER));
    values[i] = level;
    if (level > loudest) loudest = level;
  }
  const floor = loudest - RANGE_DB;
  for (let i = 0; i < count; i++) if (values[i] < floor) values[i] = floor;
}
