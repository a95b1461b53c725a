import type { ScheduleKind, ScheduleSpec } from '../domain/schedule-spec.ts';
import type { TrainingSpec } from '../domain/training-spec.ts';

/** What the learning rate depends on. */
export type Recipe = Pick<TrainingSpec, 'learningRate' | 'epochs' | 'schedule' | 'warmup'>;

/** Where a training stands behind its warm-up. */
interface Moment {
  learningRate: number;
  /** Whole epochs since the warm-up: PyTorch's schedulers by epoch have stepped so often. */
  steps: number;
  /** Share of all steps behind the warm-up that are done, 0 to below 1. */
  share: number;
  /** Of each whole epoch since the warm-up. */
  losses: readonly number[];
}

const schedules: { [Kind in ScheduleKind]: (spec: Extract<ScheduleSpec, { kind: Kind }>, moment: Moment) => number } = {
  constant: (_, { learningRate }) => learningRate,
  step: ({ stepSize, gamma }, { learningRate, steps }) => learningRate * gamma ** Math.floor(steps / stepSize),
  exponential: ({ gamma }, { learningRate, steps }) => learningRate * gamma ** steps,
  cosine: ({ etaMin }, { learningRate, share }) =>
    etaMin + (learningRate - etaMin) * ((1 + Math.cos(Math.PI * share)) / 2),
  plateau: (spec, { learningRate, losses }) => onPlateau(spec, learningRate, losses),
};

/**
 * The learning rate of one step, after PyTorch's schedulers of the same names (torch.optim.lr_scheduler). Warm-up and cosine go
 * by steps, the others change between epochs, counted from the first that begins after the warm-up.
 *
 * A plateau is seen anew from all the losses so far: they alone are its state, so it goes on from a checkpoint to the same bits.
 * @param behind epochs done, with the share of the one at hand: steps done / steps an epoch
 * @param losses of each epoch that has ended, in which a plateau is seen
 */
export function learningRateAt(recipe: Recipe, behind: number, losses: readonly number[]): number {
  const { learningRate, epochs, schedule, warmup } = recipe;
  if (behind < warmup.epochs)
    return learningRate * (warmup.startFactor + (1 - warmup.startFactor) * (behind / warmup.epochs));
  const first = Math.ceil(warmup.epochs);
  const rate = schedules[schedule.kind] as (spec: ScheduleSpec, moment: Moment) => number;
  return rate(schedule, {
    learningRate,
    steps: Math.max(0, Math.floor(behind) - first),
    share: (behind - warmup.epochs) / (epochs - warmup.epochs),
    losses: losses.slice(first),
  });
}

/** PyTorch's ReduceLROnPlateau leaves the rate alone where it would change by less. */
const LEAST_CHANGE = 1e-8;

function onPlateau(
  { factor, patience, threshold, minLr }: Extract<ScheduleSpec, { kind: 'plateau' }>,
  learningRate: number,
  losses: readonly number[],
): number {
  let [rate, best, bad] = [learningRate, Infinity, 0];
  for (const loss of losses) {
    if (loss < best * (1 - threshold)) [best, bad] = [loss, 0];
    else bad++;
    if (bad <= patience) continue;
    bad = 0;
    const lower = Math.max(rate * factor, minLr);
    if (rate - lower > LEAST_CHANGE) rate = lower;
  }
  return rate;
}
