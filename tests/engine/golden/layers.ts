import * as tf from '@tensorflow/tfjs-core';
import { linear } from '#main/engine/linear.ts';
import { golden, type GoldenTensor } from '../../support/shared.ts';
import { against, type GoldenCase } from './case.ts';

interface LayerCase {
  kind: string;
  params: Record<string, unknown>;
  x: GoldenTensor;
  output: GoldenTensor;
  weight_out: GoldenTensor;
  grad_x: GoldenTensor;
  parameters: Record<string, GoldenTensor>;
  gradients: Record<string, GoldenTensor>;
}

type Layer = (x: tf.Tensor, parameters: Record<string, tf.Tensor>, params: Record<string, unknown>) => tf.Tensor;

/** Our layer for each of PyTorch's: to hold a new one to its reference values, add it here. */
const layers: Partial<Record<string, Layer>> = {
  Linear: (x, { weight, bias }) => linear(x, weight, bias),
};

const { cases, tensor } = golden<LayerCase>('layers');
const { make, error } = against(tensor);

export const layerCases: GoldenCase[] = cases.map((item) => {
  const layer = layers[item.kind];
  return {
    group: 'layers',
    kind: item.kind,
    title: `${item.kind} ${JSON.stringify(item.params)}`,
    tolerance: 1e-4,
    errors: layer ? () => errorsOf(item, layer) : null,
  };
});

/** The output, and the gradients of the output weighed by `weight_out`. */
function errorsOf(item: LayerCase, layer: Layer): Record<string, number> {
  const names = Object.keys(item.parameters);
  const named = (tensors: tf.Tensor[]) => Object.fromEntries(names.map((name, index) => [name, tensors[index]]));
  const run = (x: tf.Tensor, ...parameters: tf.Tensor[]) => layer(x, named(parameters), item.params);
  const inputs = [make(item.x), ...names.map((name) => make(item.parameters[name]))];
  const gradients = tf.grads(
    (x, ...parameters) => tf.sum(tf.mul(run(x, ...parameters), make(item.weight_out))) as tf.Scalar,
  )(inputs);
  return {
    output: error(run(inputs[0], ...inputs.slice(1)), item.output),
    'grad x': error(gradients[0], item.grad_x),
    ...Object.fromEntries(
      names.map((name, index) => [`grad ${name}`, error(gradients[index + 1], item.gradients[name])]),
    ),
  };
}
