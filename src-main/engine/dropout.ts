import * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';
import type { Random } from '#shared/math/random.ts';
import { nativeDropout } from './native/layer-kernels.ts';

/**
 * Inverted dropout: each value is zeroed with probability `rate`, the rest divided by 1 - rate (Srivastava et al. 2014).
 * Takes one number from `random` as the mask's key; value i is dropped by bits that depend on (key, i) alone, so that the mask
 * is the same on every backend, and the same again after a restart.
 */
export function dropout<T extends tf.Tensor>(x: T, rate: number, random: Random): T {
  if (rate === 0) return x;
  const { key, threshold, scale } = drawMask(rate, random);
  if (tf.getBackend() === 'native') return nativeDropout(x, key, threshold, scale) as T;
  return tf.mul(x, tf.tensor(mask(x.size, key, threshold, scale), x.shape)) as T;
}

/** The mask alone, `size` values of 0 or 1 / (1 - rate): for what is dropped again and again. */
export function dropoutMask(size: number, rate: number, random: Random): Float32Array {
  const { key, threshold, scale } = drawMask(rate, random);
  return mask(size, key, threshold, scale);
}

/** What a mask is made of: value i is dropped where the bits of (key, i) are below the threshold, and else scaled. */
export function drawMask(rate: number, random: Random): { key: number; threshold: number; scale: number } {
  if (!(rate >= 0 && rate < 1)) throw new HarkError('internal', `Dropout: ${rate} is no probability below 1.`);
  const threshold = Math.min(Math.round(rate * 0x1_0000_0000), 0xffff_ffff);
  return { key: random.uint32(), threshold, scale: 1 / (1 - rate) };
}

/** 0 for the dropped values, `scale` for the others. */
function mask(size: number, key: number, threshold: number, scale: number): Float32Array {
  const mask = new Float32Array(size);
  for (let i = 0; i < size; i++) mask[i] = bits(key, i) >= threshold ? scale : 0;
  return mask;
}

/** 32 bits from a key and a counter: the finaliser of SplitMix32 over a Weyl sequence. */
function bits(key: number, counter: number): number {
  let z = (key + Math.imul(counter + 1, 0x9e3779b9)) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}
