import { decodeFile } from '#main/audio/decode.ts';
import type { FeatureSpec } from '#shared/domain/feature-spec.ts';
import { clipSamples } from './batch.ts';
import { extractFeatures, type Features } from './extract.ts';

/**
 * Features of a whole sound file, mixed to one channel, at the spec's rate or else its own.
 * @throws HarkError as `decodeFile` and `extractFeatures`
 */
export async function featuresOfFile(file: string, spec: FeatureSpec): Promise<Features> {
  const sound = await decodeFile(file);
  const { samples, sampleRate } = clipSamples(sound, { start: null, end: null }, spec.sampleRate);
  return extractFeatures(samples, sampleRate, spec);
}
