import * as tf from '@tensorflow/tfjs-core';
import { binary, unary, type Rules } from './rule.ts';

const zerosLike = (dy: tf.Tensor) => tf.zerosLike(dy);

/** 1 where the condition holds. */
const where = (condition: tf.Tensor) => tf.cast(condition, 'float32');

/** Operations on each element by itself. */
export const elementwise: Rules = {
  Add: binary(
    (dy) => dy,
    (dy) => dy,
  ),
  Sub: binary(
    (dy) => dy,
    (dy) => tf.neg(dy),
  ),
  Multiply: binary(
    (dy, _, b) => tf.mul(dy, b),
    (dy, a) => tf.mul(dy, a),
  ),
  RealDiv: binary(
    (dy, _, b) => tf.div(dy, b),
    (dy, a, b) => tf.neg(tf.div(tf.mul(dy, a), tf.square(b))),
  ),
  Tanh: unary('y', (dy, y) => tf.mul(dy, tf.sub(1, tf.square(y)))),
  Sigmoid: unary('y', (dy, y) => tf.mul(dy, tf.mul(y, tf.sub(1, y)))),
  Relu: unary('y', (dy, y) => tf.mul(dy, tf.step(y))),
  Exp: unary('y', (dy, y) => tf.mul(dy, y)),
  Log: unary('x', (dy, x) => tf.div(dy, x)),
  Neg: unary('x', (dy) => tf.neg(dy)),
  Square: unary('x', (dy, x) => tf.mul(dy, tf.mul(2, x))),
  Sqrt: unary('y', (dy, y) => tf.div(dy, tf.mul(2, y))),
  Identity: unary('x', (dy) => dy),
  Cast: unary('x', (dy) => dy),
  Rsqrt: unary('y', (dy, y) => tf.mul(dy, tf.mul(-0.5, tf.mul(y, tf.square(y))))),
  Reciprocal: unary('y', (dy, y) => tf.neg(tf.mul(dy, tf.square(y)))),
  Abs: unary('x', (dy, x) => tf.mul(dy, tf.sign(x))),
  Sin: unary('x', (dy, x) => tf.mul(dy, tf.cos(x))),
  Cos: unary('x', (dy, x) => tf.neg(tf.mul(dy, tf.sin(x)))),
  Log1p: unary('x', (dy, x) => tf.div(dy, tf.add(1, x))),
  Expm1: unary('y', (dy, y) => tf.mul(dy, tf.add(y, 1))),
  Softplus: unary('x', (dy, x) => tf.mul(dy, tf.sigmoid(x))),
  // What is no slope of anything: constant between its steps.
  Sign: unary('x', zerosLike),
  Step: unary('x', zerosLike),
  Floor: unary('x', zerosLike),
  Elu: unary('y', (dy, y) => tf.mul(dy, tf.where(tf.greater(y, 0), tf.onesLike(y), tf.add(y, 1)))),
  LeakyRelu: {
    inputsToSave: ['x'],
    gradFunc: (dy, [x], { alpha }) => ({
      x: () => tf.mul(dy as tf.Tensor, tf.where(tf.greater(x, 0), tf.onesLike(x), tf.fill(x.shape, alpha as number))),
    }),
  },
  ClipByValue: {
    inputsToSave: ['x'],
    gradFunc: (dy, [x], { clipValueMin, clipValueMax }) => ({
      x: () =>
        tf.mul(
          dy as tf.Tensor,
          where(tf.logicalAnd(tf.greaterEqual(x, clipValueMin as number), tf.lessEqual(x, clipValueMax as number))),
        ),
    }),
  },
  // Of equals the first counts.
  Maximum: binary(
    (dy, a, b) => tf.mul(dy, where(tf.greaterEqual(a, b))),
    (dy, a, b) => tf.mul(dy, where(tf.less(a, b))),
  ),
  Minimum: binary(
    (dy, a, b) => tf.mul(dy, where(tf.lessEqual(a, b))),
    (dy, a, b) => tf.mul(dy, where(tf.greater(a, b))),
  ),
  SquaredDifference: binary(
    (dy, a, b) => tf.mul(dy, tf.mul(2, tf.sub(a, b))),
    (dy, a, b) => tf.mul(dy, tf.mul(2, tf.sub(b, a))),
  ),
  // A base of 0 or below has no derivative in the exponent.
  Pow: binary(
    (dy, a, b) => tf.mul(dy, tf.mul(b, tf.pow(a, tf.sub(b, 1)))),
    (dy, a, b) => {
      const positive = tf.greater(a, 0);
      const logarithm = tf.log(tf.where(positive, a, tf.onesLike(a)));
      return tf.mul(dy, tf.mul(tf.pow(a, b), logarithm));
    },
  ),
  Select: {
    inputsToSave: ['condition'],
    gradFunc: (dy, [condition]) => {
      const mask = tf.cast(condition, 'float32');
      return {
        condition: () => tf.zerosLike(mask),
        t: () => tf.mul(dy as tf.Tensor, mask),
        e: () => tf.mul(dy as tf.Tensor, tf.sub(1, mask)),
      };
    },
  },
};
