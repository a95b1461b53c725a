import * as tf from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { loadAddon, type NativeAddon } from './addon.ts';
import { registerArithmetic } from './arithmetic.ts';
import { registerAttentionKernels } from './attention-kernels.ts';
import { registerBilinearKernels } from './bilinear-kernels.ts';
import { registerConvolutionKernels } from './convolution-kernels.ts';
import { registerLayerKernels } from './layer-kernels.ts';
import { Memory } from './memory.ts';
import { registerMovement } from './movement.ts';
import { registerNormalisationKernels } from './normalisation-kernels.ts';
import { registerNormedKernels } from './normed-kernels.ts';
import { registerOperations } from './operations.ts';
import { registerProducts } from './product.ts';
import { registerRecurrentKernels } from './recurrent-kernels.ts';
import { registerKernelsOfCpu } from './register.ts';

/**
 * tfjs' CPU backend with the hot operations on the addon. Its tensors are typed arrays, which the addon reads and writes
 * without a copy. Their memory is used again once they are disposed of, unless somebody was given it: by `dataSync`, or an
 * operation of tfjs, which may hand on a view of it.
 *
 * A workspace is a tensor without elements as far as tfjs can see; behind it stands the memory that an operation carries from
 * its forward pass to its way back. tfjs so disposes of it when the tape ends.
 */
export class NativeBackend extends MathBackendCPU {
  readonly addon: NativeAddon;
  readonly #memory: Memory;
  readonly #workspaces = new WeakMap<object, Float32Array>();

  constructor(addon: NativeAddon) {
    super();
    this.addon = addon;
    this.#memory = new Memory((memory) => addon.wantHugePages(memory));
  }

  /** The memory of a tensor of floats, for as long as the tensor is there. */
  values(tensor: tf.TensorInfo): Float32Array {
    const data = this.data.get(tensor.dataId);
    // tfjs' cast to float leaves what it was given, such as the bytes of a boolean mask.
    if (!(data.values instanceof Float32Array)) data.values = Float32Array.from(data.values as Uint8Array);
    return data.values;
  }

  /** A tensor to be written to: its values are not zero yet, but anything. */
  output(shape: number[]): { info: tf.TensorInfo; values: Float32Array } {
    const values = this.#memory.take(tf.util.sizeFromShape(shape));
    return { info: this.makeTensorInfo(shape, 'float32', values), values };
  }

  /** A tensor of zeros, for an operation that writes to some of them alone. */
  zeros(shape: number[]): { info: tf.TensorInfo; values: Float32Array } {
    const made = this.output(shape);
    made.values.fill(0);
    return made;
  }

  /** Memory, not zeroed, behind a tensor without elements. */
  lendWorkspace(size: number): { info: tf.TensorInfo; values: Float32Array } {
    const values = this.#memory.take(size);
    const info = this.makeTensorInfo([0], 'float32', new Float32Array(0));
    this.#workspaces.set(info.dataId, values);
    return { info, values };
  }

  workspace(tensor: tf.TensorInfo): Float32Array {
    return this.#workspaces.get(tensor.dataId)!;
  }

  /** The memory of a tensor is somebody else's from now on. */
  share({ dataId }: tf.TensorInfo): void {
    const values = this.data.has(dataId) ? this.data.get(dataId).values : undefined;
    if (ArrayBuffer.isView(values)) this.#memory.keep(values);
  }

  override readSync(dataId: object): tf.backend_util.BackendValues {
    const values = super.readSync(dataId);
    if (ArrayBuffer.isView(values)) this.#memory.keep(values);
    return values;
  }

  override disposeData(dataId: object, force = false): boolean {
    const values = this.data.has(dataId) ? this.data.get(dataId).values : undefined;
    const gone = super.disposeData(dataId, force);
    if (!gone) return false;
    if (ArrayBuffer.isView(values)) this.#memory.giveBack(values);
    const workspace = this.#workspaces.get(dataId);
    if (workspace) this.#memory.giveBack(workspace);
    this.#workspaces.delete(dataId);
    return true;
  }
}

/** Registers the backend `native` with tfjs, once. @throws Error with the reason why it cannot be had */
export async function startNative(threads: number): Promise<{ instructionSet: string; threads: number }> {
  const addon = loadAddon();
  if (tf.engine().registryFactory['native'] === undefined) {
    registerKernelsOfCpu();
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
