import { extractFeatures } from '#main/features/extract.ts';
import { FeatureSpec, featureSize } from '#shared/domain/feature-spec.ts';
import { frameLength, type OverlayPlan, type PlanOverlay } from './overlay.ts';

const MELS = 40;
const MFCC = 13;

/** Mel bands as networks get them: natural logarithms of their power. */
export const planMel: PlanOverlay = (sampleRate) => {
  const spec = specOf(sampleRate, { kind: 'logmel' });
  return { ...planFeatures(sampleRate, spec), unit: 'ln power', words: melWords(sampleRate, spec) };
};

/** MFCC of those bands. Logarithms, not dB under the clip's loudest frame: the value of a frame must not depend on the part in sight. */
export const planMfcc: PlanOverlay = (sampleRate) => {
  const spec = specOf(sampleRate, { kind: 'mfcc', nMfcc: MFCC, logMels: true });
  return {
    ...planFeatures(sampleRate, spec),
    unit: '',
    words: `${MFCC} coefficients (orthonormal DCT-II) of ${melWords(sampleRate, spec)}`,
  };
};

const specOf = (sampleRate: number, kind: Pick<FeatureSpec, 'kind'> & Partial<FeatureSpec>): FeatureSpec => {
  const winLength = frameLength(sampleRate);
  const nFft = Math.max(256, 2 ** Math.ceil(Math.log2(winLength)));
  // The windows stand one after another: the hop is a window.
  return FeatureSpec.parse({ ...kind, winLength, nFft, hopLength: nFft, center: false, nMels: MELS });
};

function planFeatures(sampleRate: number, spec: FeatureSpec): Omit<OverlayPlan, 'unit' | 'words'> {
  return {
    ...{ window: spec.nFft, values: featureSize(spec), context: 0 },
    track: (windows) =>
      windows.length === 0 ? new Float32Array(0) : new Float32Array(extractFeatures(windows, sampleRate, spec).values),
  };
}

const melWords = (sampleRate: number, { nMels, nFft, melScale, logOffset }: FeatureSpec) =>
  `${nMels} mel bands (${melScale.toUpperCase()}), 0 to ${Math.floor(sampleRate / 2)} Hz, ln(power + ${logOffset}), 25 ms Hann window, FFT of ${nFft}`;
