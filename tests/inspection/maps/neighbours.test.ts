import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { agreementOf } from '#main/inspection/maps/agreement.ts';
import { nearestNeighbours } from '#main/inspection/maps/neighbours.ts';
import { pauseOf } from '#main/inspection/turn.ts';
import { describeBackends } from '../../engine/backends-here.ts';
import { clouds, never } from './made-vectors.ts';

describeBackends('nearest neighbours', () => {
  test.each([
    [300, 17, 10],
    [40, 5, 39],
  ])('of %i vectors of %i values, %i each, are those of measuring every pair', async (count, width, k) => {
    const vectors = clouds(4, count / 4, width, 3).map((value) => value + 100);
    const found = await nearestNeighbours(vectors, width, k, never);
    expect(found.k).toBe(k);
    for (let row = 0; row < count; row++) {
      const plain = Array.from({ length: count }, (_, other) => {
        let sum = 0;
        for (let i = 0; i < width; i++) sum += (vectors[row * width + i] - vectors[other * width + i]) ** 2;
        return { other, distance: Math.sqrt(sum) };
      })
        .filter(({ other }) => other !== row)
        .sort((a, b) => a.distance - b.distance);
      for (let place = 0; place < k; place++) {
        expect(found.indices[row * k + place]).toBe(plain[place].other);
        expect(found.distances[row * k + place]).toBeCloseTo(plain[place].distance, 4);
      }
    }
  });

  test('of equal vectors are the first of the others, and there are never more than there are others', async () => {
    const { k, indices, distances } = await nearestNeighbours(new Float32Array(8).fill(0.5), 2, 10, never);
    expect(k).toBe(3);
    expect([...indices.subarray(0, 3)]).toEqual([1, 2, 3]);
    expect([...indices.subarray(9)]).toEqual([0, 1, 2]);
    expect(Math.max(...distances)).toBe(0);
  });

  test('tell how far they are, and stop when told', async () => {
    const vectors = clouds(2, 400, 4, 1);
    const told: number[] = [];
    const stop = new AbortController();
    const before = tf.memory().numTensors;
    const pause = pauseOf(stop.signal, (done) => {
      told.push(done);
      if (done >= 512) stop.abort();
    });
    await expect(nearestNeighbours(vectors, 4, 5, pause)).rejects.toMatchObject({ kind: 'cancelled' });
    expect(told).toEqual([256, 512]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('agree with labels as counted by hand', () => {
    const indices = Int32Array.of(1, 2, 0, 2, 0, 1, 0, 1);
    const agreement = agreementOf({ k: 2, indices, distances: new Float32Array(8) }, ['a', 'a', 'b', 'b']);
    // Of eight neighbours 0 has one of its label, 1 one, 2 and 3 none.
    expect(agreement).toEqual({ k: 2, n: 4, share: 2 / 8, chance: 4 / 12 });
  });
});
