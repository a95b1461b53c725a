import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { golden, relativeError, type GoldenTensor } from '../support/shared.ts';

export interface LayerCase {
  kind: string;
  params: Record<string, number>;
  x: GoldenTensor;
  output: GoldenTensor;
  weight_out: GoldenTensor;
  grad_x: GoldenTensor;
  parameters: Record<string, GoldenTensor>;
  gradients: Record<string, GoldenTensor>;
}
const layers = golden<LayerCase>('layers');

export const layerCases = (kind: string): LayerCase[] => layers.cases.filter((item) => item.kind === kind);

/** Holds a layer to PyTorch's output, and its gradients for loss = sum(output * weight_out), to 1e-4. */
export function expectGolden(
  item: LayerCase,
  layer: (x: tf.Tensor, parameters: Record<string, tf.Tensor>, params: Record<string, number>) => tf.Tensor,
): void {
  const make = (at: GoldenTensor) => tf.tensor(layers.tensor(at).slice(), at.shape);
  const names = Object.keys(item.parameters);
  const inputs = [make(item.x), ...names.map((name) => make(item.parameters[name]))];
  const run = (x: tf.Tensor, ...rest: tf.Tensor[]) =>
    layer(x, Object.fromEntries(names.map((name, i) => [name, rest[i]])), item.params);
  const [x, ...rest] = inputs;
  expect(relativeError(run(x, ...rest).dataSync(), layers.tensor(item.output)), 'output').toBeLessThan(1e-4);
  const loss = (...[first, ...others]: tf.Tensor[]) =>
    tf.sum(tf.mul(run(first, ...others), make(item.weight_out))) as tf.Scalar;
  const gradients = tf.grads(loss)(inputs);
  [item.grad_x, ...names.map((name) => item.gradients[name])].forEach((at, i) =>
    expect(relativeError(gradients[i].dataSync(), layers.tensor(at)), ['x', ...names][i]).toBeLessThan(1e-4),
  );
}

/** Steady values without pattern, about -1..1. */
export const values = (shape: number[], seed = 1): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(seed + 1.7 * i + 0.03 * i * i)),
    shape,
  );

/** Two forms of one function agree, in their values and in all gradients. */
export function expectSame(
  ...[one, other, inputs, tolerance = 1e-5]: [
    one: (...inputs: tf.Tensor[]) => tf.Tensor,
    other: (...inputs: tf.Tensor[]) => tf.Tensor,
    inputs: tf.Tensor[],
    tolerance?: number,
  ]
): void {
  const [found, expected] = [one, other].map((f) => {
    const y = f(...inputs);
    const direction = values(y.shape, 5);
    const gradients = tf.grads((...t: tf.Tensor[]) => tf.sum(tf.mul(f(...t), direction)) as tf.Scalar)(inputs);
    return [y, ...gradients].map((tensor) => tensor.dataSync());
  });
  found.forEach((tensor, i) =>
    expect(relativeError(tensor, expected[i]), i === 0 ? 'values' : `gradient ${i - 1}`).toBeLessThan(tolerance),
  );
}
