import { expect, it, test } from 'vitest';
import type { z } from 'zod';
import { TrainingSpec } from '#shared/domain/training-spec.ts';
import { ratesOver } from '../../../src-renderer/rooms/compare/start/schedule-curve.ts';

const rates = (training: z.input<typeof TrainingSpec>) =>
  ratesOver(TrainingSpec.parse({ learningRate: 0.1, ...training }));
const at = (points: ReturnType<typeof rates>, done: number) =>
  points.find((point) => Math.abs(point.done - done) < 1e-9)!.rate;

it.each([1, 7, 20, 240, 1000])('%s epochs from beginning to end, in few points', (epochs) => {
  const points = rates({ epochs });
  expect(points.length).toBeLessThanOrEqual(400);
  expect(points[0]).toEqual({ done: 0, rate: 0.1 });
  expect(points.at(-1)!.done).toBe(epochs);
  expect(points.at(-1)!.rate).toBeCloseTo(0, 9);
});

test('falls between epochs, and not once more at the end', () => {
  const points = rates({ epochs: 4, schedule: { kind: 'step', stepSize: 2, gamma: 0.5 } });
  expect([0, 1, 2, 3, 4].map((done) => at(points, done))).toEqual([0.1, 0.1, 0.05, 0.05, 0.05]);
});

test('rises in the warm-up', () => {
  const points = rates({ epochs: 4, schedule: 'constant', warmup: { epochs: 2, startFactor: 0.5 } });
  expect([0, 1, 2, 3].map((done) => Number(at(points, done).toFixed(9)))).toEqual([0.05, 0.075, 0.1, 0.1]);
});

test('on a plateau shows what happens when no loss is better than the first', () => {
  const points = rates({ epochs: 6, schedule: { kind: 'plateau', factor: 0.5, patience: 1 } });
  expect([0, 1, 2, 3, 4, 5].map((done) => at(points, done))).toEqual([0.1, 0.1, 0.1, 0.05, 0.05, 0.025]);
});
