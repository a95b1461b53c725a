import { cut, type Span } from '#main/audio/cut.ts';
import type { DecodedAudio } from '#main/audio/decode.ts';
import { mixDown } from '#main/audio/mono.ts';
import { resample } from '#main/audio/resample.ts';
import type { FeatureSpec } from '#shared/domain/feature-spec.ts';
import { extractFeatures, type Features } from './extract.ts';

const WHOLE: Span = { start: null, end: null };

/**
 * A clip's way from decoded sound to features, the same wherever features are made: its span, mixed to one channel, at
 * the spec's sampling rate (null: its own).
 * @throws HarkError bad-input if the span holds no sound, or the spec does not fit the sampling rate
 */
export function clipFeatures(sound: DecodedAudio, spec: FeatureSpec, span: Span = WHOLE): Features {
  const mono = mixDown(sound.channels.map((channel) => cut(channel, sound.sampleRate, span)));
  const rate = spec.sampleRate ?? sound.sampleRate;
  return extractFeatures(resample(mono, sound.sampleRate, rate), rate, spec);
}
