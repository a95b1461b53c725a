import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '#main/engine/backend.ts';
import { createOptimiser } from '#main/engine/optimisers.ts';
import { OptimiserSpec } from '#shared/domain/training-spec.ts';
import { describeShared, golden, relativeError, type GoldenTensor } from '../support/shared.ts';
import { backendsHere } from './backends-here.ts';

interface OptimiserCase {
  kind: 'optimiser';
  name: string;
  params: { lr: number; betas?: [number, number]; weight_decay?: number } & Record<string, unknown>;
  start: GoldenTensor;
  grads: GoldenTensor;
  trajectory: GoldenTensor;
}
const { cases, tensor } = golden<OptimiserCase | { kind: 'clip_grad_norm' }>('optimisers');
const optimiserCases = cases.filter((item) => item.kind === 'optimiser');

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

describe.each(backendsHere)('optimisers on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({ prefer: backend });
  });

  describeShared('follow PyTorch’s trajectories', () => {
    it.each(optimiserCases.map((item) => [`${item.name} ${JSON.stringify(item.params)}`, item] as const))(
      '%s',
      (_, item) => {
        const parameter = tf.variable(tf.tensor(tensor(item.start).slice(), item.start.shape));
        const optimiser = createOptimiser(specOf(item), new Map([['p', parameter]]));
        const [grads, trajectory] = [tensor(item.grads), tensor(item.trajectory)];
        for (let step = 0; step < 5; step++) {
          const own = <T>(all: { slice(from: number, to: number): T }) =>
            all.slice(step * parameter.size, (step + 1) * parameter.size);
          optimiser.step({ p: tf.tensor(own(grads), parameter.shape) }, item.params.lr);
          expect(relativeError(parameter.dataSync(), own(trajectory)), `step ${step}`).toBeLessThan(1e-5);
        }
        optimiser.dispose();
        parameter.dispose();
      },
    );
  });

  it('goes on from its state to the bit', () => {
    const run = (from: number, to: number, values: number[], state?: Record<string, Float32Array | number>) => {
      const parameter = tf.variable(tf.tensor1d(values));
      const optimiser = createOptimiser(OptimiserSpec.parse({ name: 'adam' }), new Map([['p', parameter]]));
      if (state) optimiser.restore(state);
      for (let i = from; i < to; i++) optimiser.step({ p: tf.tensor1d([Math.sin(i), Math.cos(i), i]) }, 0.01);
      return { values: [...parameter.dataSync()], state: optimiser.state() };
    };
    const start = [0.5, -1, 2];
    const whole = run(0, 6, start);
    const half = run(0, 3, start);
    expect(run(3, 6, half.values, half.state)).toEqual(whole);
  });

  it('refuses the state of another model', () => {
    const optimiser = createOptimiser(
      OptimiserSpec.parse({ name: 'adam' }),
      new Map([['p', tf.variable(tf.zeros([3]))]]),
    );
    const state = optimiser.state();
    expect(() => optimiser.restore({ ...state, 'p.exp_avg': new Float32Array(4) })).toThrow(/another model/);
    expect(() => optimiser.restore({ ...state, 'q.exp_avg': new Float32Array(3) })).toThrow(/another model/);
    expect(() => optimiser.restore({ step: 1 })).toThrow(/another model/);
  });

  it('never changes another tensor that shares a variable’s memory', () => {
    const start = tf.tensor1d([1, 2, 3]);
    const parameter = tf.variable(start);
    const optimiser = createOptimiser(OptimiserSpec.parse({ name: 'sgd' }), new Map([['p', parameter]]));
    optimiser.step({ p: tf.tensor1d([1, 1, 1]) }, 0.5);
    expect([...start.dataSync()]).toEqual([1, 2, 3]);
    expect([...parameter.dataSync()]).toEqual([0.5, 1.5, 2.5]);
  });
});
