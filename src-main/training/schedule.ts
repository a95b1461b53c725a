import type { TrainingSpec } from '#shared/domain/training-spec.ts';

const schedules: Record<TrainingSpec['schedule'], (progress: number) => number> = {
  constant: () => 1,
  cosine: (progress) => (1 + Math.cos(Math.PI * progress)) / 2,
};

/**
 * The learning rate of one step.
 * @param progress steps behind it, as a share of all steps of all planned epochs, 0..1
 */
export function learningRateAt(training: TrainingSpec, progress: number): number {
  return training.learningRate * schedules[training.schedule](progress);
}
