import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { normalise } from '#main/features/normalise.ts';
import { courseOf } from '#main/inspection/course.ts';
import { softmax } from '#main/training/evaluate.ts';
import { CELLS, POOLINGS } from '#shared/domain/model-spec.ts';
import { describeBackends } from '../engine/backends-here.ts';
import { BINS, madeClip, madeNetwork } from './made-network.ts';

const never = async () => {};

describeBackends('the course of a decision', () => {
  test.each(
    CELLS.flatMap((cell) => POOLINGS.flatMap((pooling) => [false, true].map((both) => ({ cell, pooling, both })))),
  )(
    '$cell, $pooling, both directions $both: at each end what the clip cut there would get',
    async ({ cell, pooling, both }) => {
      const network = madeNetwork({ cell, hiddenSize: 7, numLayers: 2, bidirectional: both, pooling });
      const features = madeClip(70);
      const { ends, probabilities } = await courseOf(network, features, 512, never);
      expect([...ends]).toEqual(Array.from({ length: 70 }, (_, t) => t + 1));
      const { values } = normalise(features, network.description.normalisation);
      for (const end of [1, 2, 31, 32, 33, 69, 70]) {
        const cut = tf.tensor3d(values.slice(0, end * BINS), [1, end, BINS]);
        const logits = network.model.forward(cut, null, { training: false }).dataSync() as Float32Array;
        softmax(logits).forEach((value, index) => expect(probabilities[(end - 1) * 3 + index]).toBeCloseTo(value, 5));
      }
      network.model.dispose();
    },
  );

  test.each(POOLINGS)('DNN with context frames, %s: no end sees beyond itself', async (pooling) => {
    const network = madeNetwork({ cell: 'dnn', hiddenSize: 7, pooling, context: 3 });
    const features = madeClip(40);
    const { probabilities } = await courseOf(network, features, 512, never);
    const { values } = normalise(features, network.description.normalisation);
    for (const end of [1, 3, 32, 33, 40]) {
      const cut = tf.tensor3d(values.slice(0, end * BINS), [1, end, BINS]);
      const logits = network.model.forward(cut, null, { training: false }).dataSync() as Float32Array;
      softmax(logits).forEach((value, index) => expect(probabilities[(end - 1) * 3 + index]).toBeCloseTo(value, 5));
    }
    network.model.dispose();
  });

  test('of a long clip is asked at so many ends, the last one among them', async () => {
    const network = madeNetwork({ cell: 'gru', hiddenSize: 4 });
    const { ends, probabilities } = await courseOf(network, madeClip(1000), 7, never);
    expect([...ends]).toEqual([143, 286, 429, 571, 714, 857, 1000]);
    expect(probabilities).toHaveLength(21);
    network.model.dispose();
  });

  test('of a long clip in both directions pauses on its way, is the same, and leaves nothing behind where it is stopped', async () => {
    const network = madeNetwork({ cell: 'lstm', hiddenSize: 4, bidirectional: true });
    const features = madeClip(900);
    const before = tf.memory().numTensors;
    const told: number[] = [];
    const course = await courseOf(network, features, 64, async (done, total) => {
      expect(total).toBe(64);
      told.push(done);
    });
    expect(told.length).toBeGreaterThan(2);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(tf.memory().numTensors).toBe(before);

    const whole = await courseOf(network, madeClip(900), 1, never);
    expect(course.ends.at(-1)).toBe(900);
    whole.probabilities.forEach((value, c) => expect(course.probabilities.at(c - 3)).toBeCloseTo(value, 5));

    const stopped = courseOf(network, features, 64, () => Promise.reject(new Error('stopped')));
    await expect(stopped).rejects.toThrow('stopped');
    expect(tf.memory().numTensors).toBe(before);
    network.model.dispose();
  });
});
