import { HarkError } from '#shared/domain/errors.ts';
import type { ModelSpec } from '#shared/domain/model-spec.ts';
import { changeVariable } from '#main/engine/values.ts';
import { classifier } from './classifier.ts';
import type { Tensors } from './safetensors.ts';
import type { Model, ModelSize } from './types.ts';

type Builder = (spec: ModelSpec, size: ModelSize, seed: number) => Model;

/** One file an architecture. */
const architectures: Record<ModelSpec['architecture'], Builder> = { classifier };

/** The network a spec describes, with initial weights drawn from `seed`. The engine must have been started. */
export function createModel(spec: ModelSpec, size: ModelSize, seed: number): Model {
  return architectures[spec.architecture](spec, size, seed);
}

/** Copies of all weights, by name. */
export function readWeights(model: Model): Tensors {
  const weights: Tensors = new Map();
  for (const [name, variable] of model.parameters)
    weights.set(name, { shape: variable.shape, values: (variable.dataSync() as Float32Array).slice() });
  return weights;
}

/**
 * Puts weights into a model.
 * @throws HarkError `bad-input` when a parameter is missing, foreign or of another shape; the model is then unchanged
 */
export function writeWeights(model: Model, weights: Tensors): void {
  const complain = (where: string, what: string) =>
    new HarkError('bad-input', `These weights belong to another model: ${where} ${what}.`, { where });
  for (const [name, { shape }] of model.parameters) {
    const given = weights.get(name);
    if (!given) throw complain(name, 'is missing');
    if (given.shape.join() !== shape.join()) throw complain(name, `is [${given.shape}] instead of [${shape}]`);
  }
  for (const name of weights.keys()) if (!model.parameters.has(name)) throw complain(name, 'is not known to it');
  for (const [name, variable] of model.parameters)
    changeVariable(variable, (values) => values.set(weights.get(name)!.values));
}
