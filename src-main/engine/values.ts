import * as tf from '@tensorflow/tfjs-core';
import type { NativeBackend } from './native/backend.ts';

/**
 * The values of a tensor of floats, for whoever is done with them before the tensor may be disposed of: on the native backend
 * its memory, which is then used for another one. (`dataSync` gives values that may be kept.)
 */
export function valuesOf(tensor: tf.Tensor): Float32Array {
  if (tf.getBackend() !== 'native') return tensor.dataSync() as Float32Array;
  return (tf.engine().backend as NativeBackend).values(tensor);
}

/** Backends whose tensors are typed arrays of this process: `valuesOf` gives the memory itself, not a copy. */
const IN_MEMORY = new Set(['native', 'cpu']);

/** The memory of a tensor, if it may be written to: it is there, and no other tensor shares it. */
function ownMemory(tensor: tf.Tensor): Float32Array | null {
  const alone = IN_MEMORY.has(tf.getBackend()) && tf.engine().backend.refCount(tensor.dataId) === 1;
  return alone ? valuesOf(tensor) : null;
}

/**
 * Lets `change` write to the values of a tensor: in place where the memory is its own, else in a copy.
 * @returns the tensor, or a new one that holds the copy
 */
export function changeValues(tensor: tf.Tensor, change: (values: Float32Array) => void): tf.Tensor {
  const own = ownMemory(tensor);
  const values = own ?? valuesOf(tensor).slice();
  change(values);
  return own ? tensor : tf.tensor(values, tensor.shape);
}

/** Lets `change` write to the values of a variable, on every backend. */
export function changeVariable(variable: tf.Variable, change: (values: Float32Array) => void): void {
  const changed = changeValues(variable, change);
  if (changed === variable) return;
  variable.assign(changed);
  changed.dispose();
}
