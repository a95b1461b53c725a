import { makeSplit, type Split } from '#main/datasets/split/split.ts';
import { acceptedClips, datasetClips, type ClipRecord } from '#main/lab/clips.ts';
import { getDataset } from '#main/lab/datasets.ts';
import type { NewComparison } from '#main/lab/comparisons.ts';
import type { NewRun } from '#main/lab/runs.ts';
import type { Store } from '#main/lab/store.ts';
import { classNames } from '#shared/domain/class-names.ts';
import { ComparisonSpec } from '#shared/domain/comparison.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { defaultFeatureSpec, featureSize, frameGeometry } from '#shared/domain/feature-spec.ts';
import type { ModelSpec } from '#shared/domain/model-spec.ts';
import { CELL_NAMES, countParameters, hiddenSizeForParameters, type Cell } from '#shared/domain/model-spec.ts';
import { foldsOf, SplitSpec, type SplitSpecInput } from '#shared/domain/split.ts';
import type { ComparisonPreview } from './types.ts';

/** What is trained on, whatever the other settings. */
export interface PlannedClips {
  clips: ClipRecord[];
  /** Clips that stay out, for they are rejected. */
  rejected: number;
  split: Split;
  classes: string[];
}

/** A spec worked out on its dataset: what will be trained on what. */
export interface Plan extends PlannedClips {
  spec: ComparisonSpec;
  inputSize: number;
  models: { cell: Cell; model: ModelSpec; parameters: number }[];
}

/** Below this a test part says little. */
const FEW_TEST_CLIPS = 50;

/** What settings come to on clips that have been split. @param asked of the same dataset and split */
export function withSettings({ clips, rejected, split, classes }: PlannedClips, asked: ComparisonSpec): Plan {
  const spec = { ...asked, cells: [...new Set(asked.cells)], seeds: [...new Set(asked.seeds)], split: split.spec };
  const inputSize = featureSize(spec.features);
  const models = sizeModels(spec, inputSize, classes.length);
  return { ...{ spec, clips, rejected, split, classes, inputSize }, models };
}

/** @throws HarkError `not-found` for the dataset, `bad-input` where the spec cannot be run on it */
export function makePlan(store: Store, asked: ComparisonSpec): Plan {
  const all = datasetClips(store, asked.dataset);
  const clips = acceptedClips(all);
  const split = makeSplit(clips, asked.split);
  const classes = classNames(clips);
  if (classes.length < 2)
    throw new HarkError('bad-input', 'All clips have the same label: there is nothing to tell apart.', {
      where: 'dataset',
      remedy: 'Give the clips at least two labels.',
    });
  const rejected = all.length - clips.length;
  return withSettings({ clips, rejected, split, classes }, asked);
}

/**
 * The model of each cell: with equal units, or sized to the parameters the LSTM (else the first cell) has.
 * @param inputSize features per frame
 */
export function sizeModels(spec: ComparisonSpec, inputSize: number, classes: number): Plan['models'] {
  const model = (cell: Cell, hiddenSize: number): ModelSpec => ({ ...spec.model, cell, hiddenSize });
  const reference = spec.cells.includes('lstm') ? 'lstm' : spec.cells[0];
  const target = countParameters(model(reference, spec.model.hiddenSize), inputSize, classes);
  return spec.cells.map((cell) => {
    const asked = model(cell, spec.model.hiddenSize);
    const fits = spec.match === 'parameters' && cell !== reference;
    const sized = fits ? model(cell, hiddenSizeForParameters(asked, inputSize, classes, target)) : asked;
    return { cell, model: sized, parameters: countParameters(sized, inputSize, classes) };
  });
}

/** What a plan comes to, for people. */
export function previewOf({ spec, clips, rejected, split, classes, inputSize, models }: Plan): ComparisonPreview {
  const missing = clips.filter((clip) => clip.missing).length;
  const rates = new Set(clips.map((clip) => clip.sampleRate));
  const warnings = [
    ...split.notes,
    ...(split.counts.test < FEW_TEST_CLIPS
      ? [`Only ${split.counts.test} test clips: differences of a few per cent will not show.`]
      : []),
    ...(rejected > 0 ? [`${rejected} rejected ${rejected === 1 ? 'clip is' : 'clips are'} left out.`] : []),
    ...(missing > 0 ? [`${missing} clips are missing and will be left out.`] : []),
    ...(spec.features.sampleRate === null && rates.size > 1
      ? [`The clips have ${rates.size} sampling rates; without one rate for all their features differ in meaning.`]
      : []),
  ];
  return {
    cells: models.map(({ cell, model, parameters }) => ({ cell, hiddenSize: model.hiddenSize, parameters })),
    split: split.counts,
    classes,
    inputSize,
    warnings,
  };
}

/** What the store keeps of a plan. */
export function newComparison(store: Store, plan: Plan): NewComparison {
  const { spec, clips, split, classes, inputSize, models } = plan;
  const cells = models.map(({ cell }) => CELL_NAMES[cell]).join(', ');
  const runs = spec.seeds.flatMap((seed) =>
    models.map(({ cell, model, parameters }): NewRun => {
      const training = { ...spec.training, seed };
      return { cell, seed, model, training, parameters };
    }),
  );
  return {
    name: spec.name ?? `${cells} on ${getDataset(store, spec.dataset).name}`,
    spec,
    split: split.counts,
    classes,
    inputSize,
    clips: clips.map(({ id, label, edits }) => ({ clip: id, part: split.parts.get(id)!, label, edits })),
    runs,
  };
}

/** Frames a second that one core of a few years' age trains on, all three cells taken together. */
const FRAMES_PER_SECOND = 100_000;
/** What one click should take at most where the dataset allows it, seconds. */
const BUDGET_SECONDS = 60;
const [FEWEST_EPOCHS, MOST_EPOCHS] = [10, 40];

/** What one click on Compare does for this dataset. @throws HarkError `not-found`, `bad-input` for a dataset that cannot be split */
export function defaultSpec(store: Store, dataset: number): ComparisonSpec {
  const clips = acceptedClips(datasetClips(store, dataset));
  const features = defaultFeatureSpec(mostCommon(clips.map((clip) => clip.sampleRate)) ?? 16_000);
  const hop = frameGeometry(features).hopLength / features.sampleRate!;
  const frames = clips.reduce((total, { duration }) => total + duration / hop, 0);
  const epochs = Math.round((BUDGET_SECONDS * FRAMES_PER_SECOND) / frames);
  const training = { epochs: Math.min(MOST_EPOCHS, Math.max(FEWEST_EPOCHS, epochs)) };
  return ComparisonSpec.parse({ dataset, split: defaultSplit(clips), features, model: {}, training });
}

/**
 * The official lists where there are any; else the first of the dataset's own folds, where all of them are here; else at random
 * with speakers kept whole, where there are several.
 */
function defaultSplit(clips: ClipRecord[]): SplitSpec {
  const folds = wholeFolds(clips);
  const candidates: SplitSpecInput[] = [
    { by: 'official' },
    ...(folds > 1 ? [{ by: 'fold' as const, folds }] : []),
    { by: 'random' },
  ];
  for (const candidate of candidates) {
    try {
      return makeSplit(clips, SplitSpec.parse(candidate)).spec;
    } catch (error) {
      if (!(error instanceof HarkError)) throw error;
    }
  }
  return SplitSpec.parse({ by: 'random', allowLeaks: true });
}

/** How many folds the dataset brings, if each has about its share of the clips: at least half of it. Else 0. */
function wholeFolds(clips: ClipRecord[]): number {
  const sizes = new Map<string, number>();
  for (const { fold } of clips) if (fold !== null) sizes.set(fold, (sizes.get(fold) ?? 0) + 1);
  const folds = foldsOf(sizes.keys());
  return folds.every((name) => (sizes.get(name) ?? 0) >= clips.length / folds.length / 2) ? folds.length : 0;
}

export function mostCommon(values: number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a - b)[0]?.[0];
}
