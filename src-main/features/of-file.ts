import { openSignal } from '#main/audio/open.ts';
import { memorySink } from '#main/audio/signal/sink.ts';
import type { FeatureSpec } from '#shared/domain/feature-spec.ts';
import { clipFeatures } from './clip.ts';
import type { Features } from './extract.ts';

/**
 * Features of a whole sound file, mixed to one channel, at the spec's rate or else its own.
 * @throws HarkError as `openSignal` and `extractFeatures`
 */
export const featuresOfFile = async (file: string, spec: FeatureSpec): Promise<Features> =>
  clipFeatures(await openSignal(file, memorySink), spec);
