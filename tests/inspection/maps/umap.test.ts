import { expect, test } from 'vitest';
import { nearestNeighbours } from '#main/inspection/maps/neighbours.ts';
import { umapPlane } from '#main/inspection/maps/umap.ts';
import { pauseOf } from '#main/inspection/turn.ts';
import { describeBackends } from '../../engine/backends-here.ts';
import { clouds, never } from './made-vectors.ts';

const OPTIONS = { nNeighbors: 8, minDist: 0.1, seed: 5 };

describeBackends('UMAP', () => {
  test('is the same for the same seed, and another for another', async () => {
    const neighbours = await nearestNeighbours(clouds(3, 20, 6, 4), 6, 10, never);
    const first = await umapPlane(neighbours, OPTIONS, never);
    expect(first).toHaveLength(120);
    expect(first.every(Number.isFinite)).toBe(true);
    expect(await umapPlane(neighbours, OPTIONS, never)).toEqual(first);
    expect(await umapPlane(neighbours, { ...OPTIONS, seed: 6 }, never)).not.toEqual(first);
    expect(await umapPlane(neighbours, { ...OPTIONS, minDist: 0.8 }, never)).not.toEqual(first);
  });

  test('keeps clouds together that are far from each other', async () => {
    const neighbours = await nearestNeighbours(clouds(3, 30, 6, 12), 6, 10, never);
    const plane = await umapPlane(neighbours, OPTIONS, never);
    const distance = (a: number, b: number) =>
      Math.hypot(plane[2 * a] - plane[2 * b], plane[2 * a + 1] - plane[2 * b + 1]);
    for (let row = 0; row < 90; row++) {
      const others = Array.from({ length: 90 }, (_, other) => other).filter((other) => other !== row);
      const nearest = others.reduce((a, b) => (distance(row, b) < distance(row, a) ? b : a));
      expect(Math.floor(nearest / 30)).toBe(Math.floor(row / 30));
    }
  });

  test('tells every epoch, and stops when told', async () => {
    const neighbours = await nearestNeighbours(clouds(2, 10, 3, 4), 3, 10, never);
    const stop = new AbortController();
    let epochs = 0;
    const pause = pauseOf(stop.signal, (done, total) => {
      epochs = done;
      expect(total).toBe(500);
      if (done === 7) stop.abort();
    });
    await expect(umapPlane(neighbours, OPTIONS, pause)).rejects.toMatchObject({ kind: 'cancelled' });
    expect(epochs).toBe(7);
  });
});
