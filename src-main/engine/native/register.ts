import * as tf from '@tensorflow/tfjs-core';
import type { NativeBackend } from './backend.ts';

export type Inputs = Record<string, tf.TensorInfo>;
export type Attributes = Record<string, unknown>;
export type Kernel = (
  inputs: Inputs,
  attributes: Attributes,
  backend: NativeBackend,
) => tf.TensorInfo | tf.TensorInfo[];

/** An optional input that is not given fits everywhere. */
export const isFloat = (tensor: tf.TensorInfo | undefined) => tensor === undefined || tensor.dtype === 'float32';

/**
 * An operation of tfjs on tensors of ours. Its result may be a view of its input (a slice is), so the memory of what it has seen
 * is not used again.
 */
const shared =
  (kernel: tf.KernelFunc): tf.KernelFunc =>
  (call) => {
    for (const input of Object.values(call.inputs).flat() as (tf.TensorInfo | undefined)[])
      if (input) (call.backend as NativeBackend).share(input);
    return kernel(call);
  };

/** Gives the native backend all operations of tfjs' CPU backend; ours then take the place of some. */
export function registerKernelsOfCpu(): void {
  for (const { kernelName, kernelFunc } of tf.getKernelsForBackend('cpu'))
    tf.registerKernel({ kernelName, backendName: 'native', kernelFunc: shared(kernelFunc) });
}

/** Registers a kernel of the native backend. Where `fits` says no, tfjs' own for the CPU runs. */
export function registerKernel(
  kernelName: string,
  kernel: Kernel,
  fits: (inputs: Inputs, attributes: Attributes) => boolean = () => true,
) {
  const ofCpu = tf.getKernel(kernelName, 'cpu')?.kernelFunc;
  const fallback = ofCpu && shared(ofCpu);
  if (tf.getKernel(kernelName, 'native')) tf.unregisterKernel(kernelName, 'native');
  tf.registerKernel({
    kernelName,
    backendName: 'native',
    kernelFunc: (call) => {
      const inputs = call.inputs as Inputs;
      const attributes = (call.attrs ?? {}) as Attributes;
      if (fallback && !fits(inputs, attributes)) return fallback(call);
      return kernel(inputs, attributes, call.backend as NativeBackend);
    },
  });
}
