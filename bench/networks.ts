import * as tf from '@tensorflow/tfjs-core';
import { clipGradients } from '#main/engine/clipping.ts';
import { valueAndGradients } from '#main/engine/gradients.ts';
import { crossEntropy } from '#main/engine/losses/cross-entropy.ts';
import { createOptimiser } from '#main/engine/optimisers.ts';
import { createModel, readWeights } from '#main/models/model.ts';
import type { Tensors } from '#main/models/safetensors.ts';
import { ModelSpec } from '#shared/domain/model-spec.ts';
import { OptimiserSpec } from '#shared/domain/training-spec.ts';
import { Random } from '#shared/math/random.ts';
import type { Network } from './flops.ts';

/** Of every training that is measured. */
export const LEARNING_RATE = 1e-3;

/** What a network is measured on: random values, the same for every program. */
export interface Batch {
  /** [batch, time, inputSize] */
  x: { shape: [number, number, number]; values: Float32Array };
  lengths: Int32Array | null;
  labels: Int32Array;
}

export function randomBatch(network: Network, batch: number, time: number, lengths: Int32Array | null = null): Batch {
  const random = new Random(0, 'batch');
  return {
    x: {
      shape: [batch, time, network.inputSize],
      values: Float32Array.from({ length: batch * time * network.inputSize }, () => random.normal()),
    },
    lengths,
    labels: Int32Array.from({ length: batch }, () => random.below(network.classes)),
  };
}

/** One of our models at work; `weights` are those it began with. */
export interface Subject {
  weights: Tensors;
  /** Does it once. @returns what its peers are held to */
  run(): ArrayLike<number>;
  dispose(): void;
}

function modelOf({ classes, inputSize, cell, hiddenSize, numLayers, bidirectional }: Network) {
  const sizes = { cell, hiddenSize, numLayers, bidirectional };
  const spec = ModelSpec.parse({ ...sizes, inputDropout: 0, dropout: 0, pooling: 'mean' });
  return createModel(spec, { inputSize, classes }, 0);
}

/** A whole training step, as the training loop takes it: forward, backward, clipped to norm 1, Adam. Runs to its loss. */
export function training(network: Network, { x, lengths, labels }: Batch): Subject {
  const model = modelOf(network);
  const weights = readWeights(model);
  const optimiser = createOptimiser(OptimiserSpec.parse({ name: 'adam' }), model.parameters);
  return {
    weights,
    run: () =>
      tf.tidy(() => {
        const input = tf.tensor3d(x.values, x.shape);
        const { value, gradients } = valueAndGradients(
          () => crossEntropy(model.forward(input, lengths, { training: true }), labels),
          model.parameters,
        );
        clipGradients(gradients, { kind: 'norm', max: 1 });
        optimiser.step(gradients, LEARNING_RATE);
        return [value];
      }),
    dispose() {
      optimiser.dispose();
      model.dispose();
    },
  };
}

/** Inference of one batch, without a tape. Runs to its logits. */
export function inference(network: Network, { x, lengths }: Batch): Subject {
  const model = modelOf(network);
  return {
    weights: readWeights(model),
    run: () =>
      tf.tidy(() =>
        model.forward(tf.tensor3d(x.values, x.shape), lengths, { training: false }).dataSync(),
      ) as Float32Array,
    dispose: () => model.dispose(),
  };
}
