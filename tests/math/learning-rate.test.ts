import { describe, expect, it, test } from 'vitest';
import { learningRateAt } from '#shared/math/learning-rate.ts';
import { TrainingSpec } from '#shared/domain/training-spec.ts';
import type { z } from 'zod';

/*
 * Reference values: torch 1.13, the rate before each `scheduler.step()`, of
 *   SGD([Parameter(zeros(1))], lr=0.1) with the scheduler named at each table.
 */
const recipe = (schedule: z.input<typeof TrainingSpec>['schedule'], more: z.input<typeof TrainingSpec> = {}) =>
  TrainingSpec.parse({ learningRate: 0.1, epochs: 8, schedule, ...more });

/** The rate at the beginning of each epoch. */
const byEpoch = (training: TrainingSpec, losses: number[] = []) =>
  Array.from({ length: training.epochs }, (_, epoch) => learningRateAt(training, epoch, losses.slice(0, epoch)));

/** The rate at each step. */
const byStep = (training: TrainingSpec, stepsPerEpoch: number) =>
  Array.from({ length: training.epochs * stepsPerEpoch }, (_, step) =>
    learningRateAt(training, Math.floor(step / stepsPerEpoch) + (step % stepsPerEpoch) / stepsPerEpoch, []),
  );

function expectClose(found: number[], wanted: number[]): void {
  expect(found.length).toBe(wanted.length);
  found.forEach((rate, at) => expect(Math.abs(rate / wanted[at] - 1), `at ${at}: ${rate}`).toBeLessThan(1e-8));
}

describe('gives PyTorch’s rates', () => {
  test('StepLR(step_size=3, gamma=0.5)', () => {
    const rates = byEpoch(recipe({ kind: 'step', stepSize: 3, gamma: 0.5 }));
    expectClose(rates, [0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.025, 0.025]);
  });

  test('ExponentialLR(gamma=0.8)', () => {
    const rates = byEpoch(recipe({ kind: 'exponential', gamma: 0.8 }));
    expectClose(rates, [0.1, 0.08, 0.064, 0.0512, 0.04096, 0.032768, 0.0262144, 0.02097152]);
  });

  test('CosineAnnealingLR(T_max=12, eta_min=0.01), stepped every batch', () => {
    const rates = byStep(recipe({ kind: 'cosine', etaMin: 0.01 }, { epochs: 3 }), 4);
    expectClose(
      rates,
      [
        0.1, 0.0984666622, 0.0939711432, 0.0868198052, 0.0775, 0.066646857, 0.055, 0.043353143, 0.0325, 0.0231801948,
        0.0160288568, 0.0115333378,
      ],
    );
  });

  test('SequentialLR([LinearLR(0.25, total_iters=4), CosineAnnealingLR(T_max=8, eta_min=0.01)], [4])', () => {
    const warmup = { epochs: 1, startFactor: 0.25 };
    const rates = byStep(recipe({ kind: 'cosine', etaMin: 0.01 }, { epochs: 3, warmup }), 4);
    expectClose(
      rates,
      [
        0.025, 0.04375, 0.0625, 0.08125, 0.1, 0.096574579, 0.0868198052, 0.0722207545, 0.055, 0.0377792455,
        0.0231801948, 0.013425421,
      ],
    );
  });

  test('ReduceLROnPlateau(factor=0.2, patience=2, threshold=1e-4, min_lr=0.002)', () => {
    const losses = [2, 1.5, 1.4999, 1.6, 1.5, 1.2, 1.3, 1.19995, 1.25, 1.3, 1.3, 1.3, 1.1, 1.2, 1.2, 1.2, 1.2];
    const schedule = { kind: 'plateau', factor: 0.2, patience: 2, threshold: 1e-4, minLr: 0.002 } as const;
    const wanted = [
      ...[0.1, 0.1, 0.1, 0.1, 0.1, 0.02, 0.02, 0.02, 0.02],
      ...[0.004, 0.004, 0.004, 0.002, 0.002, 0.002, 0.002, 0.002],
    ];
    expectClose(byEpoch(recipe(schedule, { epochs: 17 }), losses), wanted);
  });

  test('ReduceLROnPlateau(factor=0.5, patience=0, threshold=0.1)', () => {
    const losses = [2, 1.9, 1.5, 1.45, 1.3, 1.28, 1.25, 1.24, 1.0, 1.0];
    const schedule = { kind: 'plateau', factor: 0.5, patience: 0, threshold: 0.1 } as const;
    expectClose(
      byEpoch(recipe(schedule, { epochs: 10 }), losses),
      [0.1, 0.1, 0.05, 0.05, 0.025, 0.025, 0.0125, 0.00625, 0.003125, 0.003125],
    );
  });
});

describe('warm-up', () => {
  it.each(['constant', 'step', 'exponential', 'cosine', 'plateau'] as const)('stands before %s', (kind) => {
    const warmup = { epochs: 2, startFactor: 0.2 };
    const rates = byStep(recipe(kind, { epochs: 10, warmup }), 5);
    expectClose(
      rates.slice(0, 10),
      Array.from({ length: 10 }, (_, step) => 0.1 * (0.2 + 0.08 * step)),
    );
    expectClose(rates.slice(10), byStep(recipe(kind, { epochs: 8 }), 5));
  });

  it('may take a part of an epoch; what goes by epochs begins with the next whole one', () => {
    const schedule = { kind: 'exponential', gamma: 0.5 } as const;
    const rates = byStep(recipe(schedule, { epochs: 3, warmup: { epochs: 0.5, startFactor: 0.5 } }), 4);
    expectClose(rates, [0.05, 0.075, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05]);
  });

  it('is not taken for a plateau', () => {
    const schedule = { kind: 'plateau', factor: 0.5, patience: 0, threshold: 0 } as const;
    const training = recipe(schedule, { epochs: 5, warmup: { epochs: 2, startFactor: 1 } });
    expectClose(byEpoch(training, [1, 2, 3, 4, 5]), [0.1, 0.1, 0.1, 0.1, 0.05]);
  });

  it('may be longer than the training', () => {
    const rates = byEpoch(recipe('cosine', { epochs: 2, warmup: { epochs: 4, startFactor: 0.5 } }));
    expectClose(rates, [0.05, 0.0625]);
  });
});

test('a loss that is no number is never better', () => {
  const training = recipe({ kind: 'plateau', factor: 0.5, patience: 0 }, { epochs: 4 });
  expectClose(byEpoch(training, [1, Number.NaN, Infinity]), [0.1, 0.1, 0.05, 0.025]);
});
