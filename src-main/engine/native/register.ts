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

/** Registers a kernel of the native backend. Where `fits` says no, tfjs' own for the CPU runs. */
export function registerKernel(
  kernelName: string,
  kernel: Kernel,
  fits: (inputs: Inputs, attributes: Attributes) => boolean = () => true,
) {
  const fallback = tf.getKernel(kernelName, 'cpu')?.kernelFunc;
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
