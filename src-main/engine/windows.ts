import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';

/**
 * What stands around the input, in zeros. A number: on both sides; two numbers: before and after. 'valid': nothing. 'same': so
 * much that the output is as long as the input, the odd one at the end (PyTorch's; for a stride of 1). 'causal': all of it
 * before, so that no output sees what comes after it.
 */
export type Padding = number | readonly [before: number, after: number] | 'valid' | 'same' | 'causal';

/** Windows of `kernel` taps, `dilation` apart, every `stride` steps, along one axis. */
export interface Axis {
  size: number;
  kernel: number;
  stride: number;
  dilation: number;
  before: number;
  after: number;
  /** Positions of the window: floor((size + before + after - dilation * (kernel - 1) - 1) / stride) + 1. */
  outSize: number;
}

/** @throws HarkError `bad-input` for numbers that make no windows */
export function windowsAlong(
  size: number,
  kernel: number,
  { stride = 1, dilation = 1, padding = 0 as Padding } = {},
): Axis {
  for (const [name, value] of Object.entries({ kernel, stride, dilation }))
    if (!Number.isInteger(value) || value < 1)
      throw new HarkError('bad-input', `A ${name} of ${value} makes no windows.`, {
        where: name,
        remedy: 'Give a whole number from 1 on.',
      });
  const reach = dilation * (kernel - 1);
  const [before, after] = marginsOf(padding, reach, stride);
  const outSize = Math.floor((size + before + after - reach - 1) / stride) + 1;
  if (outSize < 1)
    throw new HarkError('bad-input', `A window of ${reach + 1} does not fit into ${size + before + after} values.`, {
      where: 'kernel',
      remedy: 'Take a smaller kernel or dilation, more padding, or longer input.',
    });
  return { size, kernel, stride, dilation, before, after, outSize };
}

function marginsOf(padding: Padding, reach: number, stride: number): readonly [number, number] {
  if (padding === 'valid') return [0, 0];
  if (padding === 'causal') return [reach, 0];
  if (padding === 'same') {
    if (stride === 1) return [Math.floor(reach / 2), Math.ceil(reach / 2)];
    throw new HarkError('bad-input', `Padding 'same' is for a stride of 1, not ${stride}.`, {
      where: 'padding',
      remedy: 'Give the padding in numbers.',
    });
  }
  const margins = typeof padding === 'number' ? ([padding, padding] as const) : padding;
  if (margins.length === 2 && margins.every((margin) => Number.isInteger(margin) && margin >= 0)) return margins;
  throw new HarkError('bad-input', `${JSON.stringify(padding)} is no padding.`, {
    where: 'padding',
    remedy: "Give whole numbers from 0 on, 'valid', 'same' or 'causal'.",
  });
}

/** The numbers the kernels take: see calls/convolution.ts. */
export const packWindows = (batch: number, v: Axis, h: Axis): Int32Array =>
  Int32Array.of(
    ...[batch, v.size, h.size, v.outSize, h.outSize, v.kernel, h.kernel],
    ...[v.stride, h.stride, v.dilation, h.dilation, v.before, h.before],
  );

/**
 * What each tap of the windows sees, in ordinary operations: for each of kernelHeight x kernelWidth taps, row by row, a tensor
 * [batch, outHeight, outWidth, channels].
 * @param x [batch, height, width, channels]
 * @param outside the value beyond the input
 */
export function tapsOf(x: tf.Tensor4D, v: Axis, h: Axis, outside = 0): tf.Tensor4D[] {
  const taps = (values: tf.Tensor4D, at: 1 | 2, axis: Axis) => {
    // Whole strides, so that every stride-th value can be had by folding.
    const last = (axis.kernel - 1) * axis.dilation + axis.outSize * axis.stride;
    const margins: [number, number][] = [0, 1, 2, 3].map((one) =>
      one === at ? [axis.before, Math.max(0, last - axis.size - axis.before)] : [0, 0],
    );
    const field: tf.Tensor = tf.pad(values as tf.Tensor, margins, outside);
    return Array.from({ length: axis.kernel }, (_, tap) => {
      const size = field.shape.with(at, axis.outSize * axis.stride);
      const run: tf.Tensor = tf.slice(field, [0, 0, 0, 0].with(at, tap * axis.dilation), size);
      if (axis.stride === 1) return run as tf.Tensor4D;
      const folded = size.with(at, axis.outSize).toSpliced(at + 1, 0, axis.stride);
      const first = tf.slice(
        tf.reshape(run, folded) as tf.Tensor,
        new Array<number>(5).fill(0),
        folded.with(at + 1, 1),
      );
      const found: tf.Tensor = tf.reshape(first, size.with(at, axis.outSize));
      return found as tf.Tensor4D;
    });
  };
  return taps(x, 1, v).flatMap((rows) => taps(rows, 2, h));
}
