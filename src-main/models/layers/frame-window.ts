import * as tf from '@tensorflow/tfjs-core';
import { conv1d } from '#main/engine/convolution.ts';
import { liveFrames } from '#main/engine/live-frames.ts';
import type { Random } from '#shared/math/random.ts';
import { uniformParameter } from './parameter.ts';

export interface FrameWindowLayer {
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  /**
   * @param x [batch, time, inSize]
   * @param lengths frames of each sequence; what stands behind them is read as zeros. null: all
   * @returns [batch, time, outSize]
   */
  apply(x: tf.Tensor3D, lengths: Int32Array | null): tf.Tensor3D;
}

/**
 * A linear layer over each frame and the `context` frames before and behind it: PyTorch's nn.Conv1d with a kernel of 2 context + 1
 * and as much padding as keeps the length; `<name>.weight` [outSize, inSize, kernel], `<name>.bias` [outSize], begun as PyTorch
 * begins them. Beyond a sequence's own ends it sees zeros, which of normalised features is the mean of the training part: a clip
 * gives the same alone and in a batch.
 */
export function frameWindowLayer(
  name: string,
  inSize: number,
  outSize: number,
  context: number,
  random: Random,
): FrameWindowLayer {
  const kernel = 2 * context + 1;
  const weight = uniformParameter([outSize, inSize, kernel], inSize * kernel, random);
  const bias = uniformParameter([outSize], inSize * kernel, random);
  return {
    parameters: new Map([
      [`${name}.weight`, weight],
      [`${name}.bias`, bias],
    ]),
    apply(x, lengths) {
      const own = lengths ? tf.mul<tf.Tensor3D>(x, liveFrames(x.shape, lengths)) : x;
      return conv1d(own, weight as tf.Tensor as tf.Tensor3D, bias, { padding: context });
    },
  };
}
