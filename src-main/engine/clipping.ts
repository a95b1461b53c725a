import * as tf from '@tensorflow/tfjs-core';
import type { ClippingSpec } from '#shared/domain/training-spec.ts';
import { nativeAddon } from './native/addon.ts';
import type { Gradients } from './types.ts';
import { changeValues, valuesOf } from './values.ts';

export interface Clipped {
  /** Euclidean, of all gradients together. */
  norm: number;
  after: number;
  clipped: boolean;
}

/**
 * Holds gradients within bounds, in place (an entry may get another tensor). `norm` scales all of them by max / (norm + 1e-6)
 * where their joint Euclidean norm is above `max` (PyTorch's clip_grad_norm_; Pascanu et al. 2013); `value` cuts each number.
 * A norm that is not finite is returned and nothing changed.
 * @returns the joint norm before and after, and whether anything was changed
 */
export function clipGradients(gradients: Gradients, spec: ClippingSpec): Clipped {
  const native = nativeAddon();
  const squared = native?.squares ?? squares;
  const valuesOfAll = () => Object.values(gradients).map((gradient) => valuesOf(gradient));
  const normOf = (all: Float32Array[]) => Math.sqrt(all.reduce((sum, values) => sum + squared(values), 0));
  const all = valuesOfAll();
  const norm = normOf(all);
  const asTheyAre = { norm, after: norm, clipped: false };
  if (spec.kind === 'norm') {
    const factor = spec.max / (norm + 1e-6);
    if (!(factor < 1 && norm < Infinity)) return asTheyAre;
    changeAll(gradients, (values) => (native?.scale ?? scale)(values, factor));
    return { norm, after: norm * factor, clipped: true };
  }
  if (spec.kind === 'value') {
    const { max } = spec;
    if (!all.some((values) => values.some((value) => Math.abs(value) > max))) return asTheyAre;
    changeAll(gradients, (values) => values.forEach((value, i) => (values[i] = Math.min(max, Math.max(-max, value)))));
    return { norm, after: normOf(valuesOfAll()), clipped: true };
  }
  return asTheyAre;
}

function squares(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}

function scale(values: Float32Array, factor: number): void {
  for (let i = 0; i < values.length; i++) values[i] *= factor;
}

function changeAll(gradients: Gradients, change: (values: Float32Array) => void): void {
  for (const [name, gradient] of Object.entries(gradients)) {
    gradients[name] = changeValues(gradient, change);
    if (gradients[name] !== gradient) tf.dispose(gradient);
  }
}
