import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { FeatureSpec } from '#shared/domain/feature-spec.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { ModelSpec } from '#shared/domain/model-spec.ts';
import { TrainingSpec } from '#shared/domain/training-spec.ts';
import { decodeSafetensors, encodeSafetensors, type Tensors } from './safetensors.ts';

/** The weights a run leaves behind, in its folder. */
export const BEST_WEIGHTS = 'best.safetensors';

/** All that is needed, beside the weights, to give a new clip to a trained network. */
export const TrainedDescription = z.object({
  version: z.literal(1),
  features: FeatureSpec,
  model: ModelSpec,
  training: TrainingSpec,
  inputSize: z.number().int().positive(),
  /** In the order of the head's outputs. */
  classes: z.array(z.string()).min(1),
  /** Of the training part, one value a bin: a network sees (x - mean) / std. */
  normalisation: z.object({ mean: z.array(z.number()), std: z.array(z.number()) }),
  /** The epoch these weights are from. */
  epoch: z.number().int(),
});
export type TrainedDescription = z.infer<typeof TrainedDescription>;

export interface Trained {
  description: TrainedDescription;
  weights: Tensors;
}

/**
 * A safetensors file that PyTorch loads as it is, with Hark's description in its metadata. Where initial states are learnt they
 * stand in it under names that nn modules do not have (see recurrent-stack.ts).
 */
export function encodeTrained({ description, weights }: Trained): Uint8Array {
  return encodeSafetensors({ tensors: weights, metadata: { format: 'pt', hark: JSON.stringify(description) } });
}

/** @throws HarkError `not-found` where there is no such file, `unreadable-file` where it is not one of Hark's, or damaged */
export function readTrained(file: string): Trained {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new HarkError('not-found', 'The weights of this run are not there.', {
      where: file,
      remedy: 'Train it again.',
      cause: error,
    });
  }
  const { tensors, metadata } = decodeSafetensors(bytes, file);
  const description = TrainedDescription.safeParse(parseJson(metadata['hark']));
  if (!description.success)
    throw new HarkError('unreadable-file', 'These weights do not say how Hark trained them.', { where: file });
  return { description: description.data, weights: tensors };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
