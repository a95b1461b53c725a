import { decodeFile } from '#main/audio/decode.ts';
import type { FeatureSpec } from '#shared/domain/feature-spec.ts';
import { clipFeatures } from './clip.ts';
import type { Features } from './extract.ts';

/**
 * Features of a whole sound file, mixed to one channel, at the spec's rate or else its own.
 * @throws HarkError as `decodeFile` and `extractFeatures`
 */
export const featuresOfFile = async (file: string, spec: FeatureSpec): Promise<Features> =>
  clipFeatures(await decodeFile(file), spec);
