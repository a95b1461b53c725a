import type { ComparisonSpec } from './comparison.ts';
import { frameGeometry, type FeatureSpec } from './feature-spec.ts';
import type { Cell } from './model-spec.ts';

/** What one setting is set to; null: none, or all. */
export type LevelValue = number | string | boolean | null;

/** A setting that an ablation changes while all others stay. */
export interface Factor {
  name: string;
  /** The question it answers. */
  asks: string;
  /** What one sees and what to look for, in a sentence. */
  says: string;
  /** Of the numbers; none for levels that are names. */
  unit: string | null;
  /** Levels have a distance (an axis); else they stand beside each other. */
  scale: 'log' | 'linear' | 'names';
  /** Which cells it says something of. */
  cells: readonly Cell[];
  /** What one click tries, from the first to the last; `base` is what all else stays at. */
  levels: (base: ComparisonSpec) => readonly LevelValue[];
  /** What may be typed instead; null where only the levels themselves make sense. */
  own: { min: number; max: number; whole: boolean } | null;
  /** null is a level as well: none of it, or all. */
  none?: true;
  /** Why it cannot be changed of these settings; null: it can. */
  hinders: (base: ComparisonSpec) => string | null;
  /** The settings of a level, all else as in `base`. */
  apply: (base: ComparisonSpec, value: LevelValue) => ComparisonSpec;
  /** What a level is called. */
  words: (value: LevelValue) => string;
}

const RECURRENT = ['rnn', 'lstm', 'gru'] as const;
const ALL = ['dnn', ...RECURRENT] as const;

const withModel = (base: ComparisonSpec, change: Partial<ComparisonSpec['model']>): ComparisonSpec => ({
  ...base,
  model: { ...base.model, ...change },
});
const withFeatures = (base: ComparisonSpec, change: Partial<FeatureSpec>): ComparisonSpec => ({
  ...base,
  features: { ...base.features, ...change },
});
const withTraining = (base: ComparisonSpec, change: Partial<ComparisonSpec['training']>): ComparisonSpec => ({
  ...base,
  training: { ...base.training, ...change },
});

const nothing = () => null;
const numbered =
  (unit: string, none = 'None') =>
  (value: LevelValue) =>
    value === null ? none : `${value} ${unit}`;
const named = (names: Record<string, string>) => (value: LevelValue) => names[String(value)] ?? String(value);

const needsRate = ({ features }: ComparisonSpec) =>
  features.sampleRate === null ? 'Features are made at each clip’s own sampling rate: choose one rate first.' : null;
const needsMfcc = ({ features }: ComparisonSpec) =>
  features.kind === 'mfcc' ? null : 'The features are no MFCC: choose those first.';

const samples = (base: ComparisonSpec, milliseconds: LevelValue) =>
  Math.max(2, Math.round(((base.features.sampleRate ?? 16_000) * Number(milliseconds)) / 1000));

/** In the order they are offered; a new one is one entry here. */
const TABLE = {
  hiddenSize: {
    name: 'Hidden size',
    asks: 'How many units does it take?',
    says: 'Accuracy rises with the units until the data is used up; look for the smallest size that cannot be told from the best.',
    unit: 'units',
    scale: 'log',
    cells: ALL,
    levels: () => [32, 64, 128, 256, 512],
    own: { min: 1, max: 4096, whole: true },
    hinders: nothing,
    apply: (base, value) => withModel(base, { hiddenSize: Number(value) }),
    words: numbered('units'),
  },
  numLayers: {
    name: 'Layers',
    asks: 'Does a deeper network hear better?',
    says: 'A second layer often helps a little, a third seldom; small sets are learnt by heart sooner.',
    unit: 'layers',
    scale: 'linear',
    cells: ALL,
    levels: () => [1, 2, 3],
    own: { min: 1, max: 4, whole: true },
    hinders: nothing,
    apply: (base, value) => withModel(base, { numLayers: Number(value) }),
    words: (value) => (value === 1 ? '1 layer' : `${value} layers`),
  },
  bidirectional: {
    name: 'Both directions',
    asks: 'Does it help to hear the clip backwards as well?',
    says: 'Both directions double the parameters and cannot be used while a sound still comes in; look whether they are worth it.',
    unit: null,
    scale: 'names',
    cells: RECURRENT,
    levels: () => [false, true],
    own: null,
    hinders: nothing,
    apply: (base, value) => withModel(base, { bidirectional: value === true }),
    words: named({ false: 'Forwards', true: 'Both directions' }),
  },
  memory: {
    name: 'DNN against recurrent',
    asks: 'What is memory worth?',
    says: 'The DNN sees each frame alone and takes their mean. What the others do better, they do by remembering.',
    unit: null,
    scale: 'names',
    cells: ALL,
    levels: () => ['units', 'parameters'],
    own: null,
    hinders: nothing,
    apply: (base, value) => ({ ...base, match: value === 'parameters' ? 'parameters' : 'units' }),
    words: named({ units: 'Equal units', parameters: 'Equal parameters' }),
  },
  context: {
    name: 'Context frames of the DNN',
    asks: 'How much of what a recurrent network does can a window of frames do?',
    says: 'Frames before and behind each frame that the DNN sees with it; look how far it comes without any memory.',
    unit: 'frames on each side',
    scale: 'linear',
    cells: ['dnn'],
    levels: () => [0, 1, 2, 5, 10, 20],
    own: { min: 0, max: 50, whole: true },
    hinders: nothing,
    apply: (base, value) => withModel(base, { context: Number(value) }),
    words: (value) => (value === 0 ? 'The frame alone' : `${value} on each side`),
  },
  fixLength: {
    name: 'Sequence length',
    asks: 'How much of a clip has to be heard?',
    says: 'Every clip is cut or padded with silence to so many frames; look where the curve becomes flat.',
    unit: 'frames',
    scale: 'log',
    cells: ALL,
    levels: () => [5, 10, 20, 40, 80],
    own: { min: 1, max: 100_000, whole: true },
    none: true,
    hinders: nothing,
    apply: (base, value) => withFeatures(base, { fixLength: value === null ? null : Number(value) }),
    words: numbered('frames', 'Whole clips'),
  },
  kind: {
    name: 'Features',
    asks: 'MFCC, log-mel or the plain spectrogram?',
    says: 'MFCC are fewer and less alike each other; log-mel keeps all that networks with enough data can use.',
    unit: null,
    scale: 'names',
    cells: ALL,
    levels: () => ['mfcc', 'logmel', 'mel', 'spectrogram'],
    own: null,
    hinders: nothing,
    apply: (base, value) => withFeatures(base, { kind: value as FeatureSpec['kind'] }),
    words: named({ mfcc: 'MFCC', logmel: 'Log-mel', mel: 'Mel', spectrogram: 'Spectrogram' }),
  },
  nMfcc: {
    name: 'Number of coefficients',
    asks: 'How many MFCC are enough?',
    says: 'The first dozen hold the shape of the vocal tract, those above finer detail and pitch.',
    unit: 'coefficients',
    scale: 'log',
    cells: ALL,
    levels: ({ features }) => [5, 10, 13, 20, 40, 64].filter((count) => count <= features.nMels),
    own: { min: 1, max: 512, whole: true },
    hinders: needsMfcc,
    apply: (base, value) =>
      withFeatures(base, { nMfcc: Number(value), nMels: Math.max(base.features.nMels, Number(value)) }),
    words: numbered('coefficients'),
  },
  winLength: {
    name: 'Frame',
    asks: 'How long should a frame be?',
    says: 'Long frames see pitch, short ones see when things happen; the hop stays.',
    unit: 'ms',
    scale: 'log',
    cells: ALL,
    levels: () => [10, 16, 25, 40, 64],
    own: { min: 2, max: 500, whole: false },
    hinders: needsRate,
    apply(base, value) {
      const winLength = samples(base, value);
      const nFft = Math.max(256, 2 ** Math.ceil(Math.log2(winLength)));
      return withFeatures(base, { winLength, nFft, hopLength: frameGeometry(base.features).hopLength });
    },
    words: numbered('ms'),
  },
  hopLength: {
    name: 'Hop',
    asks: 'How far from frame to frame?',
    says: 'A longer hop makes shorter sequences: quicker, easier to learn through, and coarser in time.',
    unit: 'ms',
    scale: 'log',
    cells: ALL,
    levels: () => [5, 10, 15, 20, 40],
    own: { min: 1, max: 500, whole: false },
    hinders: needsRate,
    apply: (base, value) => withFeatures(base, { hopLength: samples(base, value) }),
    words: numbered('ms'),
  },
  truncation: {
    name: 'Truncated BPTT',
    asks: 'How far back must gradients flow?',
    says: 'Nothing flows back across every so many frames; where short spans do as well as whole clips, nothing long is learnt.',
    unit: 'frames',
    scale: 'log',
    cells: RECURRENT,
    levels: () => [1, 5, 10, 20, null],
    own: { min: 1, max: 100_000, whole: true },
    none: true,
    hinders: nothing,
    apply: (base, value) => withTraining(base, { truncation: value === null ? null : Number(value) }),
    words: numbered('frames', 'Whole clips'),
  },
  clipping: {
    name: 'Gradient clipping',
    asks: 'Does training need its gradients clipped?',
    says: 'The norm above which gradients are scaled down; without it one steep step can undo an epoch.',
    unit: 'norm',
    scale: 'log',
    cells: ALL,
    levels: () => [0.1, 1, 10, null],
    own: { min: 1e-6, max: 1e6, whole: false },
    none: true,
    hinders: nothing,
    apply: (base, value) =>
      withTraining(base, { clipping: value === null ? { kind: 'none' } : { kind: 'norm', max: Number(value) } }),
    words: (value) => (value === null ? 'Not clipped' : `Norm up to ${value}`),
  },
} satisfies Record<string, Factor>;

export type FactorId = keyof typeof TABLE;
/** All settings that can be changed alone. */
export const FACTORS: Readonly<Record<FactorId, Factor>> = TABLE;
export const FACTOR_IDS = Object.keys(TABLE) as [FactorId, ...FactorId[]];
