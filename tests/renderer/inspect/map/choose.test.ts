import { describe, expect, test } from 'vitest';
import { middlePoint, pointsWithin, pointTowards } from '#renderer/rooms/inspect/map/choose.ts';
import { PointGrid } from '#renderer/rooms/inspect/map/point-grid.ts';
import { Random } from '#shared/math/random.ts';

const ALL = () => true;

function scattered(count: number, seed = 1): Float32Array {
  const random = new Random(seed, 'scattered');
  return Float32Array.from({ length: 2 * count }, () => 10 * random.normal());
}

describe('the point under the pointer', () => {
  test('is the nearest one, as found by measuring all', () => {
    const points = scattered(500);
    const grid = new PointGrid(points);
    const random = new Random(7, 'pointer');
    for (let turn = 0; turn < 300; turn++) {
      const [x, y, reach] = [random.between(-35, 35), random.between(-35, 35), random.between(0.1, 6)];
      const counts = (index: number) => turn % 2 === 0 || index % 3 === 0;
      const plain = Array.from({ length: 500 }, (_, index) => ({
        index,
        distance: Math.hypot(points[2 * index] - x, points[2 * index + 1] - y),
      }))
        .filter(({ index, distance }) => counts(index) && distance <= reach)
        .sort((a, b) => a.distance - b.distance);
      expect(grid.nearest(x, y, reach, counts)).toBe(plain[0]?.index ?? -1);
    }
  });

  test('is found where all points are one, and where there is a single one', () => {
    expect(new PointGrid(Float32Array.of(1, 2)).nearest(1.1, 2, 0.2, ALL)).toBe(0);
    expect(new PointGrid(new Float32Array(20)).nearest(0, 0, 1, (index) => index === 4)).toBe(4);
    expect(new PointGrid(new Float32Array(20)).nearest(5, 0, 1, ALL)).toBe(-1);
  });
});

describe('arrow keys', () => {
  // A cross around the first point, a far one straight to the right, a near one aslant.
  const points = Float32Array.of(0, 0, 3, 0, -2, 0, 0, 4, 0, -1, 1.5, 1.4);

  test.each([
    ['left', 2],
    ['up', 3],
    ['down', 4],
    ['right', 1],
  ] as const)('%s leads to point %i', (direction, expected) => {
    expect(pointTowards(points, 0, direction, ALL)).toBe(expected);
  });

  test('pass over what is not asked for, and stay where there is nothing', () => {
    expect(pointTowards(points, 0, 'right', (index) => index !== 1)).toBe(5);
    expect(pointTowards(points, 1, 'right', ALL)).toBe(-1);
    expect(middlePoint(points, ALL)).toBe(0);
    expect(middlePoint(points, (index) => index > 2)).toBe(5);
  });
});

describe('a lasso', () => {
  test('holds what lies inside of it, also of a bent one', () => {
    const points = Float32Array.of(1, 1, 3, 1, 2, 2.5, 5, 5);
    const square = [
      { x: 0, y: 0 },
      { x: 4, y: 0 },
      { x: 4, y: 4 },
      { x: 0, y: 4 },
    ];
    expect(pointsWithin(points, square, ALL)).toEqual([0, 1, 2]);
    // With a notch from above that leaves the third out.
    const notched = [...square.slice(0, 3), { x: 2.5, y: 4 }, { x: 2, y: 2 }, { x: 1.5, y: 4 }, { x: 0, y: 4 }];
    expect(pointsWithin(points, notched, ALL)).toEqual([0, 1]);
    expect(pointsWithin(points, square, (index) => index === 1)).toEqual([1]);
    expect(pointsWithin(points, square.slice(0, 2), ALL)).toEqual([]);
  });
});
