import * as tf from '@tensorflow/tfjs-core';
import type { Gradients } from './types.ts';

/**
 * The value of a scalar function and its gradient in each parameter that it depends on, under the parameter's own name in the
 * map (tfjs' names are global to the process). The caller disposes the gradients.
 */
export function valueAndGradients(
  loss: () => tf.Scalar,
  parameters: ReadonlyMap<string, tf.Variable>,
): { value: number; gradients: Gradients } {
  const { value, grads } = tf.variableGrads(loss, [...parameters.values()]);
  const gradients: Gradients = {};
  for (const [name, variable] of parameters) if (grads[variable.name]) gradients[name] = grads[variable.name];
  const scalar = value.dataSync()[0];
  value.dispose();
  return { value: scalar, gradients };
}
