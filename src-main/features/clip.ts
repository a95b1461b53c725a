import { mixedSamples } from '#main/audio/signal/mixed.ts';
import type { Signal } from '#main/audio/signal/signal.ts';
import { resample } from '#main/audio/resample.ts';
import type { FeatureSpec } from '#shared/domain/feature-spec.ts';
import { extractFeatures, type Features } from './extract.ts';

/**
 * A clip's way from its sound to features, the same wherever features are made: mixed to one channel, at the spec's sampling
 * rate (null: its own).
 * @throws HarkError bad-input if the spec does not fit the sampling rate
 */
export function clipFeatures(signal: Signal, spec: FeatureSpec): Features {
  const rate = spec.sampleRate ?? signal.sampleRate;
  return extractFeatures(resample(mixedSamples(signal), signal.sampleRate, rate), rate, spec);
}
