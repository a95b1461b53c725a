import type { OptimiserSpec } from '#shared/domain/training-spec.ts';
import type { UpdateRule } from '../update-rules.ts';
import type { NativeAddon } from './addon.ts';

/** The same step as the rule's own (update-rules.ts), by the addon. */
export function nativeUpdate(spec: OptimiserSpec, native: NativeAddon): UpdateRule['update'] {
  if (spec.name === 'sgd')
    return (p, g, { momentum_buffer: v = null }, learningRate) =>
      native.sgd(p, g, v, learningRate, spec.momentum, spec.nesterov, spec.weightDecay);

  if (spec.name === 'rmsprop')
    return (p, g, { square_avg: v, momentum_buffer: b = null, grad_avg: a = null }, learningRate) =>
      native.rmsprop(p, g, v, b, a, learningRate, spec.alpha, spec.eps, spec.momentum, spec.weightDecay);

  const { beta1, beta2, eps, weightDecay } = spec;
  const decoupled = spec.name === 'adamw';
  return (p, g, { exp_avg: m, exp_avg_sq: v }, learningRate, step) => {
    const rate = learningRate / (1 - beta1 ** step);
    const correction = Math.sqrt(1 - beta2 ** step);
    const shrink = decoupled ? 1 - learningRate * weightDecay : 1;
    native.adam(p, g, m, v, rate, beta1, beta2, eps, correction, decoupled ? 0 : weightDecay, shrink);
  };
}
