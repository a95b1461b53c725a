import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { createOptimiser } from '#main/engine/optimisers.ts';
import { OptimiserSpec } from '#shared/domain/training-spec.ts';
import { describeBackends } from './backends-here.ts';

describeBackends('optimisers', () => {
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
