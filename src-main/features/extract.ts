import { signalCalls } from '#main/native/signal.ts';
import { HarkError } from '#shared/domain/errors.ts';
import type { FeatureSpec } from '#shared/domain/feature-spec.ts';
import type { Extractor, FeatureMatrix } from './matrix.ts';
import { fitsNative, planNative } from './native.ts';
import { planPlain } from './plain.ts';

/** One clip's features: `values` is [frames, bins], row-major. */
export interface Features {
  frames: number;
  bins: number;
  values: Float32Array;
}

/** Plans (windows, mel weights) of the specs last used. */
const plans = new Map<string, Extractor>();
const MOST_PLANS = 16;

/**
 * Features of one mono clip.
 * @param samples at least one; full scale is ±1
 * @param sampleRate Hz, of `samples`; resampling to `spec.sampleRate` is the caller's
 * @throws HarkError bad-input if there are no samples, or the spec does not fit the sampling rate
 */
export function extractFeatures(samples: Float32Array, sampleRate: number, spec: FeatureSpec): Features {
  const { bins, rows, values } = extractAll([samples], sampleRate, spec);
  return { frames: rows[1], bins, values };
}

/**
 * Features of many mono clips of one sampling rate in one matrix: by the kernels, on all their threads, where they are built,
 * else in TypeScript. A clip's values are those of `extractFeatures`, to the bit.
 * @throws HarkError bad-input if a clip has no samples, or the spec does not fit the sampling rate
 */
export function extractAll(clips: readonly Float32Array[], sampleRate: number, spec: FeatureSpec): FeatureMatrix {
  const empty = clips.findIndex((samples) => samples.length === 0);
  if (empty >= 0)
    throw new HarkError('bad-input', 'There are no samples to take features from.', {
      ...(clips.length > 1 ? { where: `clip ${empty}` } : {}),
      remedy: 'Leave the clip out.',
    });
  const key = `${sampleRate} ${JSON.stringify(spec)}`;
  let extractor = plans.get(key);
  if (!extractor) {
    const calls = signalCalls();
    extractor = calls && fitsNative(spec) ? planNative(calls, spec, sampleRate) : planPlain(spec, sampleRate);
    if (plans.size >= MOST_PLANS) plans.clear();
    plans.set(key, extractor);
  }
  return extractor(clips);
}
