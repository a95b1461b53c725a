import type * as tf from '@tensorflow/tfjs-core';
import { HarkError } from '#shared/domain/errors.ts';
import type { OptimiserSpec } from '#shared/domain/training-spec.ts';
import { nativeAddon } from './native/addon.ts';
import { nativeUpdate } from './native/updates.ts';
import type { Gradients, Optimiser } from './types.ts';
import { changeVariable, valuesOf } from './values.ts';
import { updateRule, type Slots } from './update-rules.ts';

/**
 * An optimiser over named parameters, with the arithmetic of PyTorch's torch.optim (weight decay included).
 * @param parameters by name; their values are changed in place, so what `dataSync` gave before a step must be copied to be kept
 */
export function createOptimiser(spec: OptimiserSpec, parameters: ReadonlyMap<string, tf.Variable>): Optimiser {
  const rule = updateRule(spec);
  const native = nativeAddon();
  const update = native ? nativeUpdate(spec, native) : rule.update;
  let steps = 0;
  const slotsOf = new Map<string, Slots>();
  for (const [name, { size }] of parameters)
    slotsOf.set(name, Object.fromEntries(rule.slots.map((slot) => [slot, new Float32Array(size)])));

  return {
    spec,
    step(gradients: Gradients, learningRate: number) {
      steps++;
      for (const [name, parameter] of parameters) {
        const gradient = gradients[name];
        if (!gradient) continue;
        if (gradient.size !== parameter.size)
          throw new HarkError('internal', `The gradient of ${name} has another shape than ${name}.`);
        const values = valuesOf(gradient);
        changeVariable(parameter, (weights) => update(weights, values, slotsOf.get(name)!, learningRate, steps));
      }
    },
    state() {
      const state: Record<string, Float32Array | number> = { step: steps };
      for (const [name, slots] of slotsOf)
        for (const slot of rule.slots) state[`${name}.${slot}`] = slots[slot].slice();
      return state;
    },
    restore(state) {
      const wanted = [...slotsOf].flatMap(([name, slots]) =>
        rule.slots.map((slot) => [`${name}.${slot}`, slots[slot]] as const),
      );
      for (const [key, held] of wanted) {
        const given = state[key];
        if (!(given instanceof Float32Array) || given.length !== held.length) throw foreignState(key);
      }
      if (!Number.isInteger(state['step']) || Object.keys(state).length !== wanted.length + 1)
        throw foreignState('step');
      for (const [key, held] of wanted) held.set(state[key] as Float32Array);
      steps = state['step'] as number;
    },
    dispose() {
      slotsOf.clear();
    },
  };
}

function foreignState(where: string): HarkError {
  return new HarkError('bad-input', 'The optimiser state belongs to another model or another optimiser.', {
    where,
    remedy: 'Start the training anew.',
  });
}
