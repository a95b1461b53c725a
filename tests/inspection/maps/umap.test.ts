import { expect, test } from 'vitest';
import { nearestNeighbours } from '#main/inspection/maps/neighbours.ts';
import { principalPlane } from '#main/inspection/maps/pca.ts';
import { umapPlane } from '#main/inspection/maps/umap.ts';
import { pauseOf } from '#main/inspection/turn.ts';
import { describeBackends } from '../../engine/backends-here.ts';
import { clouds, never } from './made-vectors.ts';

const OPTIONS = { nNeighbors: 8, minDist: 0.1, seed: 5 };

const begun = async (vectors: Float32Array, width: number) => ({
  neighbours: await nearestNeighbours(vectors, width, 10, never),
  start: (await principalPlane(vectors, width, never)).points,
});

describeBackends('UMAP', () => {
  test('is the same for the same seed, and another for another', async () => {
    const { neighbours, start } = await begun(clouds(3, 20, 6, 4), 6);
    const first = await umapPlane(neighbours, start, OPTIONS, never);
    expect(first).toHaveLength(120);
    expect(first.every(Number.isFinite)).toBe(true);
    expect(await umapPlane(neighbours, start, OPTIONS, never)).toEqual(first);
    expect(await umapPlane(neighbours, start, { ...OPTIONS, seed: 6 }, never)).not.toEqual(first);
    expect(await umapPlane(neighbours, start, { ...OPTIONS, minDist: 0.8 }, never)).not.toEqual(first);
  });

  test('keeps clouds together that are far from each other', async () => {
    const { neighbours, start } = await begun(clouds(3, 30, 6, 12), 6);
    const plane = await umapPlane(neighbours, start, OPTIONS, never);
    const distance = (a: number, b: number) =>
      Math.hypot(plane[2 * a] - plane[2 * b], plane[2 * a + 1] - plane[2 * b + 1]);
    for (let row = 0; row < 90; row++) {
      const others = Array.from({ length: 90 }, (_, other) => other).filter((other) => other !== row);
      const nearest = others.reduce((a, b) => (distance(row, b) < distance(row, a) ? b : a));
      expect(Math.floor(nearest / 30)).toBe(Math.floor(row / 30));
    }
  });

  test('begins at the plane it is given: groups lie to each other as they do there', async () => {
    const { neighbours, start } = await begun(clouds(3, 30, 6, 12), 6);
    const turned = start.map((_, at) => (at % 2 === 0 ? -start[at + 1] : start[at - 1]));
    for (const from of [start, turned]) {
      const plane = await umapPlane(neighbours, from, OPTIONS, never);
      const centre = (of: Float32Array, group: number, axis: number) => {
        let sum = 0;
        for (let row = 30 * group; row < 30 * (group + 1); row++) sum += of[2 * row + axis] / 30;
        return sum;
      };
      for (const [a, b] of [
        [0, 1],
        [1, 2],
        [2, 0],
      ]) {
        const way = (of: Float32Array) => [0, 1].map((axis) => centre(of, b, axis) - centre(of, a, axis));
        const [expected, found] = [way(from), way(plane)];
        const cosine =
          (expected[0] * found[0] + expected[1] * found[1]) / (Math.hypot(...expected) * Math.hypot(...found));
        expect(cosine).toBeGreaterThan(0.7);
      }
    }
  });

  test('tells every epoch, and stops when told', async () => {
    const { neighbours, start } = await begun(clouds(2, 10, 3, 4), 3);
    const stop = new AbortController();
    let epochs = 0;
    const pause = pauseOf(stop.signal, (done, total) => {
      epochs = done;
      expect(total).toBe(500);
      if (done === 7) stop.abort();
    });
    await expect(umapPlane(neighbours, start, OPTIONS, pause)).rejects.toMatchObject({ kind: 'cancelled' });
    expect(epochs).toBe(7);
  });
});
