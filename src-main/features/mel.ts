import { HarkError } from '#shared/domain/errors.ts';
import type { FeatureSpec } from '#shared/domain/feature-spec.ts';
import { melFilterbank } from '#shared/math/mel.ts';

/** Sums the bins of one frame into mel bands: `spectrum` [nFft / 2 + 1] to `out` [nMels]. */
export type MelSum = (spectrum: Float64Array, out: Float64Array) => void;

/** Mel bands held sparsely, one run of weights after another: band m has those up to ends[m], for bins from firsts[m] on. */
export interface MelBands {
  firsts: Int32Array;
  ends: Int32Array;
  weights: Float64Array;
}

/**
 * The mel bands of a spec at one sampling rate.
 * @throws HarkError bad-input if the bands do not fit below half the sampling rate
 */
export function melBands(spec: FeatureSpec, sampleRate: number): MelBands {
  const nyquist = sampleRate / 2;
  if (spec.fMax !== null && spec.fMax > nyquist)
    throw new HarkError(
      'bad-input',
      `fMax is ${spec.fMax} Hz, but sound at ${sampleRate} Hz reaches only ${nyquist} Hz.`,
      {
        where: 'fMax',
        remedy: 'Lower fMax, or leave it out to use half the sampling rate.',
      },
    );
  if (spec.fMin >= (spec.fMax ?? nyquist))
    throw new HarkError(
      'bad-input',
      `fMin is ${spec.fMin} Hz, but sound at ${sampleRate} Hz reaches only ${nyquist} Hz.`,
      {
        where: 'fMin',
        remedy: 'Lower fMin.',
      },
    );
  const bands = melFilterbank({ ...spec, sampleRate });
  const firsts = Int32Array.from(bands, (band) => band.first);
  const ends = new Int32Array(bands.length);
  const weights = new Float64Array(bands.reduce((sum, band) => sum + band.weights.length, 0));
  let filled = 0;
  bands.forEach((band, m) => {
    weights.set(band.weights, filled);
    filled += band.weights.length;
    ends[m] = filled;
  });
  return { firsts, ends, weights };
}

/** Plans the sum for a spec at one sampling rate. @throws HarkError as `melBands` */
export function melSum(spec: FeatureSpec, sampleRate: number): MelSum {
  const { firsts, ends, weights } = melBands(spec, sampleRate);
  return (spectrum, out) => {
    let w = 0;
    for (let m = 0; m < ends.length; m++) {
      let sum = 0;
      for (let bin = firsts[m]; w < ends[m]; w++, bin++) sum += spectrum[bin] * weights[w];
      out[m] = sum;
    }
  };
}
