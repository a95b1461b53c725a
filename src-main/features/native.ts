import type { SignalCalls } from '#main/native/signal.ts';
import { frameGeometry, type FeatureSpec } from '#shared/domain/feature-spec.ts';
import { dctBasis } from '#shared/math/dct.ts';
import { hannWindow } from '#shared/math/windows.ts';
import { emptyMatrix, type Extractor } from './matrix.ts';
import { melBands } from './mel.ts';
import { LEAST_POWER, RANGE_DB } from './mfcc.ts';

/** Offsets that floats can hold well; with any other the plain form is used. */
const LEAST_OFFSET = 1e-30;
const LARGEST_OFFSET = 1e30;

/** Whether the kernels' single precision is enough for a spec. */
export const fitsNative = ({ logOffset }: FeatureSpec): boolean =>
  logOffset >= LEAST_OFFSET && logOffset <= LARGEST_OFFSET;

/**
 * Features by the kernels of src-native/signal: single precision, all threads that the kernels have, the same values on any
 * number of them. They are the plain form's within 1e-4 of a
 * clip's largest value (spoken digits: 2e-5 at the most) wherever a band holds more than the rounding of louder ones.
 * @throws HarkError bad-input if the spec does not fit the sampling rate
 */
export function planNative(calls: SignalCalls, spec: FeatureSpec, sampleRate: number): Extractor {
  const { nFft, winLength, hopLength } = frameGeometry(spec);
  const window = Float32Array.from(hannWindow(winLength));
  const bands = spec.kind === 'spectrogram' ? null : melBands(spec, sampleRate);
  const weights = Float32Array.from(bands?.weights ?? []);
  const coefficients = spec.kind === 'mfcc' ? spec.nMfcc : 0;
  const basis = Float32Array.from(dctBasis(spec.nMels, coefficients));
  const scale = scaleOf(spec);
  return (clips) => {
    const matrix = emptyMatrix(clips, spec);
    calls.features(
      ...([nFft, hopLength, spec.center, window, spec.power / 2] as const),
      ...([bands?.firsts.length ?? 0, bands?.firsts ?? NONE, bands?.ends ?? NONE, weights] as const),
      ...([...scale, coefficients, basis, spec.deltas, spec.fixLength ?? 0] as const),
      ...([clips, matrix.values] as const),
    );
    return matrix;
  };
}

const NONE = new Int32Array(0);

function scaleOf({
  kind,
  logMels,
  logOffset,
}: FeatureSpec): readonly [scale: 0 | 1 | 2, offset: number, range: number] {
  if (kind === 'logmel' || (kind === 'mfcc' && logMels)) return [1, logOffset, 0];
  return kind === 'mfcc' ? [2, LEAST_POWER, RANGE_DB] : [0, 0, 0];
}
