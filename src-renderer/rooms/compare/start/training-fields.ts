import type { ScheduleKind } from '#shared/domain/schedule-spec.ts';
import { is, type Field } from './field.ts';

export const TRAINING_FIELDS: readonly Field[] = [
  {
    path: 'training.epochs',
    label: 'Epochs',
    help: 'times through the training part',
    kind: 'whole',
    min: 1,
    max: 10_000,
  },
  { path: 'training.batchSize', label: 'Batch size', help: 'clips a step', kind: 'whole', min: 1, max: 4096 },
  { path: 'training.learningRate', label: 'Learning rate', kind: 'number', min: 0, max: 10, step: 0.0005 },
  {
    path: 'training.patience',
    label: 'Patience',
    help: 'stops after so many epochs without a better validation',
    kind: 'whole',
    min: 1,
    empty: 'never stops early',
  },
  {
    path: 'training.truncation',
    label: 'Truncated BPTT',
    help: 'frames after which gradients through time are cut',
    kind: 'whole',
    min: 1,
    max: 100_000,
    empty: 'through whole clips',
  },
  { path: 'training.labelSmoothing', label: 'Label smoothing', kind: 'number', min: 0, max: 0.99, step: 0.05 },
  { path: 'training.buckets', label: 'Buckets by length', help: 'clips of like length share a batch', kind: 'switch' },
];

const optimiser = (...names: string[]) => is('training.optimiser.name', ...names);

export const OPTIMISER_FIELDS: readonly Field[] = [
  {
    path: 'training.optimiser.momentum',
    label: 'Momentum',
    kind: 'number',
    min: 0,
    max: 0.999,
    step: 0.05,
    when: optimiser('sgd', 'rmsprop'),
  },
  {
    path: 'training.optimiser.beta1',
    label: 'Beta 1',
    kind: 'number',
    min: 0,
    max: 0.9999,
    step: 0.01,
    when: optimiser('adam', 'adamw'),
  },
  {
    path: 'training.optimiser.beta2',
    label: 'Beta 2',
    kind: 'number',
    min: 0,
    max: 0.99999,
    step: 0.001,
    when: optimiser('adam', 'adamw'),
  },
  {
    path: 'training.optimiser.alpha',
    label: 'Alpha',
    kind: 'number',
    min: 0,
    max: 0.9999,
    step: 0.01,
    when: optimiser('rmsprop'),
  },
  {
    path: 'training.optimiser.eps',
    label: 'Epsilon',
    kind: 'number',
    min: 0,
    step: 1e-8,
    when: optimiser('adam', 'adamw', 'rmsprop'),
  },
  { path: 'training.optimiser.weightDecay', label: 'Weight decay', kind: 'number', min: 0, step: 0.001 },
  { path: 'training.optimiser.nesterov', label: 'Nesterov', kind: 'switch', when: optimiser('sgd') },
  { path: 'training.optimiser.centered', label: 'Centred', kind: 'switch', when: optimiser('rmsprop') },
];

const schedule = (...kinds: ScheduleKind[]) => is('training.schedule.kind', ...kinds);

export const SCHEDULE_FIELDS: readonly Field[] = [
  {
    path: 'training.schedule.stepSize',
    label: 'Step size',
    help: 'epochs from fall to fall',
    kind: 'whole',
    min: 1,
    when: schedule('step'),
  },
  {
    path: 'training.schedule.gamma',
    label: 'Gamma',
    help: 'what the rate is multiplied by',
    kind: 'number',
    min: 0,
    max: 1,
    step: 0.05,
    when: schedule('step', 'exponential'),
  },
  {
    path: 'training.schedule.etaMin',
    label: 'Lowest rate',
    help: 'after the last step',
    kind: 'number',
    min: 0,
    step: 0.0001,
    when: schedule('cosine'),
  },
  {
    path: 'training.schedule.factor',
    label: 'Factor',
    help: 'what the rate is multiplied by',
    kind: 'number',
    min: 0,
    max: 0.99,
    step: 0.05,
    when: schedule('plateau'),
  },
  {
    path: 'training.schedule.patience',
    label: 'Plateau patience',
    help: 'epochs without a better loss it puts up with',
    kind: 'whole',
    min: 0,
    when: schedule('plateau'),
  },
  {
    path: 'training.schedule.threshold',
    label: 'Threshold',
    help: 'share of the best loss by which a better one is less',
    kind: 'number',
    min: 0,
    max: 0.99,
    step: 0.0001,
    when: schedule('plateau'),
  },
  {
    path: 'training.schedule.minLr',
    label: 'Lowest rate',
    help: 'it does not fall below',
    kind: 'number',
    min: 0,
    step: 0.0001,
    when: schedule('plateau'),
  },
  {
    path: 'training.warmup.epochs',
    label: 'Warm-up',
    help: 'epochs of a linear rise before the schedule; 0 for none',
    kind: 'number',
    min: 0,
    step: 0.5,
  },
  {
    path: 'training.warmup.startFactor',
    label: 'Warm-up from',
    help: 'share of the learning rate at the first step',
    kind: 'number',
    min: 0,
    max: 1,
    step: 0.05,
    when: (draft) => !is('training.warmup.epochs', 0)(draft),
  },
];

/** What the optimisers start with when one is chosen: the schema fills in the rest. */
export const OPTIMISERS = [
  { value: 'adam', label: 'Adam' },
  { value: 'adamw', label: 'AdamW' },
  { value: 'sgd', label: 'SGD' },
  { value: 'rmsprop', label: 'RMSprop' },
] as const;

export const CLIPPINGS = [
  { value: 'norm', label: 'Norm' },
  { value: 'value', label: 'Value' },
  { value: 'none', label: 'None' },
] as const;

export const SCHEDULE_NAMES: readonly { value: ScheduleKind; label: string }[] = [
  { value: 'cosine', label: 'Cosine' },
  { value: 'constant', label: 'Constant' },
  { value: 'step', label: 'Step' },
  { value: 'exponential', label: 'Exponential' },
  { value: 'plateau', label: 'On a plateau' },
];
