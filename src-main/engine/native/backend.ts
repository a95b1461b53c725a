import * as tf from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { loadAddon, type NativeAddon } from './addon.ts';
import { registerArithmetic } from './arithmetic.ts';
import { registerAttentionKernels } from './attention-kernels.ts';
import { registerBilinearKernels } from './bilinear-kernels.ts';
import { registerConvolutionKernels } from './convolution-kernels.ts';
import { registerLayerKernels } from './layer-kernels.ts';
import { registerMovement } from './movement.ts';
import { registerNormalisationKernels } from './normalisation-kernels.ts';
import { registerNormedKernels } from './normed-kernels.ts';
import { registerOperations } from './operations.ts';
import { registerProducts } from './product.ts';
import { registerRecurrentKernels } from './recurrent-kernels.ts';

/**
 * tfjs' CPU backend with the hot operations on the addon. Its tensors are typed arrays, which the addon reads and writes
 * without a copy.
 *
 * A workspace is a tensor without elements as far as tfjs can see; behind it stands the memory that an operation carries from
 * its forward pass to its way back. tfjs so disposes of it when the tape ends, and its memory, many megabytes, is used again.
 */
export class NativeBackend extends MathBackendCPU {
  readonly addon: NativeAddon;
  readonly #lent = new WeakMap<object, Float32Array>();
  readonly #free: Float32Array[] = [];

  constructor(addon: NativeAddon) {
    super();
    this.addon = addon;
  }

  /** The memory of a tensor of floats. */
  values(tensor: tf.TensorInfo): Float32Array {
    const data = this.data.get(tensor.dataId);
    // tfjs' cast to float leaves what it was given, such as the bytes of a boolean mask.
    if (!(data.values instanceof Float32Array)) data.values = Float32Array.from(data.values as Uint8Array);
    return data.values;
  }

  output(shape: number[]): { info: tf.TensorInfo; values: Float32Array } {
    const values = new Float32Array(tf.util.sizeFromShape(shape));
    return { info: this.makeTensorInfo(shape, 'float32', values), values };
  }

  lendWorkspace(size: number): { info: tf.TensorInfo; values: Float32Array } {
    const at = this.#free.findIndex((memory) => memory.length >= size);
    const values = at < 0 ? new Float32Array(Math.ceil(size * WORKSPACE_SLACK)) : this.#free.splice(at, 1)[0];
    const info = this.makeTensorInfo([0], 'float32', new Float32Array(0));
    this.#lent.set(info.dataId, values);
    return { info, values };
  }

  workspace(tensor: tf.TensorInfo): Float32Array {
    return this.#lent.get(tensor.dataId)!;
  }

  override disposeData(dataId: object, force = false): boolean {
    const gone = super.disposeData(dataId, force);
    const workspace = gone ? this.#lent.get(dataId) : undefined;
    if (workspace) {
      this.#lent.delete(dataId);
      this.#free.push(workspace);
      // Smallest first, so that the first that fits fits best; the smallest is the one to lose.
      this.#free.sort((a, b) => a.length - b.length);
      if (this.#free.length > MOST_FREE) this.#free.shift();
    }
    return gone;
  }
}

/** The next batch may be a little longer. */
const WORKSPACE_SLACK = 1.1;
const MOST_FREE = 16;

/** Registers the backend `native` with tfjs, once. @throws Error with the reason why it cannot be had */
export async function startNative(threads: number): Promise<{ instructionSet: string; threads: number }> {
  const addon = loadAddon();
  if (tf.engine().registryFactory['native'] === undefined) {
    tf.copyRegisteredKernels('cpu', 'native');
    registerOperations();
    registerArithmetic();
    registerMovement();
    registerProducts();
    registerConvolutionKernels();
    registerLayerKernels();
    registerRecurrentKernels();
    registerNormalisationKernels();
    registerNormedKernels();
    registerAttentionKernels();
    registerBilinearKernels();
    tf.registerBackend('native', () => new NativeBackend(addon));
  }
  addon.setThreads(threads);
  return { instructionSet: addon.instructionSet(), threads };
}
