import * as tf from '@tensorflow/tfjs-core';
import type { Features } from '#main/features/extract.ts';
import { normalise } from '#main/features/normalise.ts';
import { HarkError } from '#shared/domain/errors.ts';
import type { Network } from './networks.ts';

/** Clips side by side as the network takes them, zeros behind the shorter ones; the caller disposes `x`. */
export interface ClipBatch {
  /** [clips, frames of the longest, bins] */
  x: tf.Tensor3D;
  /** Frames of each clip. */
  lengths: Int32Array;
}

/** @throws HarkError `bad-input` for features of another width */
export function batchOf({ description, model }: Network, clips: readonly Features[]): ClipBatch {
  const bins = model.inputSize;
  const lengths = Int32Array.from(clips, ({ frames }) => frames);
  const longest = lengths.reduce((a, b) => Math.max(a, b), 1);
  const values = new Float32Array(clips.length * longest * bins);
  clips.forEach((features, row) => {
    if (features.bins !== bins)
      throw new HarkError(
        'bad-input',
        `These features have ${features.bins} values a frame, the network takes ${bins}.`,
        {
          where: 'features',
        },
      );
    values.set(normalise(features, description.normalisation).values, row * longest * bins);
  });
  return { x: tf.tensor3d(values, [clips.length, longest, bins]), lengths };
}
