import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';
import { oneOf, type Both } from './convolution.ts';
import { nativeWindowPool, type WindowPooling } from './native/convolution-kernels.ts';
import { tapsOf, windowsAlong, type Axis } from './windows.ts';

export interface WindowPoolingOptions<T> {
  /** As far as the window by default. */
  stride?: T;
  /** Before and after, at most half the window; 0 by default. A mean counts it as zeros, a maximum does not see it. */
  padding?: T;
}

/**
 * The mean or maximum of each window over time (PyTorch's nn.AvgPool1d, nn.MaxPool1d, but channels last). The gradient of a
 * maximum goes to the first that has it.
 * @param x [batch, time, channels]
 * @returns [batch, floor((time + 2 * padding - kernel) / stride) + 1, channels]
 * @throws HarkError `bad-input` where the sizes do not fit together
 */
export function pool1d(
  kind: WindowPooling,
  x: tf.Tensor3D,
  kernel: number,
  { stride = kernel, padding = 0 }: WindowPoolingOptions<number> = {},
): tf.Tensor3D {
  const [batch, time, channels] = x.shape;
  const horizontal = axisOf(time, kernel, stride, padding);
  const y = pool(kind, tf.reshape(x, [batch, 1, time, channels]), windowsAlong(1, 1), horizontal);
  return tf.reshape(y, [batch, horizontal.outSize, channels]);
}

/**
 * The same over two axes (nn.AvgPool2d, nn.MaxPool2d).
 * @param x [batch, height, width, channels]
 * @returns [batch, outHeight, outWidth, channels]
 */
export function pool2d(
  kind: WindowPooling,
  x: tf.Tensor4D,
  kernel: Both<number>,
  { stride = kernel, padding = 0 }: WindowPoolingOptions<Both<number>> = {},
): tf.Tensor4D {
  const axis = (at: 0 | 1) => axisOf(x.shape[1 + at], oneOf(kernel, at), oneOf(stride, at), oneOf(padding, at));
  return pool(kind, x, axis(0), axis(1));
}

function axisOf(size: number, kernel: number, stride: number, padding: number): Axis {
  if (padding * 2 > kernel)
    throw new HarkError('bad-input', `A padding of ${padding} is more than half of a window of ${kernel}.`, {
      where: 'padding',
      remedy: 'Take less padding or a larger window.',
    });
  return windowsAlong(size, kernel, { stride, padding });
}

const pool = (kind: WindowPooling, x: tf.Tensor4D, vertical: Axis, horizontal: Axis): tf.Tensor4D =>
  tf.getBackend() === 'native'
    ? nativeWindowPool(x, { vertical, horizontal, kind })
    : composedWindowPool(kind, x, vertical, horizontal);

/** In ordinary operations. */
export function composedWindowPool(kind: WindowPooling, x: tf.Tensor4D, vertical: Axis, horizontal: Axis): tf.Tensor4D {
  const taps = tf.stack(tapsOf(x, vertical, horizontal, kind === 'max' ? -Infinity : 0), 4);
  if (kind === 'mean') return tf.mean(taps, 4);
  return largest(taps);
}

/** Which tap is the largest has no derivative; where() keeps what is infinite out of the sum. */
function largest(taps: tf.Tensor): tf.Tensor4D {
  return tf.customGrad((...args) => {
    const [values, save] = args as [tf.Tensor, tf.GradSaveFunc];
    const equal = tf.equal(tf.range(0, values.shape[4]!, 1, 'int32'), tf.expandDims(tf.argMax(values, 4), 4));
    const best = tf.cast(equal, 'float32');
    save([best]);
    return {
      value: tf.sum(tf.where(equal, values, tf.zerosLike(values)), 4),
      gradFunc: (dy, saved) => tf.mul(tf.expandDims(dy, 4), saved[0]),
    };
  })(taps) as tf.Tensor4D;
}
