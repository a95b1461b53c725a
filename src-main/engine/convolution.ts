import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';
import { nativeConvolution } from './native/convolution-kernels.ts';
import { tapsOf, windowsAlong, type Axis, type Padding } from './windows.ts';

export interface ConvolutionOptions<T> {
  /** 1 by default. */
  stride?: T;
  /** Distance of a kernel's taps; 1 by default. */
  dilation?: T;
  /** See `Padding`; 0 by default. In two axes each side may have its own: [vertical, horizontal]. */
  padding?: Padding;
  /** The channels in as many parts, each convolved by itself; as many as there are channels: depthwise. 1 by default. */
  groups?: number;
}

/** In two axes: one for both, or [vertical, horizontal]. */
export type Both<T> = T | readonly [vertical: T, horizontal: T];
export interface Convolution2dOptions extends Omit<ConvolutionOptions<Both<number>>, 'padding'> {
  padding?: Both<number> | 'valid' | 'same';
}

/**
 * Convolution over time (PyTorch's nn.Conv1d, but channels last, as the recurrent layers have them):
 * y[t, o] = b[o] + sum over taps k and channels i of x[t * stride + k * dilation - before, i] * weight[o, i, k].
 * @param x [batch, time, in]
 * @param weight [out, in / groups, kernel]
 * @param bias [out], or null
 * @returns [batch, floor((time + padding - dilation * (kernel - 1) - 1) / stride) + 1, out]
 * @throws HarkError `bad-input` where the sizes do not fit together
 */
export function conv1d(
  x: tf.Tensor3D,
  weight: tf.Tensor3D,
  bias: tf.Tensor | null,
  options: ConvolutionOptions<number> = {},
): tf.Tensor3D {
  const [batch, time, inChannels] = x.shape;
  const [outChannels, perGroup, kernel] = weight.shape;
  const horizontal = windowsAlong(time, kernel, options);
  const y = convolve(
    tf.reshape(x, [batch, 1, time, inChannels]),
    tf.reshape(weight, [outChannels, perGroup, 1, kernel]),
    bias,
    { vertical: windowsAlong(1, 1), horizontal, groups: options.groups ?? 1 },
  );
  return tf.reshape(y, [batch, horizontal.outSize, outChannels]);
}

/**
 * Convolution over two axes (PyTorch's nn.Conv2d, channels last).
 * @param x [batch, height, width, in]
 * @param weight [out, in / groups, kernelHeight, kernelWidth]
 * @param bias [out], or null
 * @returns [batch, outHeight, outWidth, out]
 * @throws HarkError `bad-input` where the sizes do not fit together
 */
export function conv2d(
  x: tf.Tensor4D,
  weight: tf.Tensor4D,
  bias: tf.Tensor | null,
  options: Convolution2dOptions = {},
): tf.Tensor4D {
  const axis = (at: 0 | 1) =>
    windowsAlong(x.shape[1 + at], weight.shape[2 + at], {
      stride: oneOf(options.stride ?? 1, at),
      dilation: oneOf(options.dilation ?? 1, at),
      padding: oneOf<number | 'valid' | 'same'>(options.padding ?? 0, at),
    });
  return convolve(x, weight, bias, { vertical: axis(0), horizontal: axis(1), groups: options.groups ?? 1 });
}

/** What holds for one of the two axes. */
export const oneOf = <T extends number | string>(both: Both<T>, at: 0 | 1): T =>
  typeof both === 'object' ? both[at] : both;

interface Plan {
  vertical: Axis;
  horizontal: Axis;
  groups: number;
}

function convolve(x: tf.Tensor4D, weight: tf.Tensor4D, bias: tf.Tensor | null, plan: Plan): tf.Tensor4D {
  const [inChannels, [outChannels, perGroup], { groups }] = [x.shape[3], weight.shape, plan];
  const divides = Number.isInteger(groups) && groups >= 1 && outChannels % groups === 0;
  if (!divides || perGroup * groups !== inChannels || (bias && bias.size !== outChannels))
    throw new HarkError(
      'bad-input',
      `A convolution of [${weight.shape}] weights in ${groups} groups does not fit ${inChannels} channels` +
        (bias ? ` and ${bias.size} biases.` : '.'),
      { where: 'weight', remedy: 'Weights are [out, in / groups, ...kernel], biases [out].' },
    );
  return tf.getBackend() === 'native'
    ? nativeConvolution(x, weight, bias, plan)
    : composedConvolution(x, weight, bias, plan);
}

/** In ordinary operations: what the windows see, unfolded, times the weights. */
export function composedConvolution(
  x: tf.Tensor4D,
  weight: tf.Tensor4D,
  bias: tf.Tensor | null,
  { vertical, horizontal, groups }: Plan,
): tf.Tensor4D {
  const [batch] = x.shape;
  const [outChannels, perGroup, ...kernel] = weight.shape;
  const taps = kernel[0] * kernel[1];
  const shape = [batch, vertical.outSize, horizontal.outSize, outChannels] as [number, number, number, number];
  const positions = shape[0] * shape[1] * shape[2];
  // [groups, positions, taps * perGroup] times [groups, taps * perGroup, outChannels / groups].
  const unfolded = tf.reshape(tf.stack(tapsOf(x, vertical, horizontal), 3), [positions, taps, groups, perGroup]);
  const left = tf.reshape(tf.transpose(unfolded, [2, 0, 1, 3]), [groups, positions, taps * perGroup]);
  const byGroup = tf.reshape(weight, [groups, outChannels / groups, perGroup, taps]);
  const right = tf.reshape(tf.transpose(byGroup, [0, 3, 2, 1]), [groups, taps * perGroup, outChannels / groups]);
  const product = tf.matMul(left, right);
  const y = tf.reshape(groups === 1 ? product : tf.transpose(product, [1, 0, 2]), shape) as tf.Tensor4D;
  return bias ? tf.add(y, bias) : y;
}
