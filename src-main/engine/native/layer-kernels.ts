import * as tf from '@tensorflow/tfjs-core';
import type { PlainPooling } from '#shared/domain/model-spec.ts';
import { registerKernel, type Kernel } from './register.ts';

/** Operations of our own, beside the recurrent layers. */
export function registerLayerKernels(): void {
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

const POOLING_NUMBERS: Record<PlainPooling, number> = { mean: 0, max: 1, last: 2 };
interface PoolAttributes {
  kind: PlainPooling;
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
export function nativePool(kind: PlainPooling, x: tf.Tensor3D, lengths: Int32Array): tf.Tensor2D {
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
