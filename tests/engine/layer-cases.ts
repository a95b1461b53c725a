import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { golden, relativeError, type GoldenTensor } from '../support/shared.ts';

/** One case of the reference group `layers`. */
export interface LayerCase {
  kind: string;
  params: Record<string, number | number[]>;
  x: GoldenTensor;
  output: GoldenTensor;
  weight_out: GoldenTensor;
  grad_x: GoldenTensor;
  parameters: Record<string, GoldenTensor>;
  gradients: Record<string, GoldenTensor>;
}

const { cases, tensor } = golden<LayerCase>('layers');
export const layerCases = (kind: string): LayerCase[] => cases.filter((item) => item.kind === kind);

/**
 * Holds a layer to the reference: its output, and the gradients of x and of all parameters for sum(output * weight_out).
 * @param run takes x and the parameters, in PyTorch's layouts, and gives the output in its
 */
export function expectReference(item: LayerCase, run: (...inputs: tf.Tensor[]) => tf.Tensor): void {
  const make = (at: GoldenTensor) => tf.tensor(tensor(at), at.shape);
  const inputs = [item.x, ...Object.values(item.parameters)].map(make);
  const output = run(...inputs);
  expect(output.shape).toEqual(item.output.shape);
  expect(relativeError(output.dataSync(), tensor(item.output))).toBeLessThan(1e-4);
  const loss = (...t: tf.Tensor[]) => tf.sum(tf.mul(run(...t), make(item.weight_out))) as tf.Scalar;
  const gradients = tf.grads(loss)(inputs);
  const names = Object.keys(item.parameters);
  [item.grad_x, ...names.map((name) => item.gradients[name])].forEach((at, i) => {
    expect(gradients[i].shape).toEqual(at.shape);
    expect(relativeError(gradients[i].dataSync(), tensor(at)), ['x', ...names][i]).toBeLessThan(1e-4);
  });
}
