import * as tf from '@tensorflow/tfjs-core';
import type { ClippingSpec } from '#shared/domain/training-spec.ts';
import type { Gradients } from './types.ts';

/**
 * Holds gradients within bounds, in place (an entry may get another tensor). `norm` scales all of them by max / (norm + 1e-6)
 * where their joint Euclidean norm is above `max` (PyTorch's clip_grad_norm_; Pascanu et al. 2013); `value` cuts each number.
 * @returns the joint norm before, and whether anything was changed
 */
export function clipGradients(gradients: Gradients, spec: ClippingSpec): { norm: number; clipped: boolean } {
  const norm = Math.sqrt(
    Object.values(gradients).reduce((sum, gradient) => sum + squares(gradient.dataSync() as Float32Array), 0),
  );
  if (spec.kind === 'norm') {
    const scale = spec.max / (norm + 1e-6);
    // A norm that is not finite scales everything to nothing useful: left to the loop to notice.
    if (!(scale < 1)) return { norm, clipped: false };
    replaceAll(gradients, (gradient) => tf.mul(gradient, scale));
    return { norm, clipped: true };
  }
  if (spec.kind === 'value') {
    const { max } = spec;
    const beyond = Object.values(gradients).some((gradient) =>
      gradient.dataSync().some((value) => Math.abs(value) > max),
    );
    if (beyond) replaceAll(gradients, (gradient) => tf.clipByValue(gradient, -max, max));
    return { norm, clipped: beyond };
  }
  return { norm, clipped: false };
}

function squares(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}

function replaceAll(gradients: Gradients, change: (gradient: tf.Tensor) => tf.Tensor): void {
  for (const [name, gradient] of Object.entries(gradients)) {
    gradients[name] = change(gradient);
    gradient.dispose();
  }
}
