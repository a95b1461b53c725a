import { z } from 'zod';

export const SCHEDULES = ['constant', 'step', 'exponential', 'cosine', 'plateau'] as const;
export type ScheduleKind = (typeof SCHEDULES)[number];

const Schedules = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant') }),
  /** StepLR: times `gamma` after every `stepSize` epochs. */
  z.strictObject({
    kind: z.literal('step'),
    stepSize: z.number().int().min(1).default(10),
    gamma: z.number().positive().max(1).default(0.1),
  }),
  /** ExponentialLR: times `gamma` after every epoch. */
  z.strictObject({ kind: z.literal('exponential'), gamma: z.number().positive().max(1).default(0.9) }),
  /** CosineAnnealingLR, step by step: along half a cosine, to `etaMin` after the last step (Loshchilov and Hutter 2017). */
  z.strictObject({ kind: z.literal('cosine'), etaMin: z.number().min(0).default(0) }),
  /**
   * ReduceLROnPlateau: times `factor`, but not below `minLr`, after more than `patience` epochs in a row whose loss was not
   * below (1 - `threshold`) times the best. The loss is that of the validation, or without a validation part of the training.
   */
  z.strictObject({
    kind: z.literal('plateau'),
    factor: z.number().positive().lt(1).default(0.1),
    patience: z.number().int().min(0).default(10),
    threshold: z.number().min(0).lt(1).default(1e-4),
    minLr: z.number().min(0).default(0),
  }),
]);

/**
 * How the learning rate changes, with PyTorch's parameter names, meanings and defaults. `constant`, `cosine`, ... alone stands
 * for the kind with its defaults, as it did in earlier specs.
 */
export const ScheduleSpec = z.preprocess(
  (given: ScheduleKind | z.input<typeof Schedules>) => (typeof given === 'string' ? { kind: given } : given),
  Schedules,
);
export type ScheduleSpec = z.infer<typeof ScheduleSpec>;

/**
 * PyTorch's LinearLR before the schedule, step by step: from `startFactor` times the learning rate at the first step to the
 * whole of it after `epochs` epochs (0: none; parts of one are allowed). The schedule begins where the warm-up ends.
 */
export const WarmupSpec = z.strictObject({
  epochs: z.number().min(0).max(10_000).default(0),
  startFactor: z.number().positive().max(1).default(0.1),
});
export type WarmupSpec = z.infer<typeof WarmupSpec>;

const short = (value: number): string => String(Number(value.toPrecision(4)));
const every = (epochs: number): string => (epochs === 1 ? 'epoch' : `${epochs} epochs`);

/** In words, behind the learning rate: "0.002 falling to 0 along half a cosine". */
const WORDS: { [Kind in ScheduleKind]: (spec: Extract<ScheduleSpec, { kind: Kind }>, loss: string) => string } = {
  constant: () => 'throughout',
  step: ({ stepSize, gamma }) => `times ${short(gamma)} every ${every(stepSize)}`,
  exponential: ({ gamma }) => `times ${short(gamma)} every epoch`,
  cosine: ({ etaMin }) => `falling to ${short(etaMin)} along half a cosine`,
  plateau: ({ factor, patience, minLr }, loss) =>
    `times ${short(factor)}${minLr > 0 ? ` (at least ${short(minLr)})` : ''} after every ${every(patience + 1)} without a better ${loss} loss`,
};

/**
 * Schedule and warm-up in words that stand behind the learning rate.
 * @param validated whether there is a validation part whose loss a plateau is seen in
 */
export function describeSchedule(schedule: ScheduleSpec, warmup: WarmupSpec, validated = true): string {
  const words = WORDS[schedule.kind] as (spec: ScheduleSpec, loss: string) => string;
  const before =
    warmup.epochs > 0
      ? `, after a linear warm-up from ${short(warmup.startFactor)} of it over ${warmup.epochs === 1 ? '1 epoch' : `${short(warmup.epochs)} epochs`}`
      : '';
  return words(schedule, validated ? 'validation' : 'training') + before;
}
