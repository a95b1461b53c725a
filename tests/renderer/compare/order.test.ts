import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderClasses, rowShares, sumMatrices } from '../../../src-renderer/parts/matrix/order.ts';

/** A matrix of `n` classes, all right, with some mistakes put in. */
function matrix(n: number, mistakes: [truth: number, predicted: number, count: number][], right = 10): number[][] {
  const counts = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? right : 0)));
  for (const [truth, predicted, count] of mistakes) counts[truth][predicted] = count;
  return counts;
}

const square = fc
  .integer({ min: 1, max: 12 })
  .chain((n) => fc.array(fc.array(fc.nat(30), { minLength: n, maxLength: n }), { minLength: n, maxLength: n }));

describe('orderClasses', () => {
  it('keeps the classes as they are by class', () => {
    expect(orderClasses(matrix(4, [[0, 3, 9]]), 'class')).toEqual([0, 1, 2, 3]);
  });

  it('makes neighbours of classes taken for each other, worst group first', () => {
    const order = orderClasses(matrix(6, [[0, 5, 2], [1, 4, 8], [4, 1, 6]]), 'confusion'); // prettier-ignore
    expect(order.slice(0, 2).sort()).toEqual([1, 4]);
    expect(order.slice(2, 4).sort()).toEqual([0, 5]);
    expect(order.slice(4)).toEqual([2, 3]);
  });

  it('turns groups so that their most confused ends meet', () => {
    // A chain 2 - 0 - 3 - 1: only neighbours in it are confused.
    const order = orderClasses(matrix(4, [[2, 0, 9], [0, 3, 2], [3, 1, 9]]), 'confusion'); // prettier-ignore
    expect([order, order.toReversed()]).toContainEqual([2, 0, 3, 1]);
  });

  it('weighs shares of the row, not counts: a rare class with half of its clips wrong comes before a common one', () => {
    const counts = matrix(4, [[0, 1, 20]], 1000);
    counts[2] = [0, 0, 2, 2];
    expect(orderClasses(counts, 'confusion').slice(0, 2).sort()).toEqual([2, 3]);
  });

  it('is a permutation of the classes, whatever the matrix', () => {
    fc.assert(
      fc.property(square, (counts) => {
        const order = orderClasses(counts, 'confusion');
        expect([...order].sort((a, b) => a - b)).toEqual(counts.map((_, index) => index));
      }),
    );
  });

  it('leaves a matrix without mistakes in its own order', () => {
    expect(orderClasses(matrix(5, []), 'confusion')).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('rowShares', () => {
  it('sums to one by row, or to nothing where a class has no clips', () => {
    fc.assert(
      fc.property(square, (counts) => {
        rowShares(counts).forEach((row, i) => {
          const total = row.reduce((sum, share) => sum + share, 0);
          if (counts[i].every((count) => count === 0)) expect(total).toBe(0);
          else expect(total).toBeCloseTo(1, 10);
        });
      }),
    );
  });
});

describe('sumMatrices', () => {
  it('adds cell by cell and leaves its parts alone', () => {
    const [a, b] = [matrix(2, [[0, 1, 3]]), matrix(2, [[1, 0, 4]])]; // prettier-ignore
    expect(sumMatrices([a, b])).toEqual([[20, 3], [4, 20]]); // prettier-ignore
    expect(a[1][0]).toBe(0);
    expect(sumMatrices([])).toEqual([]);
  });
});
