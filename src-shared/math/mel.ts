export type MelScale = 'htk' | 'slaney';

/** Slaney's Auditory Toolbox (1998): linear below 1 kHz at 200/3 Hz a mel, then 27 steps for each factor of 6.4. */
const HZ_PER_MEL = 200 / 3;
const BREAK_HZ = 1000;
const BREAK_MEL = BREAK_HZ / HZ_PER_MEL;
const LOG_STEP = Math.log(6.4) / 27;

/** Hz to mel. htk: 2595 log10(1 + f / 700), O'Shaughnessy's formula as in HTK. */
export function hzToMel(hz: number, scale: MelScale): number {
  if (scale === 'htk') return 2595 * Math.log10(1 + hz / 700);
  return hz < BREAK_HZ ? hz / HZ_PER_MEL : BREAK_MEL + Math.log(hz / BREAK_HZ) / LOG_STEP;
}

/** The inverse of `hzToMel`. */
export function melToHz(mel: number, scale: MelScale): number {
  if (scale === 'htk') return 700 * (10 ** (mel / 2595) - 1);
  return mel < BREAK_MEL ? mel * HZ_PER_MEL : BREAK_HZ * Math.exp(LOG_STEP * (mel - BREAK_MEL));
}

/** One triangle: `weights` apply to the bins first, first + 1, ...; empty where a band falls between two bins. */
export interface MelBand {
  first: number;
  weights: Float64Array;
}

export interface MelFilterbankOptions {
  sampleRate: number;
  nFft: number;
  nMels: number;
  fMin: number;
  /** null: half the sampling rate, rounded down. */
  fMax: number | null;
  melScale: MelScale;
  norm: 'slaney' | null;
}

/**
 * Triangular mel bands over the bins 0 ... nFft / 2, as `torchaudio.functional.melscale_fbanks`: nMels + 2 points evenly
 * spaced in mel, band m rising from point m to m + 1 and falling to m + 2. norm 'slaney': each band times 2 / (its width in Hz).
 * Bins lie evenly from 0 to floor(sampleRate / 2), as torchaudio has them (for an odd rate half a Hz below the true Nyquist).
 */
export function melFilterbank(options: MelFilterbankOptions): MelBand[] {
  const { sampleRate, nFft, nMels, melScale } = options;
  const nyquist = Math.floor(sampleRate / 2);
  const bins = Math.floor(nFft / 2) + 1;
  const low = hzToMel(options.fMin, melScale);
  const high = hzToMel(options.fMax ?? nyquist, melScale);
  const points = Array.from({ length: nMels + 2 }, (_, m) => melToHz(low + ((high - low) * m) / (nMels + 1), melScale));
  return Array.from({ length: nMels }, (_, m) => {
    const [left, centre, right] = [points[m], points[m + 1], points[m + 2]];
    const scale = options.norm === 'slaney' ? 2 / (right - left) : 1;
    let first = 0;
    const weights: number[] = [];
    for (let bin = 0; bin < bins; bin++) {
      const hz = (nyquist * bin) / (bins - 1);
      const weight = Math.min((hz - left) / (centre - left), (right - hz) / (right - centre));
      if (!(weight > 0)) continue;
      if (weights.length === 0) first = bin;
      weights.push(weight * scale);
    }
    return { first, weights: Float64Array.from(weights) };
  });
}
