import * as tf from '@tensorflow/tfjs-core';
import { batchNorm } from '#main/engine/batch-norm.ts';
import { bilinear } from '#main/engine/bilinear.ts';
import { conv1d, conv2d } from '#main/engine/convolution.ts';
import { layerNorm } from '#main/engine/layer-norm.ts';
import { linear } from '#main/engine/linear.ts';
import { multiheadAttention } from '#main/engine/multihead-attention.ts';
import { golden, type GoldenTensor } from '../../support/shared.ts';
import { against, type GoldenCase } from './case.ts';

/** What PyTorch's layer is made with: each of ours knows what it finds there. */
type Params = Record<string, never>;

interface LayerCase {
  kind: string;
  params: Params;
  x: GoldenTensor;
  output: GoldenTensor;
  weight_out: GoldenTensor;
  grad_x: GoldenTensor;
  parameters: Record<string, GoldenTensor>;
  gradients: Record<string, GoldenTensor>;
}

type Layer = (x: tf.Tensor, parameters: Record<string, tf.Tensor>, params: Params) => tf.Tensor;

/** Our layer for each of PyTorch's: to hold a new one to its reference values, add it here. */
const layers: Record<string, Layer> = {
  Linear: (x, { weight, bias }) => linear(x, weight, bias),
  // PyTorch has the channels second: [batch, channels, time], [batch, channels, height, width].
  Conv1d: (x, { weight, bias }, { stride, dilation, padding }) => {
    const turn = (t: tf.Tensor) => tf.transpose(t, [0, 2, 1]) as tf.Tensor3D;
    return turn(conv1d(turn(x), weight as tf.Tensor3D, bias, { stride, dilation, padding }));
  },
  Conv2d: (x, { weight, bias }, { stride, padding }) => {
    const last = tf.transpose(x, [0, 2, 3, 1]) as tf.Tensor4D;
    return tf.transpose(conv2d(last, weight as tf.Tensor4D, bias, { stride, padding }), [0, 3, 1, 2]);
  },
  BatchNorm1d: (x, { weight, bias }) =>
    batchNorm(x, weight, bias, { statistics: null, lengths: null, channels: 'last' }).output,
  LayerNorm: (x, { weight, bias }) => layerNorm(x, weight, bias),
  MultiheadAttention: (x, parameters, { num_heads: heads }) => {
    const names = ['in_proj_weight', 'in_proj_bias', 'out_proj.weight', 'out_proj.bias'];
    const [inProjWeight, inProjBias, outProjWeight, outProjBias] = names.map((name) => parameters[name]);
    const self = x as tf.Tensor3D;
    const weights = { inProjWeight, inProjBias, outProjWeight, outProjBias };
    return multiheadAttention({ query: self, key: self, value: self }, weights, { heads }).output;
  },
  Bilinear: (x, { weight, bias }) => bilinear(x, x, weight, bias),
};

const { cases, tensor } = golden<LayerCase>('layers');
const { make, error } = against(tensor);

export const layerCases: GoldenCase[] = cases.map((item) => ({
  group: 'layers',
  kind: item.kind,
  title: `${item.kind} ${JSON.stringify(item.params)}`,
  tolerance: 1e-4,
  errors: () => errorsOf(item, layers[item.kind]),
}));

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
