import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { poolOverTime, poolPrefixes } from '#main/engine/pooling.ts';
import { PLAIN_POOLINGS } from '#shared/domain/model-spec.ts';
import { Random } from '#shared/math/random.ts';
import { describeBackends } from './backends-here.ts';

describeBackends('pooling of prefixes', () => {
  test.each(PLAIN_POOLINGS)('%s: as pooling of each by itself, in the order asked for', (kind) => {
    const random = new Random(4, kind);
    const x = tf.tensor3d(
      Float32Array.from({ length: 11 * 5 }, () => random.normal()),
      [1, 11, 5],
    );
    const ends = Int32Array.of(11, 1, 4, 4, 7);
    const together = poolPrefixes(kind, x, ends).dataSync();
    ends.forEach((end, row) => {
      const alone = poolOverTime(kind, x, Int32Array.of(end)).dataSync();
      alone.forEach((value, unit) => expect(together[row * 5 + unit]).toBeCloseTo(value, 5));
    });
  });
});
