import * as tf from '@tensorflow/tfjs-core';

/** Backends whose tensors are typed arrays of this process: `dataSync` gives the memory itself, not a copy. */
const IN_MEMORY = new Set(['native', 'cpu']);

/**
 * Lets `change` write to the values of a variable. The change happens in place where nobody else holds the same memory, as a
 * copy that is then assigned otherwise.
 */
export function changeValues(variable: tf.Variable, change: (values: Float32Array) => void): void {
  const values = variable.dataSync() as Float32Array;
  const alone = IN_MEMORY.has(tf.getBackend()) && tf.engine().backend.refCount(variable.dataId) === 1;
  if (alone) return change(values);
  const copy = values.slice();
  change(copy);
  tf.tidy(() => variable.assign(tf.tensor(copy, variable.shape)));
}
