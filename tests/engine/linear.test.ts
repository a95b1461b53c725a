import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { linear } from '#main/engine/linear.ts';
import { describeBackends } from './backends-here.ts';
import { expectNumericGradients } from './numeric-gradient.ts';

describeBackends('the linear layer', () => {
  it('keeps the leading axes', () => {
    const [x, weight, bias] = [
      tf.randomNormal([2, 3, 4], 0, 1, 'float32', 1),
      tf.randomNormal([5, 4], 0, 1, 'float32', 2),
      tf.randomNormal([5], 0, 1, 'float32', 3),
    ];
    expect(linear(x, weight, bias).shape).toEqual([2, 3, 5]);
    expectNumericGradients((...t) => tf.sum(tf.tanh(linear(t[0], t[1], t[2]))), [x, weight, bias]);
  });
});
