import type { Network } from '#main/inspection/networks.ts';
import { createModel } from '#main/models/model.ts';
import { featureSize, FeatureSpec, type FeatureSpecInput } from '#shared/domain/feature-spec.ts';
import { ModelSpec } from '#shared/domain/model-spec.ts';
import { TrainingSpec } from '#shared/domain/training-spec.ts';
import { Random } from '#shared/math/random.ts';
import type { z } from 'zod';

export const BINS = 6;

/** A network of three classes with the weights it begins with, and a normalisation that is not neutral. */
export function madeNetwork(
  spec: z.input<typeof ModelSpec>,
  { seed = 1, features = { kind: 'logmel', nMels: BINS } }: { seed?: number; features?: FeatureSpecInput } = {},
): Network {
  const feature = FeatureSpec.parse(features);
  const inputSize = featureSize(feature);
  const model = createModel(ModelSpec.parse(spec), { inputSize, classes: 3 }, seed);
  const random = new Random(seed, 'normalisation');
  const description = {
    version: 1 as const,
    features: feature,
    model: model.spec,
    training: TrainingSpec.parse({}),
    inputSize,
    classes: ['a', 'b', 'c'],
    normalisation: {
      mean: Array.from({ length: inputSize }, () => random.normal()),
      std: Array.from({ length: inputSize }, () => 0.5 + random.uniform()),
    },
    epoch: 1,
  };
  return { model, description };
}

/** Features of noise. */
export function madeClip(frames: number, { seed = 1, bins = BINS } = {}) {
  const random = new Random(seed, 'clip');
  return { frames, bins, values: Float32Array.from({ length: frames * bins }, () => 3 * random.normal()) };
}
