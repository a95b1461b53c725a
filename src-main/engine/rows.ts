import * as tf from '@tensorflow/tfjs-core';
import { valuesOf } from './values.ts';

/*
 * Sequences taken out of a batch and put back, each the way back of the other. Rows are copied whole, which on backends whose
 * tensors are typed arrays is much faster than tfjs' gather.
 */

/**
 * Some rows of x, in the order named; x itself where that is all of them.
 * @param x [batch, ...]
 * @param rows ascending, each once
 * @returns [rows, ...]
 */
export function takeRows<T extends tf.Tensor>(x: T, rows: readonly number[]): T {
  const [batch] = x.shape;
  if (rows.length === batch) return x;
  return derived(
    x,
    (values, size) => tf.tensor(takeValues(values, size, rows), [rows.length, ...x.shape.slice(1)]),
    (dy) => putRows(dy, rows, batch),
  );
}

/** Some rows, each `size` values long, of values that are no tensor. */
export function takeValues(values: Float32Array, size: number, rows: readonly number[]): Float32Array {
  const taken = new Float32Array(rows.length * size);
  rows.forEach((row, at) => taken.set(values.subarray(row * size, (row + 1) * size), at * size));
  return taken;
}

/**
 * x as some rows of a larger batch, whose other rows are zero; x itself where it fills the batch.
 * @param x [rows, ...]
 * @returns [batch, ...]
 */
export function putRows<T extends tf.Tensor>(x: T, rows: readonly number[], batch: number): T {
  if (rows.length === batch) return x;
  return derived(
    x,
    (values, size) => {
      const put = new Float32Array(batch * size);
      rows.forEach((row, at) => put.set(values.subarray(at * size, (at + 1) * size), row * size));
      return tf.tensor(put, [batch, ...x.shape.slice(1)]);
    },
    (dy) => takeRows(dy, rows),
  );
}

/** An operation on the values of x, a row `size` long, with its derivative. */
function derived<T extends tf.Tensor>(
  x: T,
  forward: (values: Float32Array, size: number) => tf.Tensor,
  back: (dy: tf.Tensor) => tf.Tensor,
): T {
  const size = tf.util.sizeFromShape(x.shape.slice(1));
  return tf.customGrad((...args) => ({
    value: forward(valuesOf(args[0] as tf.Tensor), size),
    gradFunc: (dy: tf.Tensor) => back(dy),
  }))(x) as T;
}
