import * as tf from '@tensorflow/tfjs-core';
import { valuesOf } from '#main/engine/values.ts';
import type { Features } from '#main/features/extract.ts';
import { largest, softmax } from '#main/training/evaluate.ts';
import { batchOf } from '../batch.ts';
import type { Network } from '../networks.ts';

/** What a network makes of clips. */
export interface Embedded {
  width: number;
  /** Before the head: the pooled hidden states, [clips, width]. */
  vectors: Float32Array;
  /** Most probable class of each, and its probability. */
  predicted: Int32Array;
  probabilities: Float32Array;
}

/** The vector before the head of each clip, and what the head makes of it, without dropout; all in one batch. */
export function embed(network: Network, clips: readonly Features[]): Embedded {
  const { model } = network;
  let [vectors, logits] = [new Float32Array(), new Float32Array()];
  // Nothing is given out of `tidy`, which would look through each of its values for tensors.
  tf.tidy(() => {
    const { x, lengths } = batchOf(network, clips);
    const answer = model.forward(x, lengths, {
      training: false,
      watchPooled: (pooled) => (vectors = Float32Array.from(valuesOf(pooled))),
    });
    logits = Float32Array.from(valuesOf(answer));
  });
  const shares = clips.map((_, row) => softmax(logits.subarray(row * model.classes, (row + 1) * model.classes)));
  const predicted = Int32Array.from(shares, largest);
  return {
    ...{ width: vectors.length / clips.length, vectors, predicted },
    probabilities: Float32Array.from(shares, (share, row) => share[predicted[row]]),
  };
}
