import * as tf from '@tensorflow/tfjs-core';
import { recurrentLayer } from '#main/engine/recurrent.ts';
import type { InitialState, RecurrentCell } from '#main/engine/types.ts';
import { golden, type GoldenTensor } from '../../support/shared.ts';
import { against, type GoldenCase } from './case.ts';

interface RecurrentCase {
  cell: 'RNN' | 'LSTM' | 'GRU';
  input_size: number;
  hidden_size: number;
  num_layers: number;
  bidirectional: boolean;
  lengths: number[] | null;
  loss: number;
  x: GoldenTensor;
  h0: GoldenTensor;
  c0?: GoldenTensor;
  weight_out: GoldenTensor;
  weight_h: GoldenTensor;
  weight_c?: GoldenTensor;
  output: GoldenTensor;
  h_n: GoldenTensor;
  c_n?: GoldenTensor;
  grad_x: GoldenTensor;
  grad_h0: GoldenTensor;
  grad_c0?: GoldenTensor;
  parameters: Record<string, GoldenTensor>;
  gradients: Record<string, GoldenTensor>;
}

const { cases, tensor } = golden<RecurrentCase>('recurrent');
const { make, error } = against(tensor);

const title = (item: RecurrentCase) =>
  `${item.cell} ${item.input_size}->${item.hidden_size}, ${item.num_layers} layers${item.bidirectional ? ', both ways' : ''}, x [${item.x.shape}]${item.lengths ? `, lengths ${item.lengths}` : ''}`;

export const recurrentCases: GoldenCase[] = cases.map((item) => ({
  group: 'recurrent',
  kind: item.cell,
  title: title(item),
  tolerance: 1e-4,
  errors: () => errorsOf(item),
}));

/** Runs a case forward and backward. */
function errorsOf(item: RecurrentCase): Record<string, number> {
  const names = Object.keys(item.parameters);
  const lstm = item.cell === 'LSTM';
  const inputs = [
    make(item.x),
    make(item.h0),
    ...(lstm ? [make(item.c0!)] : []),
    ...names.map((name) => make(item.parameters[name])),
  ];
  const shown: Record<string, tf.Tensor> = {};

  const loss = (...tensors: tf.Tensor[]): tf.Scalar => {
    const [x, h0] = tensors;
    const c0 = lstm ? tensors[2] : undefined;
    const weights = Object.fromEntries(names.map((name, i) => [name, tensors[i + (lstm ? 3 : 2)]]));
    const result = stack(item, x as tf.Tensor3D, h0, c0, weights);
    Object.assign(shown, { output: tf.keep(result.output), h_n: tf.keep(result.hN) });
    if (result.cN) shown['c_n'] = tf.keep(result.cN);
    const weighed = [
      tf.sum(tf.mul(result.output, make(item.weight_out))),
      tf.sum(tf.mul(result.hN, make(item.weight_h))),
    ];
    if (result.cN) weighed.push(tf.sum(tf.mul(result.cN, make(item.weight_c!))));
    return weighed.reduce((sum, part) => tf.add(sum, part)) as tf.Scalar;
  };
  const { value, grads } = tf.valueAndGrads(loss)(inputs);
  const expected: Record<string, GoldenTensor> = {
    output: item.output,
    h_n: item.h_n,
    grad_x: item.grad_x,
    grad_h0: item.grad_h0,
  };
  shown['grad_x'] = grads[0];
  shown['grad_h0'] = grads[1];
  if (lstm) {
    Object.assign(expected, { c_n: item.c_n!, grad_c0: item.grad_c0! });
    shown['grad_c0'] = grads[2];
  }
  names.forEach((name, i) => {
    expected[`grad ${name}`] = item.gradients[name];
    shown[`grad ${name}`] = grads[i + (lstm ? 3 : 2)];
  });
  const errors: Record<string, number> = {
    loss: Math.abs(value.dataSync()[0] - item.loss) / Math.max(1, Math.abs(item.loss)),
  };
  for (const [name, at] of Object.entries(expected)) errors[name] = error(shown[name], at);
  tf.dispose(shown);
  return errors;
}

/** Layers on layers, directions side by side, as nn.LSTM(num_layers, bidirectional) has them. */
function stack(
  item: RecurrentCase,
  x: tf.Tensor3D,
  h0: tf.Tensor,
  c0: tf.Tensor | undefined,
  weights: Record<string, tf.Tensor>,
) {
  const cell = item.cell.toLowerCase() as RecurrentCell;
  const lengths = item.lengths && Int32Array.from(item.lengths);
  const h0s = tf.unstack(h0) as tf.Tensor2D[];
  const c0s = c0 && (tf.unstack(c0) as tf.Tensor2D[]);
  const [hN, cN]: tf.Tensor2D[][] = [[], []];
  let output = x;
  for (let index = 0; index < item.num_layers; index++) {
    const outputs: tf.Tensor3D[] = [];
    for (const suffix of item.bidirectional ? ['', '_reverse'] : ['']) {
      const at = hN.length;
      const initial: InitialState = c0s ? { h0: h0s[at], c0: c0s[at] } : { h0: h0s[at] };
      const of = (part: string) => weights[`${part}_l${index}${suffix}`];
      const own = {
        weightIh: of('weight_ih'),
        weightHh: of('weight_hh'),
        biasIh: of('bias_ih'),
        biasHh: of('bias_hh'),
      };
      const result = recurrentLayer(cell, output, own, { lengths, reverse: suffix !== '', initial });
      outputs.push(result.output);
      hN.push(result.hN);
      if (result.cN) cN.push(result.cN);
    }
    output = outputs.length > 1 ? tf.concat(outputs, 2) : outputs[0];
  }
  return { output, hN: tf.stack(hN), cN: cN.length > 0 ? tf.stack(cN) : undefined };
}
