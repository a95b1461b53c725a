import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clusterOrder } from '#shared/math/cluster.ts';
import { Random } from '#shared/math/random.ts';

/** Rows of a few shapes each, with some noise, shuffled. */
function families(seed: number, count: number, kinds: number, length: number) {
  const random = new Random(seed, 'rows');
  const kind = Int32Array.from({ length: count }, (_, row) => row % kinds);
  random.shuffle(kind);
  const rows = new Float32Array(count * length);
  for (let row = 0; row < count; row++)
    for (let t = 0; t < length; t++)
      rows[row * length + t] = Math.sin((t + 1) * (kind[row] + 1) * 0.37) * (1 + row) + 0.05 * random.normal();
  return { rows, kind };
}

test('rows of one shape lie together, whatever their size', () => {
  const { rows, kind } = families(3, 60, 5, 40);
  const order = clusterOrder(rows, 60);
  const kinds = [...order].map((row) => kind[row]);
  expect(kinds.filter((one, at) => at === 0 || one !== kinds[at - 1])).toHaveLength(5);
});

test('gives each row once, also where some never change or all are the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 24 }), fc.integer({ min: 1, max: 9 }), fc.nat(3), (count, length, levels) => {
      const random = new Random(count, length, levels);
      const rows = Float32Array.from({ length: count * length }, () => random.below(levels + 1));
      expect([...clusterOrder(rows, count)].sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
    }),
  );
});
