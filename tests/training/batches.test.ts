import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assembleBatch, orderByLength, orderOfEpoch, type PackedClips } from '#main/training/batches.ts';

const lengths = fc
  .array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 300 })
  .map((n) => Int32Array.from(n));

describe('an epoch', () => {
  test('has each clip exactly once, in batches that are full but the one that cannot be', () => {
    fc.assert(
      fc.property(
        lengths,
        fc.integer({ min: 1, max: 70 }),
        fc.boolean(),
        fc.nat(),
        fc.nat(50),
        (frames, batchSize, buckets, seed, epoch) => {
          const batches = orderOfEpoch(frames, { batchSize, buckets, seed, epoch });
          expect(batches.flatMap((batch) => [...batch]).sort((a, b) => a - b)).toEqual([...frames.keys()]);
          expect(batches.length).toBe(Math.ceil(frames.length / batchSize));
          expect(batches.filter((batch) => batch.length !== batchSize).length).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  const frames = Int32Array.from({ length: 2000 }, (_, i) => 10 + ((i * 37) % 90));
  const options = { batchSize: 64, buckets: true, seed: 5, epoch: 1 };
  const asText = (batches: Int32Array[]) => batches.map((batch) => [...batch].join()).join('|');

  test('is the same for the same seed and epoch, and another for another', () => {
    expect(asText(orderOfEpoch(frames, options))).toBe(asText(orderOfEpoch(frames, options)));
    expect(asText(orderOfEpoch(frames, options))).not.toBe(asText(orderOfEpoch(frames, { ...options, epoch: 2 })));
    expect(asText(orderOfEpoch(frames, options))).not.toBe(asText(orderOfEpoch(frames, { ...options, seed: 6 })));
  });

  const padding = (batches: Int32Array[]): number => {
    const real = frames.reduce((total, n) => total + n, 0);
    const padded = batches.reduce((total, b) => total + b.length * Math.max(...b.map((clip) => frames[clip])), 0);
    return padded / real - 1;
  };

  test('buckets leave a small part of the padding, and batches still mix', () => {
    const sorted = orderOfEpoch(frames, options);
    expect(padding(sorted)).toBeLessThan(0.25 * padding(orderOfEpoch(frames, { ...options, buckets: false })));
    const means = sorted.map((batch) => batch.reduce((total, clip) => total + frames[clip], 0) / batch.length);
    expect([...means].sort((a, b) => a - b)).not.toEqual(means);
    const companions = (batches: Int32Array[]) => new Set(batches.find((batch) => batch.includes(0)));
    const next = companions(orderOfEpoch(frames, { ...options, epoch: 2 }));
    const shared = [...companions(sorted)].filter((clip) => next.has(clip)).length;
    expect(shared).toBeLessThan(32);
  });

  test('by length: all clips, shortest first', () => {
    const order = orderByLength(frames, 100).flatMap((batch) => [...batch]);
    expect(order.map((clip) => frames[clip])).toEqual([...frames].sort((a, b) => a - b));
    expect(new Set(order).size).toBe(frames.length);
  });
});

test('a batch holds its clips from the start, zeros behind them', () => {
  const clips = [
    [1, 2],
    [3, 4, 5, 6, 7, 8],
    [9, 10, 11, 12],
  ];
  const packed: PackedClips = {
    bins: 2,
    frames: Int32Array.of(1, 3, 2),
    labels: Int32Array.of(7, 8, 9),
    fill: (wanted, stride, out) => wanted.forEach((clip, row) => out.set(clips[clip], row * stride)),
    expect: () => {},
  };
  const batch = assembleBatch(packed, Int32Array.of(2, 0));
  expect(batch).toEqual({
    size: 2,
    time: 2,
    x: Float32Array.of(9, 10, 11, 12, 1, 2, 0, 0),
    lengths: Int32Array.of(2, 1),
    labels: Int32Array.of(9, 7),
  });
});
