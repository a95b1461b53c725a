import * as tf from '@tensorflow/tfjs-core';
import type { AttentionShape, Frames, ThreeFrames } from './calls/attention.ts';
import type { NativeBackend } from './backend.ts';
import { registerKernel, type Kernel } from './register.ts';
import { runAll } from './run.ts';

/**
 * Where queries, keys and values stand, by how many tensors they come in: [which tensor, which part of its columns]. One: side by
 * side; two: keys and values side by side; three: each by itself.
 */
export const PLACES: Record<number, [tensor: number, part: number][]> = {
  1: [
    [0, 0],
    [0, 1],
    [0, 2],
  ],
  2: [
    [0, 0],
    [1, 0],
    [1, 1],
  ],
  3: [
    [0, 0],
    [1, 0],
    [2, 0],
  ],
};

export interface AttentionAttributes {
  heads: number;
  queryLengths: Int32Array | null;
  keyLengths: Int32Array | null;
  causal: boolean;
  /** Of the weights; see dropout.ts. Threshold 0: none. */
  dropout: { key: number; threshold: number; scale: number };
  /** Whether the weights are given out. */
  weights: boolean;
}

/** See attention in ../attention.ts. @returns output, and the weights if they are asked for */
export function nativeAttention(inputs: tf.Tensor[], attributes: AttentionAttributes): tf.Tensor[] {
  const [output, statistics, ...weights] = run('HarkAttention', inputs, attributes);
  statistics.dispose();
  return [output, ...weights];
}

const run = (kernel: string, inputs: tf.Tensor[], attributes: AttentionAttributes) =>
  runAll(kernel, inputs, attributes as unknown as tf.NamedAttrMap);

export function registerAttentionKernels(): void {
  registerKernel('HarkAttention', forward);
  registerKernel('HarkAttentionGradient', backward);
  tf.registerGradient({
    kernelName: 'HarkAttention',
    saveAllInputs: true,
    outputsToSave: [false, true, false],
    gradFunc: (dys, saved, attrs) => {
      const attributes = attrs as unknown as AttentionAttributes;
      const [dOutput, , ...dWeights] = dys as tf.Tensor[];
      const inputs = saved.slice(0, -1);
      const statistics = saved.at(-1)!;
      const gradients = run('HarkAttentionGradient', [dOutput, statistics, ...dWeights, ...inputs], attributes);
      return Object.fromEntries(gradients.map((gradient) => () => gradient).entries());
    },
  });
}

function shapeOf(inputs: tf.TensorInfo[], attributes: AttentionAttributes): AttentionShape {
  const { heads, queryLengths, keyLengths, causal, dropout } = attributes;
  const [q, k] = [inputs[0], inputs[PLACES[inputs.length][1][0]]];
  const [batch, queries, width] = q.shape;
  const size = width / (inputs.length === 1 ? 3 : 1) / heads;
  const { key, threshold, scale } = dropout;
  return [batch, heads, queries, k.shape[1], size, queryLengths, keyLengths, causal, key, threshold, scale];
}

/** Queries, keys and values within the arrays of the inputs, or of their gradients. */
function framesOf(shapes: tf.TensorInfo[], arrays: Float32Array[], width: number): ThreeFrames {
  const frames = PLACES[shapes.length].map(([tensor, part]): Frames => {
    const step = shapes[tensor].shape[2];
    return [arrays[tensor], step, part * width];
  });
  return frames.flat() as ThreeFrames;
}

const valuesOf = (backend: NativeBackend, tensors: tf.TensorInfo[]) => tensors.map((tensor) => backend.values(tensor));

const forward: Kernel = (given, attributes, backend) => {
  const inputs = Object.values(given);
  const own = attributes as unknown as AttentionAttributes;
  const shape = shapeOf(inputs, own);
  const [batch, heads, queries, keys, size] = shape;
  // Beyond a length, and before what is to come, there is nothing.
  const output = backend.zeros([batch, queries, heads * size]);
  const statistics = backend.zeros([batch, heads, queries, 2]);
  const weights = own.weights ? backend.zeros([batch, heads, queries, keys]) : null;
  const frames = framesOf(inputs, valuesOf(backend, inputs), heads * size);
  backend.addon.attention(...shape, ...frames, output.values, statistics.values, weights?.values ?? null);
  return [output.info, statistics.info, ...(weights ? [weights.info] : [])];
};

const backward: Kernel = (given, attributes, backend) => {
  const own = attributes as unknown as AttentionAttributes;
  const [dOutput, statistics, ...rest] = Object.values(given);
  const [dWeights, inputs] = own.weights ? [backend.values(rest[0]), rest.slice(1)] : [null, rest];
  const shape = shapeOf(inputs, own);
  const width = dOutput.shape[2];
  const made = inputs.map((input) => backend.zeros(input.shape));
  const arrays = made.map(({ values }) => values);
  const [dOutput_, statistics_] = valuesOf(backend, [dOutput, statistics]);
  backend.addon.attentionGradient(
    ...[...shape, ...framesOf(inputs, valuesOf(backend, inputs), width)],
    ...[dOutput_, statistics_, dWeights, ...framesOf(inputs, arrays, width)],
  );
  return made.map(({ info }) => info);
};
