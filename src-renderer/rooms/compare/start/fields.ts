import { valueAt } from './draft.ts';
import { is, type Field } from './field.ts';
import { OPTIMISER_FIELDS, SCHEDULE_FIELDS, TRAINING_FIELDS } from './training-fields.ts';

export const MODEL_FIELDS: readonly Field[] = [
  { path: 'model.hiddenSize', label: 'Units', help: 'values in the hidden state', kind: 'whole', min: 1, max: 4096 },
  {
    path: 'model.numLayers',
    label: 'Layers',
    help: 'recurrent layers, one upon the other',
    kind: 'whole',
    min: 1,
    max: 4,
  },
  {
    path: 'model.pooling',
    label: 'Pooling over time',
    help: 'what of the states goes to the head',
    kind: 'choice',
    choices: [
      { value: 'mean', label: 'Mean' },
      { value: 'last', label: 'Last state' },
      { value: 'max', label: 'Max' },
      { value: 'attention', label: 'Attention' },
    ],
  },
  {
    path: 'model.inputDropout',
    label: 'Input dropout',
    help: 'share of input values dropped',
    kind: 'number',
    min: 0,
    max: 0.99,
    step: 0.05,
  },
  {
    path: 'model.dropout',
    label: 'Dropout',
    help: 'between layers and before the head',
    kind: 'number',
    min: 0,
    max: 0.99,
    step: 0.05,
  },
  {
    path: 'model.recurrentDropout',
    label: 'Recurrent dropout',
    help: 'of the state, the same at all frames',
    kind: 'number',
    min: 0,
    max: 0.99,
    step: 0.05,
  },
  {
    path: 'model.initialState',
    label: 'Initial state',
    help: 'what recurrent layers begin a clip with',
    kind: 'choice',
    choices: [
      { value: 'zeros', label: 'Zeros' },
      { value: 'learnt', label: 'Learnt' },
    ],
  },
  {
    path: 'model.bidirectional',
    label: 'Both directions',
    help: 'reads each clip forwards and backwards',
    kind: 'switch',
  },
  {
    path: 'model.layerNorm',
    label: 'Layer normalisation in the cell',
    help: 'of what a frame and the state give to the gates',
    kind: 'switch',
  },
  {
    path: 'model.context',
    label: 'Context frames of the DNN',
    help: 'on each side, seen with each frame',
    kind: 'whole',
    min: 0,
    max: 50,
    when: (draft) => (valueAt(draft, 'cells') as string[] | undefined)?.includes('dnn') ?? false,
  },
  {
    path: 'model.residual',
    label: 'Residual layers',
    help: 'from the second on, each adds its input to its output',
    kind: 'switch',
    when: (draft) => Number(valueAt(draft, 'model.numLayers')) > 1,
  },
];

export const SPLIT_FIELDS: readonly Field[] = [
  { path: 'split.folds', label: 'Folds', kind: 'whole', min: 2, max: 100, when: is('split.by', 'fold') },
  {
    path: 'split.fold',
    label: 'Test fold',
    help: 'counted from 1',
    kind: 'whole',
    min: 1,
    max: 100,
    when: is('split.by', 'fold'),
  },
  {
    path: 'split.testFraction',
    label: 'Test share',
    help: 'of all clips',
    kind: 'number',
    min: 0.01,
    max: 0.9,
    step: 0.05,
    when: (draft) =>
      is('split.by', 'random')(draft) ||
      (is('split.by', 'speaker')(draft) && (valueAt(draft, 'split.speakers') as string[] | undefined)?.length === 0),
  },
  {
    path: 'split.validationFraction',
    label: 'Validation share',
    help: 'of what is not test',
    kind: 'number',
    min: 0,
    max: 0.9,
    step: 0.05,
  },
  { path: 'split.seed', label: 'Seed of the split', kind: 'whole', min: 0 },
];

const mels = is('features.kind', 'mel', 'logmel', 'mfcc');
const mfcc = is('features.kind', 'mfcc');

export const FEATURE_FIELDS: readonly Field[] = [
  {
    path: 'features.sampleRate',
    label: 'Sampling rate',
    help: 'Hz; other clips are resampled',
    kind: 'whole',
    min: 1000,
    max: 384_000,
    empty: "each clip's own",
  },
  { path: 'features.nFft', label: 'FFT length', help: 'samples', kind: 'whole', min: 16, max: 65_536 },
  { path: 'features.winLength', label: 'Window', help: 'samples, Hann', kind: 'whole', min: 2, empty: 'as nFft' },
  {
    path: 'features.hopLength',
    label: 'Hop',
    help: 'samples from frame to frame',
    kind: 'whole',
    min: 1,
    empty: 'half the window',
  },
  { path: 'features.power', label: 'Power', help: '1 magnitude, 2 power', kind: 'number', min: 0.1, max: 4, step: 1 },
  { path: 'features.nMels', label: 'Mel bands', kind: 'whole', min: 1, max: 512, when: mels },
  { path: 'features.fMin', label: 'Lowest frequency', help: 'Hz', kind: 'number', min: 0, when: mels },
  {
    path: 'features.fMax',
    label: 'Highest frequency',
    help: 'Hz',
    kind: 'number',
    min: 1,
    empty: 'half the sampling rate',
    when: mels,
  },
  {
    path: 'features.melScale',
    label: 'Mel scale',
    kind: 'choice',
    choices: [
      { value: 'htk', label: 'HTK' },
      { value: 'slaney', label: 'Slaney' },
    ],
    when: mels,
  },
  {
    path: 'features.norm',
    label: 'Band norm',
    kind: 'choice',
    choices: [
      { value: '', label: 'None' },
      { value: 'slaney', label: 'Slaney' },
    ],
    when: mels,
  },
  { path: 'features.nMfcc', label: 'Coefficients', kind: 'whole', min: 1, max: 512, when: mfcc },
  {
    path: 'features.logOffset',
    label: 'Log offset',
    help: 'log(mel + offset)',
    kind: 'number',
    min: 0,
    step: 1e-6,
    when: (draft) =>
      is('features.kind', 'logmel')(draft) || (mfcc(draft) && valueAt(draft, 'features.logMels') === true),
  },
  {
    path: 'features.deltas',
    label: 'Deltas',
    help: 'appended as further bins',
    kind: 'choice',
    choices: [
      { value: '0', label: 'None' },
      { value: '1', label: 'Delta' },
      { value: '2', label: 'Delta and delta-delta' },
    ],
  },
  {
    path: 'features.fixLength',
    label: 'Frames per clip',
    help: 'cut or zero-padded',
    kind: 'whole',
    min: 1,
    max: 100_000,
    empty: "each clip's own",
  },
  {
    path: 'features.logMels',
    label: 'Natural log',
    help: 'instead of dB with an 80 dB range',
    kind: 'switch',
    when: mfcc,
  },
  { path: 'features.center', label: 'Centred frames', help: 'the signal reflected at both ends', kind: 'switch' },
];

export const FEATURE_KIND_NAMES = [
  { value: 'mfcc', label: 'MFCC' },
  { value: 'logmel', label: 'Log-mel' },
  { value: 'mel', label: 'Mel' },
  { value: 'spectrogram', label: 'Spectrogram' },
] as const;

export const SPLIT_NAMES = [
  { value: 'official', label: 'Official lists', help: 'the lists the dataset came with' },
  { value: 'speaker', label: 'Unseen speakers', help: 'some speakers are kept for the test' },
  { value: 'fold', label: 'Fold', help: 'one of k folds is the test part' },
  { value: 'random', label: 'Stratified random', help: 'the same share of each class' },
] as const;

/** Settings that are no row of a table above. */
const OTHER_LABELS: Record<string, string> = {
  cells: 'Cells',
  seeds: 'Seeds',
  match: 'Made alike by',
  dataset: 'Dataset',
  'split.by': 'Split rule',
  'split.speakers': 'Speakers of the test part',
  'split.allowLeaks': 'Leaks allowed',
  'features.kind': 'Kind of features',
  'training.optimiser.name': 'Optimiser',
  'training.schedule.kind': 'Schedule',
  'training.clipping.kind': 'Gradient clipping',
  'training.clipping.max': 'Clipped at',
};
const LABELS = new Map(
  [MODEL_FIELDS, TRAINING_FIELDS, OPTIMISER_FIELDS, SCHEDULE_FIELDS, SPLIT_FIELDS, FEATURE_FIELDS]
    .flat()
    .map(({ path, label }) => [path, label]),
);

/** A setting in words; empty when it has none but its path. */
export const settingLabel = (path: string): string => LABELS.get(path) ?? OTHER_LABELS[path] ?? '';
