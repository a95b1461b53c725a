import * as tf from '@tensorflow/tfjs-core';
import type { Pooling } from '#shared/domain/model-spec.ts';
import type { NativeBackend } from './backend.ts';

type Inputs = Record<string, tf.TensorInfo>;
type Attributes = Record<string, unknown>;
type Kernel = (inputs: Inputs, attributes: Attributes, backend: NativeBackend) => tf.TensorInfo | tf.TensorInfo[];

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

/** Operations of tfjs that have a native form, and our own that the fused layers use. */
export function registerKernels(): void {
  registerKernel('BatchMatMul', multiply, isMatrixProduct);
  registerKernel('_FusedMatMul', multiply, isMatrixProduct);
  registerKernel('HarkPool', pool);
  registerKernel('HarkPoolGradient', poolGradient);
  registerKernel('HarkDropout', dropout);
  tf.registerGradient({
    kernelName: 'HarkPool',
    outputsToSave: [false, true],
    gradFunc: (dys, [best], attrs) => ({
      x: () => tf.engine().runKernel('HarkPoolGradient', { dy: (dys as tf.Tensor[])[0], best }, attrs) as tf.Tensor,
    }),
  });
  tf.registerGradient({
    kernelName: 'HarkDropout',
    gradFunc: (dy, _, attrs) => ({
      x: () => tf.engine().runKernel('HarkDropout', { x: dy as tf.Tensor }, attrs) as tf.Tensor,
    }),
  });
}

const isFloat = (tensor: tf.TensorInfo | undefined) => tensor === undefined || tensor.dtype === 'float32';

/** Two matrices of floats (leading axes of 1 are none), and of the fused extras the bias alone. */
function isMatrixProduct({ a, b, bias, preluActivationWeights }: Inputs, { activation }: Attributes): boolean {
  const isMatrix = (tensor: tf.TensorInfo) =>
    tensor.shape.slice(0, -2).every((size) => size === 1) && !tensor.shape.includes(0);
  const plain = preluActivationWeights === undefined && (activation === undefined || activation === 'linear');
  const columns = bias === undefined || tf.util.sizeFromShape(bias.shape) === bias.shape.at(-1);
  return (
    plain && columns && [a, b, bias].every(isFloat) && a.shape.length === b.shape.length && isMatrix(a) && isMatrix(b)
  );
}

const multiply: Kernel = ({ a, b, bias }, attributes, backend) => {
  const transposeA = !!attributes['transposeA'];
  const transposeB = !!attributes['transposeB'];
  const [m, k] = transposeA ? a.shape.slice(-2).reverse() : a.shape.slice(-2);
  const [kOfB, n] = transposeB ? b.shape.slice(-2).reverse() : b.shape.slice(-2);
  if (k !== kOfB) throw new Error(`matMul: [${a.shape}] and [${b.shape}] do not fit together`);
  const { info, values } = backend.output([...a.shape.slice(0, -2), m, n]);
  // A bias of one value is for all columns.
  const wide =
    bias && (bias.shape.at(-1) === n ? backend.values(bias) : new Float32Array(n).fill(backend.values(bias)[0]));
  backend.addon.product(m, n, k, backend.values(a), transposeA, backend.values(b), transposeB, wide ?? null, values);
  return info;
};

const POOLING_NUMBERS: Record<Pooling, number> = { mean: 0, max: 1, last: 2 };
interface PoolAttributes {
  kind: Pooling;
  lengths: Int32Array;
  /** Of x. */
  shape: [number, number, number];
}

const pool: Kernel = ({ x }, attributes, backend) => {
  const { kind, lengths, shape } = attributes as unknown as PoolAttributes;
  const [batch, time, size] = shape;
  const { info, values } = backend.output([batch, size]);
  const best = kind === 'max' ? new Int32Array(batch * size) : null;
  backend.addon.pool(POOLING_NUMBERS[kind], batch, time, size, lengths, backend.values(x), values, best);
  return [info, backend.makeTensorInfo(best ? [batch, size] : [0], 'int32', best ?? new Int32Array(0))];
};

const poolGradient: Kernel = ({ dy, best }, attributes, backend) => {
  const { kind, lengths, shape } = attributes as unknown as PoolAttributes;
  const [batch, time, size] = shape;
  const { info, values } = backend.output(shape);
  const frames = kind === 'max' ? (backend.data.get(best.dataId).values as Int32Array) : null;
  backend.addon.poolGradient(POOLING_NUMBERS[kind], batch, time, size, lengths, backend.values(dy), frames, values);
  return info;
};

/** [batch, size] from x [batch, time, size]; see poolOverTime. */
export function nativePool(kind: Pooling, x: tf.Tensor3D, lengths: Int32Array): tf.Tensor2D {
  const attributes: PoolAttributes = { kind, lengths: lengths.slice(), shape: x.shape };
  const [y, best] = tf
    .engine()
    .runKernel('HarkPool', { x }, attributes as unknown as tf.NamedAttrMap) as unknown as tf.Tensor[];
  best.dispose();
  return y as tf.Tensor2D;
}

const dropout: Kernel = ({ x }, attributes, backend) => {
  const { key, threshold, scale } = attributes as { key: number; threshold: number; scale: number };
  const { info, values } = backend.output(x.shape);
  backend.addon.dropout(key, threshold, scale, backend.values(x), values);
  return info;
};

/** Dropout of x by the mask of `key`; the way back is the same again. */
export function nativeDropout(x: tf.Tensor, key: number, threshold: number, scale: number): tf.Tensor {
  return tf.engine().runKernel('HarkDropout', { x }, { key, threshold, scale });
}
