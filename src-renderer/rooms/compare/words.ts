import type { ComparisonSpec, ComparisonState } from '#shared/domain/comparison.ts';
import { frameGeometry, type FeatureSpec } from '#shared/domain/feature-spec.ts';
import { CELL_NAMES, type Cell } from '#shared/domain/model-spec.ts';
import type { RunState } from '#shared/domain/run.ts';
import { describeSchedule } from '#shared/domain/schedule-spec.ts';
import { describeSplit } from '#shared/domain/split.ts';
import type { SweepState } from '#shared/domain/sweep.ts';
import { plural } from '../../parts/format.ts';
import { seedWords } from '../../parts/results/numbers.ts';
import { OPTIMISERS } from './start/training-fields.ts';

/** "RNN, LSTM and GRU". */
export function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

export const cellWords = (cells: readonly Cell[]): string => listWords(cells.map((cell) => CELL_NAMES[cell]));

/** A setting as one would type it: at most four digits, none for show. */
export const plainNumber = (value: number): string => String(Number(value.toPrecision(4)));

/** "40 MFCC of 64 mel bands, 25 ms windows every 10 ms". */
export function describeFeatures(spec: FeatureSpec): string {
  const what = {
    mfcc: () => `${spec.nMfcc} MFCC of ${spec.nMels} mel bands`,
    logmel: () => `${spec.nMels} log-mel bands`,
    mel: () => `${spec.nMels} mel bands`,
    spectrogram: () => `spectrogram of ${Math.floor(spec.nFft / 2) + 1} bins`,
  }[spec.kind]();
  const { winLength, hopLength } = frameGeometry(spec);
  const span = (samples: number) =>
    spec.sampleRate === null ? `${samples} samples` : `${plainNumber((samples / spec.sampleRate) * 1000)} ms`;
  const deltas = ['', ' with deltas', ' with deltas and delta-deltas'][spec.deltas];
  return `${what}${deltas}, ${span(winLength)} windows every ${span(hopLength)}`;
}

/** "Adam at 0.002 falling to 0 along half a cosine, BPTT cut every 20 frames". */
export function describeRecipe(training: ComparisonSpec['training'], validated: boolean): string {
  const { optimiser, learningRate, schedule, warmup, truncation } = training;
  const name = OPTIMISERS.find(({ value }) => value === optimiser.name)?.label;
  const cut = truncation === null ? '' : `, BPTT cut every ${plural(truncation, 'frame')}`;
  return `${name} at ${plainNumber(learningRate)} ${describeSchedule(schedule, warmup, validated)}${cut}`;
}

/** What Compare will do, in one sentence. */
export function describeComparison(
  spec: ComparisonSpec,
  dataset: string,
  counts: { train: number; validation: number; test: number } | null,
): string {
  const sizes = counts
    ? ` (${plural(counts.train, 'clip')} to train on, ${counts.validation} to validate, ${counts.test} to test)`
    : '';
  const size =
    spec.match === 'parameters'
      ? `as many parameters each as the ${CELL_NAMES[spec.cells.includes('lstm') ? 'lstm' : spec.cells[0]]} with ${spec.model.hiddenSize} units has`
      : `${spec.model.hiddenSize} units each`;
  const times =
    spec.seeds.length === 1 ? seedWords(spec.seeds) : `${spec.seeds.length} times, ${seedWords(spec.seeds)}`;
  return (
    `Trains ${cellWords(spec.cells)} with ${size} on ${dataset}, ${describeSplit(spec.split)}${sizes}, ` +
    `from ${describeFeatures(spec.features)}, for ${plural(spec.training.epochs, 'epoch')}, ${times}.`
  );
}

/** Of a comparison, a run, an ablation or one of its levels. */
export type AnyState = ComparisonState | RunState | SweepState;

export const STATE_WORDS: Record<AnyState, string> = {
  running: 'Running',
  preparing: 'Computing features',
  waiting: 'Waiting for its turn',
  training: 'Training',
  paused: 'Paused',
  interrupted: 'Interrupted',
  done: 'Done',
  stopped: 'Stopped early',
  failed: 'Failed',
};

/** Whether a comparison will change without being told to. */
export const isLive = (state: ComparisonState): boolean => state === 'preparing' || state === 'training';
/** Whether it can be taken up again. */
export const canResume = (state: AnyState): boolean =>
  state === 'paused' || state === 'interrupted' || state === 'failed';
export const hasEnded = (state: AnyState): boolean => state === 'done' || state === 'stopped';
