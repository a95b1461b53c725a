import * as tf from '@tensorflow/tfjs-core';
import { it } from 'vitest';
import { describeBackends } from './backends-here.ts';
import { expectNumericGradients } from './numeric-gradient.ts';

const at = (...shape: number[]) => {
  const size = shape.reduce((product, n) => product * n, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => 0.3 + Math.abs(Math.sin(1 + 1.7 * i)) * 1.3),
    shape,
  );
};

/** Each operation whose derivative we supply, and inputs away from its kinks. */
const operations: Record<string, [(...inputs: tf.Tensor[]) => tf.Tensor, number[][]]> = {
  Add: [(a, b) => tf.square(tf.add(a, b)), [[2, 3], [3]]],
  Sub: [(a, b) => tf.square(tf.sub(a, b)), [[3], [2, 3]]],
  Multiply: [
    (a, b) => tf.square(tf.mul(a, b)),
    [
      [2, 1, 3],
      [4, 1],
    ],
  ],
  RealDiv: [
    (a, b) => tf.div(a, b),
    [
      [2, 3],
      [2, 1],
    ],
  ],
  Tanh: [(x) => tf.tanh(x), [[5]]],
  Sigmoid: [(x) => tf.sigmoid(x), [[5]]],
  Relu: [(x) => tf.square(tf.relu(tf.sub(x, 1))), [[7]]],
  Exp: [(x) => tf.exp(x), [[5]]],
  Log: [(x) => tf.log(x), [[5]]],
  Neg: [(x) => tf.square(tf.neg(x)), [[5]]],
  Sqrt: [(x) => tf.sqrt(x), [[5]]],
  Identity: [(x) => tf.square(tf.clone(x)), [[5]]],
  Cast: [(x) => tf.square(tf.cast(x, 'float32')), [[5]]],
  Reshape: [(x) => tf.square(tf.reshape(x, [3, 2])), [[2, 3]]],
  ExpandDims: [(x) => tf.square(tf.expandDims(x, 1)), [[2, 3]]],
  Transpose: [(x) => tf.mul(tf.transpose(x, [2, 0, 1]), at(4, 2, 3)), [[2, 3, 4]]],
  'Tile (broadcast)': [(x) => tf.mul(tf.broadcastTo(x, [4, 2, 3]), at(4, 2, 3)), [[2, 1]]],
  Tile: [(x) => tf.mul(tf.tile(x, [2, 3]), at(4, 6)), [[2, 2]]],
  Slice: [(x) => tf.mul(tf.slice(x, [1, 0], [2, 2]), at(2, 2)), [[4, 3]]],
  Sum: [(x) => tf.square(tf.sum(x, [0, 2])), [[2, 3, 4]]],
  Concat: [
    (a, b) => tf.mul(tf.concat([a, b], 1), at(2, 5)),
    [
      [2, 2],
      [2, 3],
    ],
  ],
  SplitV: [(x) => tf.mul(...(tf.split(x, 2, 1) as [tf.Tensor, tf.Tensor])), [[3, 4]]],
  Pack: [(a, b) => tf.mul(tf.stack([a, b], 1), at(3, 2)), [[3], [3]]],
  Unpack: [(x) => tf.mul(...(tf.unstack(x, 1) as [tf.Tensor, tf.Tensor])), [[3, 2]]],
  Select: [(a, b) => tf.square(tf.where(tf.tensor1d([1, 0, 1], 'bool'), a, b)), [[3], [3]]],
  Rsqrt: [(x) => tf.rsqrt(x), [[5]]],
  Reciprocal: [(x) => tf.reciprocal(x), [[5]]],
  Abs: [(x) => tf.square(tf.abs(tf.sub(x, 1))), [[7]]],
  Sin: [(x) => tf.sin(x), [[5]]],
  Cos: [(x) => tf.cos(x), [[5]]],
  Log1p: [(x) => tf.log1p(x), [[5]]],
  Softplus: [(x) => tf.softplus(x), [[5]]],
  Sign: [(x) => tf.mul(x, tf.sign(tf.sub(x, 1))), [[7]]],
  Step: [(x) => tf.mul(x, tf.step(tf.sub(x, 1))), [[7]]],
  Floor: [(x) => tf.mul(x, tf.floor(x)), [[4]]],
  Elu: [(x) => tf.elu(tf.sub(x, 1)), [[7]]],
  LeakyRelu: [(x) => tf.leakyRelu(tf.sub(x, 1), 0.3), [[7]]],
  ClipByValue: [(x) => tf.square(tf.clipByValue(x, 0.7, 1.2)), [[7]]],
  Maximum: [(a, b) => tf.square(tf.maximum(a, tf.sub(b, 0.2))), [[2, 3], [3]]],
  Minimum: [(a, b) => tf.square(tf.minimum(a, tf.sub(b, 0.2))), [[3], [2, 3]]],
  SquaredDifference: [(a, b) => tf.squaredDifference(a, tf.mul(b, b)), [[2, 3], [3]]],
  Pow: [(a, b) => tf.pow(a, b), [[2, 3], [3]]],
  PadV2: [
    (x) =>
      tf.mul(
        tf.pad(x, [
          [1, 0],
          [2, 1],
        ]),
        at(3, 6),
      ),
    [[2, 3]],
  ],
  Reverse: [(x) => tf.mul(tf.reverse(x, 1), at(2, 3)), [[2, 3]]],
  'GatherV2 of rows': [(x) => tf.mul(tf.gather(x, tf.tensor1d([2, 0, 2], 'int32')), at(3, 2)), [[4, 2]]],
  'GatherV2 of columns': [
    (x) =>
      tf.mul(
        tf.gather(
          x,
          tf.tensor2d(
            [
              [2, 0],
              [2, 1],
            ],
            [2, 2],
            'int32',
          ),
          1,
        ),
        at(2, 2, 2, 3),
      ),
    [[2, 4, 3]],
  ],
  Mean: [(x) => tf.square(tf.mean(x, [0, 2])), [[2, 3, 4]]],
  Max: [(x) => tf.square(tf.max(x, 1)), [[2, 5, 2]]],
  Min: [(x) => tf.square(tf.min(x, [0, 1])), [[2, 5, 2]]],
  logSoftmax: [(x) => tf.mul(tf.logSoftmax(x), at(2, 4)), [[2, 4]]],
  Softmax: [(x) => tf.mul(tf.softmax(x), at(2, 4)), [[2, 4]]],
  'BatchMatMul a b': [
    (a, b) => tf.square(tf.matMul(a, b)),
    [
      [2, 3],
      [3, 4],
    ],
  ],
  'BatchMatMul aT b': [
    (a, b) => tf.square(tf.matMul(a, b, true)),
    [
      [3, 2],
      [3, 4],
    ],
  ],
  'BatchMatMul a bT': [
    (a, b) => tf.square(tf.matMul(a, b, false, true)),
    [
      [2, 3],
      [4, 3],
    ],
  ],
  'BatchMatMul aT bT': [
    (a, b) => tf.square(tf.matMul(a, b, true, true)),
    [
      [3, 2],
      [4, 3],
    ],
  ],
  'BatchMatMul, broadcast': [
    (a, b) => tf.square(tf.matMul(a, b)),
    [
      [3, 2, 2, 3],
      [2, 3, 2],
    ],
  ],
  'BatchMatMul, one right factor': [
    (a, b) => tf.square(tf.matMul(a, b, false, true)),
    [
      [3, 2, 3],
      [1, 4, 3],
    ],
  ],
  'BatchMatMul of three axes': [
    (a, b) => tf.square(tf.matMul(a, b)),
    [
      [2, 2, 3],
      [2, 3, 2],
    ],
  ],
};

describeBackends('derivatives of the operations', () => {
  it.each(Object.entries(operations))('%s', (_, [operation, shapes]) => {
    expectNumericGradients(
      (...inputs) => tf.sum(operation(...inputs)),
      shapes.map((shape) => at(...shape)),
    );
  });
});
