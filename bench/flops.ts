import { GATES } from '#main/engine/recurrent.ts';
import type { RecurrentCell } from '#shared/domain/model-spec.ts';

/** A classifier as the benchmarks train it: recurrent layers, the mean over time, a linear head. */
export interface Network {
  cell: RecurrentCell;
  inputSize: number;
  hiddenSize: number;
  numLayers: number;
  bidirectional: boolean;
  classes: number;
}

/** Floating-point operations by what they are for; a multiply-add is two. */
export interface StepFlops {
  forward: number;
  /** From the gradients of a frame's gates to the state before it, frame by frame. */
  throughTime: number;
  weightGradient: number;
  /** To what a layer was fed: not for the first layer, whose input are features. */
  inputGradient: number;
  total: number;
}

/**
 * Operations of the matrix products of one training step, which is what bounds it: a frame of one direction of a layer with
 * G gates, D inputs and H units takes G H (D + H) multiply-adds forward, G H H through time, G H (D + H) for the weights and,
 * above the first layer, G H D for its input; a clip then takes W C for the head (W = H times directions, C classes), and
 * twice that on the way back. Each frame has a state before it, so the first counts like the others; frames beyond a clip's
 * length do not exist. Not counted, as of lower order: gates and cell updates, biases, pooling, loss, clipping, optimiser.
 * @param lengths frames of each clip of the batch
 */
export function stepFlops(network: Network, lengths: ArrayLike<number>): StepFlops {
  const { cell, inputSize, hiddenSize, numLayers, bidirectional, classes } = network;
  const rows = GATES[cell] * hiddenSize;
  const directions = bidirectional ? 2 : 1;
  const width = hiddenSize * directions;
  const head = 2 * lengths.length * width * classes;
  let frames = 0;
  for (let clip = 0; clip < lengths.length; clip++) frames += lengths[clip];

  const flops = { forward: head, throughTime: 0, weightGradient: head, inputGradient: head };
  for (let layer = 0; layer < numLayers; layer++) {
    const fed = layer === 0 ? inputSize : width;
    const perUnit = 2 * directions * frames * rows;
    flops.forward += perUnit * (fed + hiddenSize);
    flops.throughTime += perUnit * hiddenSize;
    flops.weightGradient += perUnit * (fed + hiddenSize);
    if (layer > 0) flops.inputGradient += perUnit * fed;
  }
  return { ...flops, total: Object.values(flops).reduce((sum, part) => sum + part, 0) };
}
