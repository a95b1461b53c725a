import { acceptedClips, type ClipRecord } from '#main/lab/clips.ts';
import { classNames } from '#shared/domain/class-names.ts';
import { HarkError } from '#shared/domain/errors.ts';
import {
  defaultFeatureSpec,
  FeatureSpec,
  frameGeometry,
  type FeatureSpec as Features,
} from '#shared/domain/feature-spec.ts';
import { CELL_NAMES, ModelSpec } from '#shared/domain/model-spec.ts';
import type { SuspectPlan } from '#shared/domain/queue.ts';
import { TrainingSpec } from '#shared/domain/training-spec.ts';
import { mostCommon } from '../plan.ts';
import { alone } from './folds.ts';

export interface SearchOptions {
  dataset: number;
  folds: number;
  seeds: readonly number[];
}

/** A search worked out on its dataset. */
export interface SearchPlan {
  options: SearchOptions;
  /** Those that will be judged, and those that cannot be. */
  clips: ClipRecord[];
  leftOut: { file: string; reason: string }[];
  classes: string[];
  features: Features;
  /** Each judges every clip; what they say is averaged. */
  models: ModelSpec[];
  training: TrainingSpec;
  view: SuspectPlan;
}

/** A large network and a small one of another kind: what one size or kind gets wrong counts half (ranks in docs/benchmarks.md). */
const NETWORKS = [
  { cell: 'lstm', hiddenSize: 128 },
  { cell: 'gru', hiddenSize: 64 },
] as const;
/** Steps of training a network is given: on small sets more epochs, on large ones fewer, within limits. */
const STEPS = 625;
const [FEWEST_EPOCHS, MOST_EPOCHS] = [5, 60];
/** Frames a second one network of this size is trained on and asked of, on two cores of a few years' age, and seconds each takes to start. */
const FRAMES_PER_SECOND = 220_000;
const SECONDS_A_NETWORK = 1.5;

/** @throws HarkError `bad-input` where there is nothing to tell apart */
export function planSearch(dataset: readonly ClipRecord[], options: SearchOptions): SearchPlan {
  const records = acceptedClips(dataset);
  const only = alone(records);
  const leftOut = [...only].map(({ file, label }) => ({ file, reason: `There is no other sound labelled ${label}.` }));
  const clips = records.filter((clip) => !only.has(clip));
  const classes = classNames(clips);
  if (classes.length < 2)
    throw new HarkError('bad-input', 'There are not two classes with at least two recordings each to be told apart.', {
      where: 'dataset',
      remedy: 'Give the clips at least two labels, each to several clips.',
    });
  const features = featuresFor(clips);
  const models = NETWORKS.map((network) => ModelSpec.parse(network));
  const trained = (clips.length * (options.folds - 1)) / options.folds;
  const batchSize = Math.max(8, Math.min(64, 2 ** Math.round(Math.log2(trained / 32))));
  const epochs = Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, Math.round((STEPS * batchSize) / trained)));
  const training = TrainingSpec.parse({ epochs, batchSize, labelSmoothing: 0.05 });

  const hop = frameGeometry(features).hopLength / features.sampleRate!;
  const frames = clips.reduce((sum, { duration }) => sum + duration / hop, 0);
  const networks = options.folds * options.seeds.length * models.length;
  const share = trained / clips.length;
  return {
    ...{ options, clips, leftOut, classes, features, models, training },
    view: {
      ...{ clips: clips.length, classes: classes.length, folds: options.folds, seeds: [...options.seeds] },
      ...{ networks, epochs },
      method: methodWords(models, features, epochs),
      seconds: networks * (SECONDS_A_NETWORK + (frames * share * epochs) / FRAMES_PER_SECOND),
    },
  };
}

/**
 * Log mel bands of the most common rate. The offset hides what is far quieter than speech: hiss and rounding then say nothing, and how
 * loud a sound is does.
 */
function featuresFor(clips: readonly ClipRecord[]): Features {
  const common = defaultFeatureSpec(mostCommon(clips.map(({ sampleRate }) => sampleRate))!);
  return FeatureSpec.parse({ ...common, kind: 'logmel', nMels: 40, logOffset: 1e-2 });
}

function methodWords(models: ModelSpec[], { nMels }: Features, epochs: number): string {
  const networks = models.map(({ cell, hiddenSize }) => `${CELL_NAMES[cell]} of ${hiddenSize} units`).join(' and ');
  return `${networks} on ${nMels} log mel bands, ${epochs} epochs each`;
}
