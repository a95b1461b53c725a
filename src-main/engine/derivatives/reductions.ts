import * as tf from '@tensorflow/tfjs-core';
import { moved, unary, type Rule, type Rules } from './rule.ts';

/** Gives what a reduction left its reduced axes back, as 1. */
function keepAxes(y: tf.Tensor, shape: number[], axis: tf.Attribute): tf.Tensor {
  const kept = [...shape];
  for (const one of tf.util.parseAxisParam(axis as number | number[], shape)) kept[one] = 1;
  return tf.reshape(y, kept);
}

/** A largest or smallest value passes the gradient to where it stands; equals share it. */
const extreme: Rule = {
  inputsToSave: ['x'],
  outputsToSave: [true],
  gradFunc: (dy, [x, y], attributes) => ({
    x: () => {
      const axis = (attributes['reductionIndices'] ?? attributes['axis']) as number[];
      const best = tf.cast(tf.equal(x, keepAxes(y, x.shape, axis)), 'float32');
      const share = tf.div(keepAxes(dy as tf.Tensor, x.shape, axis), tf.sum(best, axis, true));
      return tf.mul(best, share);
    },
  }),
};

/** Operations that make many values one, and those that weigh them against each other. */
export const reductions: Rules = {
  Sum: moved('x', (dy, x, { axis }) => tf.broadcastTo(keepAxes(dy, x.shape, axis), x.shape)),
  Mean: moved('x', (dy, x, { axis }) => {
    const kept = keepAxes(dy, x.shape, axis);
    return tf.broadcastTo(tf.mul(kept, dy.size / x.size), x.shape);
  }),
  Max: extreme,
  Min: extreme,
  Softmax: unary(
    'y',
    (dy, y) => {
      const weighed = tf.mul(dy, y);
      return tf.sub(weighed, tf.mul(tf.sum(weighed, -1, true), y));
    },
    'logits',
  ),
  LogSoftmax: unary('y', (dy, y) => tf.sub(dy, tf.mul(tf.sum(dy, -1, true), tf.exp(y))), 'logits'),
};
