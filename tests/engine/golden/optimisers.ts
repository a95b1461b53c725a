import * as tf from '@tensorflow/tfjs-core';
import { clipGradients } from '#main/engine/clipping.ts';
import { createOptimiser } from '#main/engine/optimisers.ts';
import type { Gradients } from '#main/engine/types.ts';
import { OptimiserSpec } from '#shared/domain/training-spec.ts';
import { golden, relativeError, type GoldenTensor } from '../../support/shared.ts';
import { against, type GoldenCase } from './case.ts';

interface OptimiserCase {
  kind: 'optimiser';
  name: string;
  params: { lr: number; betas?: [number, number]; weight_decay?: number } & Record<string, unknown>;
  start: GoldenTensor;
  grads: GoldenTensor;
  trajectory: GoldenTensor;
}
interface ClipCase {
  kind: 'clip_grad_norm';
  max_norm: number;
  before: GoldenTensor[];
  total_norm: number;
  after: GoldenTensor[];
}

const { cases, tensor } = golden<OptimiserCase | ClipCase>('optimisers');
const { make, error } = against(tensor);

export const optimiserCases: GoldenCase[] = cases.map((item) => {
  const common = { group: 'optimisers', tolerance: 1e-5 };
  if (item.kind === 'clip_grad_norm')
    return { ...common, kind: item.kind, title: `clip to ${item.max_norm}`, errors: () => clippingErrors(item) };
  const title = `${item.name} ${JSON.stringify(item.params)}`;
  return { ...common, kind: item.name, title, errors: () => trajectoryErrors(item) };
});

function specOf({ name, params }: OptimiserCase): OptimiserSpec {
  const { betas, weight_decay: weightDecay, ...others } = params;
  const rest = Object.fromEntries(Object.entries(others).filter(([key]) => key !== 'lr'));
  const moments = betas && { beta1: betas[0], beta2: betas[1] };
  return OptimiserSpec.parse({
    name: name.toLowerCase(),
    ...rest,
    ...moments,
    ...(weightDecay !== undefined && { weightDecay }),
  });
}

function trajectoryErrors(item: OptimiserCase): Record<string, number> {
  const parameter = tf.variable(make(item.start));
  const optimiser = createOptimiser(specOf(item), new Map([['p', parameter]]));
  const [grads, trajectory] = [tensor(item.grads), tensor(item.trajectory)];
  const errors: Record<string, number> = {};
  for (let step = 0; step < item.grads.shape[0]; step++) {
    const own = (all: Float32Array) => all.slice(step * parameter.size, (step + 1) * parameter.size);
    optimiser.step({ p: tf.tensor(own(grads), parameter.shape) }, item.params.lr);
    errors[`step ${step}`] = relativeError(parameter.dataSync(), own(trajectory));
  }
  optimiser.dispose();
  parameter.dispose();
  return errors;
}

function clippingErrors({ before, after, max_norm: max, total_norm: total }: ClipCase): Record<string, number> {
  const gradients: Gradients = Object.fromEntries(before.map((at, index) => [`p${index}`, make(at)]));
  const { norm, clipped } = clipGradients(gradients, { kind: 'norm', max });
  return {
    norm: Math.abs(norm - total) / total,
    clipped: clipped === total > max ? 0 : 1,
    ...Object.fromEntries(after.map((at, index) => [`p${index}`, error(gradients[`p${index}`], at)])),
  };
}
