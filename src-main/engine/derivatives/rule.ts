import * as tf from '@tensorflow/tfjs-core';

export type Backward = tf.GradFunc;
/** How the tape goes back through an operation. */
export interface Rule {
  inputsToSave?: string[];
  outputsToSave?: boolean[];
  saveAllInputs?: boolean;
  gradFunc: Backward;
}
export type Rules = Record<string, Rule>;

/** Sums over the axes along which `shape` was broadcast. */
export function unbroadcast(gradient: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, gradient.shape);
  return tf.reshape(axes.length > 0 ? tf.sum(gradient, axes) : gradient, shape);
}

/** y = f(x), where `slope` gives dx from dy and what was saved. */
export const unary = (save: 'x' | 'y', slope: (dy: tf.Tensor, saved: tf.Tensor) => tf.Tensor, input = 'x'): Rule => ({
  ...(save === 'x' ? { inputsToSave: [input] } : { outputsToSave: [true] }),
  gradFunc: (dy, [saved]) => ({ [input]: () => slope(dy as tf.Tensor, saved) }),
});

/** y = f(a, b) with broadcasting. */
export const binary = (da: (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor, db: typeof da): Rule => ({
  inputsToSave: ['a', 'b'],
  gradFunc: (dy, [a, b]) => ({
    a: () => unbroadcast(da(dy as tf.Tensor, a, b), a.shape),
    b: () => unbroadcast(db(dy as tf.Tensor, a, b), b.shape),
  }),
});

/** Values move but do not change: only the way back differs. */
export const moved = (
  input: string,
  back: (dy: tf.Tensor, x: tf.Tensor, attrs: tf.NamedAttrMap) => tf.Tensor,
): Rule => ({
  inputsToSave: [input],
  gradFunc: (dy, [x], attrs) => ({ [input]: () => back(dy as tf.Tensor, x, attrs) }),
});

/** The tape gives a single output's gradient bare. */
export const list = (dys: tf.Tensor | tf.Tensor[]) => (Array.isArray(dys) ? dys : [dys]);

/** Gradients of an operation whose inputs are a list. */
export function each(gradients: tf.Tensor[]): ReturnType<Backward> {
  return Object.fromEntries(gradients.map((gradient, index) => [index, () => gradient]));
}
