import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { dropout } from '#main/engine/dropout.ts';
import { Random } from '#shared/math/random.ts';
import { describeBackends } from './backends-here.ts';

const masks = new Map<string, number[]>();

describeBackends('dropout', (backend) => {
  const drop = (x: tf.Tensor, rate: number, seed = 7) => dropout(x, rate, new Random(seed, 'dropout'));

  it('drops the asked share and keeps the mean', () => {
    const values = drop(tf.ones([100, 1000]), 0.3).dataSync();
    const dropped = values.filter((value) => value === 0).length / values.length;
    // Four standard deviations of 100,000 draws.
    expect(Math.abs(dropped - 0.3)).toBeLessThan(0.006);
    expect(values.every((value) => value === 0 || Math.abs(value - 1 / 0.7) < 1e-6)).toBe(true);
  });

  it('passes the gradient where it passed the value', () => {
    const x = tf.ones([50, 7]);
    const gradient = tf.grad((t) => tf.sum(drop(t, 0.5)))(x);
    expect(gradient.dataSync()).toEqual(drop(x, 0.5).dataSync());
  });

  it('has one mask per key, the same on every backend', () => {
    const ofSeed = (seed: number) => [...drop(tf.ones([40]), 0.5, seed).dataSync()];
    expect(ofSeed(1)).toEqual(ofSeed(1));
    expect(ofSeed(1)).not.toEqual(ofSeed(2));
    masks.set(backend, ofSeed(3));
    for (const mask of masks.values()) expect(mask).toEqual(ofSeed(3));
  });

  it('takes a new mask at each call', () => {
    const random = new Random(1);
    const [first, second] = [0, 1].map(() => [...dropout(tf.ones([40]), 0.5, random).dataSync()]);
    expect(first).not.toEqual(second);
  });

  it('does nothing at rate 0, and refuses what is no rate', () => {
    const x = tf.ones([4]);
    expect(drop(x, 0)).toBe(x);
    for (const rate of [1, -0.1, NaN]) expect(() => drop(x, rate)).toThrow(/probability/);
  });
});
