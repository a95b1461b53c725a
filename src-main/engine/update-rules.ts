import type { OptimiserSpec } from '#shared/domain/training-spec.ts';

/** What an optimiser remembers of one parameter, by PyTorch's names. */
export type Slots = Record<string, Float32Array>;

/** One step for one parameter: p and the slots are changed, g is read. `step` counts from 1. */
export interface UpdateRule {
  slots: string[];
  update(p: Float32Array, g: Float32Array, slots: Slots, learningRate: number, step: number): void;
}

type Named<N extends OptimiserSpec['name']> = Extract<OptimiserSpec, { name: N }>;

/** v = momentum v + g; p -= lr v (Polyak 1964); Nesterov's form steps along g + momentum v (Sutskever et al. 2013). */
function sgd({ momentum, nesterov, weightDecay }: Named<'sgd'>): UpdateRule {
  return {
    slots: momentum > 0 ? ['momentum_buffer'] : [],
    update(p, g, { momentum_buffer: v }, learningRate) {
      for (let i = 0; i < p.length; i++) {
        let d = g[i] + weightDecay * p[i];
        if (v) {
          v[i] = momentum * v[i] + d;
          d = nesterov ? d + momentum * v[i] : v[i];
        }
        p[i] -= learningRate * d;
      }
    },
  };
}

/**
 * Kingma and Ba 2015. `adam` adds the weight decay to the gradient, `adamw` shrinks the weights beside it (Loshchilov and
 * Hutter 2019).
 */
function adam({ name, beta1, beta2, eps, weightDecay }: Named<'adam'> | Named<'adamw'>): UpdateRule {
  const decoupled = name === 'adamw';
  return {
    slots: ['exp_avg', 'exp_avg_sq'],
    update(p, g, { exp_avg: m, exp_avg_sq: v }, learningRate, step) {
      const rate = learningRate / (1 - beta1 ** step);
      const correction = Math.sqrt(1 - beta2 ** step);
      const shrink = decoupled ? 1 - learningRate * weightDecay : 1;
      const coupledDecay = decoupled ? 0 : weightDecay;
      for (let i = 0; i < p.length; i++) {
        const d = g[i] + coupledDecay * p[i];
        m[i] += (1 - beta1) * (d - m[i]);
        v[i] = beta2 * v[i] + (1 - beta2) * d * d;
        p[i] = shrink * p[i] - (rate * m[i]) / (Math.sqrt(v[i]) / correction + eps);
      }
    },
  };
}

/** Tieleman and Hinton 2012; `centered` divides by an estimate of the variance (Graves 2013). */
function rmsprop({ alpha, eps, momentum, centered, weightDecay }: Named<'rmsprop'>): UpdateRule {
  return {
    slots: ['square_avg', ...(momentum > 0 ? ['momentum_buffer'] : []), ...(centered ? ['grad_avg'] : [])],
    update(p, g, { square_avg: v, momentum_buffer: b, grad_avg: a }, learningRate) {
      for (let i = 0; i < p.length; i++) {
        const d = g[i] + weightDecay * p[i];
        v[i] = alpha * v[i] + (1 - alpha) * d * d;
        if (a) a[i] += (1 - alpha) * (d - a[i]);
        const spread = a ? Math.max(0, v[i] - a[i] * a[i]) : v[i];
        let change = d / (Math.sqrt(spread) + eps);
        if (b) change = b[i] = momentum * b[i] + change;
        p[i] -= learningRate * change;
      }
    },
  };
}

export function updateRule(spec: OptimiserSpec): UpdateRule {
  if (spec.name === 'sgd') return sgd(spec);
  if (spec.name === 'rmsprop') return rmsprop(spec);
  return adam(spec);
}
