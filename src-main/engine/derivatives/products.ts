import * as tf from '@tensorflow/tfjs-core';
import { unbroadcast, type Rules } from './rule.ts';

/** Products of matrices. */
export const products: Rules = {
  BatchMatMul: {
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, [a, b], { transposeA, transposeB }) => ({
      a: () =>
        unbroadcast(
          transposeA
            ? tf.matMul(b, dy as tf.Tensor, !!transposeB, true)
            : tf.matMul(dy as tf.Tensor, b, false, !transposeB),
          a.shape,
        ),
      b: () =>
        unbroadcast(
          transposeB
            ? tf.matMul(dy as tf.Tensor, a, true, !!transposeA)
            : tf.matMul(a, dy as tf.Tensor, !transposeA, false),
          b.shape,
        ),
    }),
  },
};
