import { Random } from '#shared/math/random.ts';
import {
  ComparisonSpec,
  type ComparisonState,
  type ComparisonView,
  type PairedTest,
} from '#shared/domain/comparison.ts';
import { defaultFeatureSpec, featureSize } from '#shared/domain/feature-spec.ts';
import { CELL_NAMES, countParameters, hiddenSizeForParameters, type Cell } from '#shared/domain/model-spec.ts';
import type { EpochRecord, RunView, TestResult } from '#shared/domain/run.ts';
import { describeSplit } from '#shared/domain/split.ts';
import type { MadeClip, MadeDataset } from './clips.ts';
import type { FakeState } from './state.ts';

/** How sure each made network is of its clips. */
const SKILL: Record<Cell, number> = { rnn: 0.952, lstm: 0.981, gru: 0.978, dnn: 0.861 };
/** Digits that sound alike are mixed up more often than others. */
const ALIKE: Record<string, string> = { six: 'eight', nine: 'five', two: 'three', zero: 'two', four: 'one' };

/** A made comparison: what was asked, and how far it has come. */
export interface MadeComparison {
  id: number;
  name: string;
  tags: string[];
  pinned: boolean;
  createdAt: string;
  state: ComparisonState;
  error: string | null;
  spec: ComparisonSpec;
  dataset: MadeDataset;
  /** Epochs done, of all runs together in their order. */
  epochsDone: number;
  preparing: { done: number; total: number } | null;
  /** The ablation it is a level of; absent: of none. */
  sweep?: { id: number; name: string; level: string };
  /** Of the clips its networks would have got right, the share that its settings lose them; absent: none. */
  handicap?: number;
}

export const labelsOf = (dataset: MadeDataset) =>
  [...new Set(dataset.clips.map(({ history }) => history[0].label))].sort();

/** Test clips of a comparison, at most 3,000 so that the large dataset stays quick. */
export function testClips({ dataset, spec }: Pick<MadeComparison, 'dataset' | 'spec'>): MadeClip[] {
  const official = dataset.clips.filter((clip) => clip.official === 'test');
  const picked =
    spec.split.by === 'official' && official.length > 0 ? official : dataset.clips.filter((_, i) => i % 5 === 0);
  return picked.slice(0, 3000);
}

/** What one made run says of one clip: probabilities, largest first. */
export function predict(
  cell: Cell,
  seed: number,
  clip: MadeClip,
  classes: string[],
  handicap = 0,
): { label: string; probability: number }[] {
  const random = new Random(seed, cell, clip.id);
  const truth = clip.history[0].label;
  const right = random.uniform() < SKILL[cell] * (1 - handicap);
  const alike = ALIKE[truth];
  const said = right ? truth : alike && random.uniform() < 0.6 ? alike : random.pick(classes);
  const weights = classes.map((label) => ({
    label,
    weight: Math.exp(label === said ? 4 + 3 * random.uniform() : label === truth ? 3 : 2 * random.uniform()),
  }));
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  return weights
    .map(({ label, weight }) => ({ label, probability: weight / total }))
    .sort((a, b) => b.probability - a.probability);
}

export const saidLabel = (cell: Cell, seed: number, clip: MadeClip, classes: string[], handicap?: number) =>
  predict(cell, seed, clip, classes, handicap)[0].label;

function epochRecord(cell: Cell, seed: number, epoch: number): EpochRecord {
  const random = new Random(seed, cell, 'epoch', epoch);
  const pace = { rnn: 0.22, lstm: 0.3, gru: 0.36, dnn: 0.28 }[cell];
  const left = Math.exp(-pace * epoch);
  const top = SKILL[cell];
  return {
    epoch,
    trainLoss: 2.2 * left + 0.02 + 0.01 * random.uniform(),
    trainAccuracy: Math.min(0.999, top + 0.015 - 0.85 * left),
    validationLoss: 2.2 * left + 0.09 + 0.05 * random.uniform() + 0.003 * epoch,
    validationAccuracy: Math.max(0.1, top - 0.8 * left - 0.012 * random.uniform()),
    learningRate: 2e-3,
    gradientNorm: 0.4 + 2 * left + 0.1 * random.uniform(),
    clippedShare: Math.min(1, left * 0.8),
    gradientNorms: { p10: 0.3 + left, p90: 0.7 + 4 * left, max: 1 + 9 * left, after: Math.min(1, 0.4 + 2 * left) },
    seconds: { rnn: 1.1, lstm: 2.9, gru: 2.3, dnn: 0.7 }[cell] * (1 + 0.05 * random.uniform()),
    clipsPerSecond: { rnn: 2100, lstm: 830, gru: 1010, dnn: 3500 }[cell],
  };
}

const results = new WeakMap<MadeComparison, Map<string, TestResult>>();

/** Computed once: a comparison on its way is looked at several times a second. */
function testResult(made: MadeComparison, cell: Cell, seed: number, classes: string[]): TestResult {
  const known = results.get(made) ?? new Map<string, TestResult>();
  results.set(made, known);
  const key = `${cell} ${seed}`;
  if (!known.has(key)) known.set(key, computeResult(made, cell, seed, classes));
  return known.get(key)!;
}

function computeResult(made: MadeComparison, cell: Cell, seed: number, classes: string[]): TestResult {
  const clips = testClips(made);
  const at = new Map(classes.map((label, i) => [label, i]));
  const confusion = classes.map(() => classes.map(() => 0));
  for (const clip of clips)
    confusion[at.get(clip.history[0].label)!][at.get(saidLabel(cell, seed, clip, classes, made.handicap))!]++;
  const hits = classes.map((_, i) => confusion[i][i]);
  const rows = confusion.map(sum);
  const columns = classes.map((_, j) => sum(confusion.map((row) => row[j])));
  const recall = hits.map((hit, i) => hit / (rows[i] || 1));
  const precision = hits.map((hit, i) => hit / (columns[i] || 1));
  const f1 = recall.map((r, i) => (2 * r * precision[i]) / (r + precision[i] || 1));
  const accuracy = sum(hits) / clips.length;
  const epochs = Array.from({ length: made.spec.training.epochs }, (_, i) => epochRecord(cell, seed, i + 1));
  return {
    testClips: clips.length,
    testLoss: 0.08,
    testAccuracy: accuracy,
    interval: wilson(sum(hits), clips.length),
    macroF1: sum(f1) / f1.length,
    classes,
    confusion,
    precision,
    recall,
    f1,
    bestEpoch: Math.max(1, made.spec.training.epochs - 3),
    epochs: made.spec.training.epochs,
    epochSeconds: epochs[0].seconds,
    trainSeconds: sum(epochs.map(({ seconds }) => seconds)),
    inferenceMs: {
      rnn: { p50: 0.61, p95: 0.84 },
      lstm: { p50: 1.42, p95: 1.9 },
      gru: { p50: 1.21, p95: 1.7 },
      dnn: { p50: 0.32, p95: 0.41 },
    }[cell],
    inferenceClips: 200,
    peakMemoryMB: { rnn: 288, lstm: 341, gru: 326, dnn: 251 }[cell],
  };
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

function wilson(hits: number, n: number): [number, number] {
  const z = 1.959964;
  const p = hits / n;
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return [middle - half, middle + half];
}

/** McNemar's exact test: two-sided binomial with p = 1/2. */
function mcnemar(onlyA: number, onlyB: number): number {
  const n = onlyA + onlyB;
  let term = 0.5 ** n;
  let tail = 0;
  for (let k = 0; k <= Math.min(onlyA, onlyB); k++) {
    tail += term;
    term *= (n - k) / (k + 1);
  }
  return Math.min(1, 2 * tail);
}

/** Which clips a run of a made comparison has finished, as the contract shows it. */
export function viewOf(made: MadeComparison): ComparisonView {
  const { spec } = made;
  const classes = labelsOf(made.dataset);
  const inputSize = featureSize(spec.features);
  const order = spec.seeds.flatMap((seed) => spec.cells.map((cell) => ({ seed, cell })));
  const perRun = spec.training.epochs;
  const runs = order.map(({ cell, seed }, index): RunView => {
    const epochs = Math.max(0, Math.min(perRun, made.epochsDone - index * perRun));
    const done = epochs === perRun;
    const current = !done && made.epochsDone >= index * perRun;
    const asked = { ...spec.model, cell };
    const target = countParameters(
      { ...spec.model, cell: spec.cells.includes('lstm') ? 'lstm' : spec.cells[0] },
      inputSize,
      classes.length,
    );
    const hiddenSize =
      spec.match === 'parameters'
        ? hiddenSizeForParameters(asked, inputSize, classes.length, target)
        : spec.model.hiddenSize;
    const model = { ...asked, hiddenSize };
    const waiting = current && made.state !== 'preparing' ? made.state : 'waiting';
    return {
      id: made.id * 100 + index + 1,
      comparison: made.id,
      cell,
      seed,
      state: done ? 'done' : waiting,
      model,
      training: { ...spec.training, seed },
      parameters: countParameters(model, inputSize, classes.length),
      epochs: Array.from({ length: epochs }, (_, i) => epochRecord(cell, seed, i + 1)),
      progress: current && made.state === 'training' ? { epoch: epochs + 1, share: 0.4, clipsPerSecond: 830 } : null,
      resumes: made.state === 'interrupted' && current ? 1 : 0,
      result: done ? testResult(made, cell, seed, classes) : null,
      error: made.state === 'failed' && current ? made.error : null,
    };
  });
  const finished = spec.cells.flatMap((cell) => {
    const results = runs.filter((run) => run.cell === cell && run.result);
    return results.length > 0 ? [{ cell, runs: results, results: results.map((run) => run.result!) }] : [];
  });
  const mean = (values: number[]) => sum(values) / values.length;
  const total = order.length * perRun;
  const test = testClips(made);
  const split = {
    train: Math.round(made.dataset.clips.length * 0.72),
    validation: Math.round(made.dataset.clips.length * 0.08),
    test: test.length,
    leaks: 0,
    leakNote: null,
  };
  return {
    id: made.id,
    name: made.name,
    tags: made.tags,
    pinned: made.pinned,
    createdAt: made.createdAt,
    state: made.state,
    error: made.error,
    spec,
    dataset: { id: made.dataset.summary.id, name: made.dataset.summary.name },
    split,
    splitWords: describeSplit(spec.split),
    classes,
    backend: 'native (avx512, 2 threads)',
    skipped: [],
    preparing: made.preparing,
    secondsLeft: made.state === 'training' ? (total - made.epochsDone) * 2.2 : null,
    secondsSpent: made.epochsDone * 2.2,
    runs,
    summary: finished.map(({ cell, runs: cellRuns, results }) => ({
      cell,
      runs: results.length,
      hiddenSize: cellRuns[0].model.hiddenSize,
      parameters: cellRuns[0].parameters,
      testClips: test.length,
      accuracy: mean(results.map((one) => one.testAccuracy)),
      interval: [mean(results.map((one) => one.interval[0])), mean(results.map((one) => one.interval[1]))],
      intervalMethod: results.length > 1 ? 'bootstrap over seeds and clips' : 'Wilson, over clips',
      seedDeviation: results.length > 1 ? 0.0043 : null,
      macroF1: mean(results.map((one) => one.macroF1)),
      epochSeconds: mean(results.map((one) => one.epochSeconds)),
      inferenceMs: results[0].inferenceMs,
      peakMemoryMB: results[0].peakMemoryMB,
      bestEpoch: mean(results.map((one) => one.bestEpoch)),
    })),
    tests: finished.flatMap((a, i) =>
      finished.slice(i + 1).map((b) => paired(made, a.cell, b.cell, classes, finished.length)),
    ),
    clipsEdited: 0,
    editsChanged: 0,
    labelsChanged: made.dataset.clips.filter(({ relabelled }) => relabelled).length,
  };
}

function paired(made: MadeComparison, a: Cell, b: Cell, classes: string[], cells: number): PairedTest {
  const clips = testClips(made);
  const seed = made.spec.seeds[0];
  let onlyA = 0;
  let onlyB = 0;
  for (const clip of clips) {
    const truth = clip.history[0].label;
    const rightA = saidLabel(a, seed, clip, classes, made.handicap) === truth;
    const rightB = saidLabel(b, seed, clip, classes, made.handicap) === truth;
    if (rightA && !rightB) onlyA++;
    if (rightB && !rightA) onlyB++;
  }
  const p = mcnemar(onlyA, onlyB);
  const better = onlyA > onlyB ? a : b;
  const words =
    p < 0.05
      ? `${CELL_NAMES[better]} is better, and chance hardly explains it: p = ${p.toPrecision(2)}.`
      : `The difference could be chance: p = ${p.toPrecision(2)}.`;
  return { a, b, p, pHolm: Math.min(1, p * ((cells * (cells - 1)) / 2)), onlyA, onlyB, clips: clips.length, words };
}

export function defaultSpec(dataset: MadeDataset): ComparisonSpec {
  return ComparisonSpec.parse({
    dataset: dataset.summary.id,
    split: { by: dataset.summary.official ? 'official' : 'random' },
    features: defaultFeatureSpec(dataset.summary.sampleRates[0]),
    model: {},
    training: { epochs: 15 },
  });
}

/** One done, one running, one cut off, one failed. */
export function madeComparisons(state: FakeState): MadeComparison[] {
  const [first] = state.datasets;
  const spec = defaultSpec(first);
  const base = { dataset: first, tags: [] as string[], pinned: false, error: null, preparing: null };
  return [
    {
      ...base,
      id: 1,
      name: 'RNN, LSTM, GRU at equal units',
      pinned: true,
      tags: ['homework 3'],
      createdAt: '2026-11-19T14:02:00.000Z',
      state: 'done',
      spec: { ...spec, cells: ['rnn', 'lstm', 'gru', 'dnn'], seeds: [0, 1] },
      epochsDone: 15 * 8,
    },
    {
      ...base,
      id: 2,
      name: 'Equal parameters, unseen speaker theo',
      createdAt: '2026-11-20T08:11:00.000Z',
      state: 'training',
      spec: { ...spec, match: 'parameters', split: { ...spec.split, by: 'speaker', speakers: ['theo'] } },
      epochsDone: 19,
    },
    {
      ...base,
      id: 3,
      name: 'Overnight, ten seeds',
      createdAt: '2026-11-18T21:40:00.000Z',
      state: 'interrupted',
      spec: { ...spec, seeds: [0, 1, 2] },
      epochsDone: 52,
    },
    {
      ...base,
      id: 4,
      name: 'Learning rate 1',
      createdAt: '2026-11-17T10:00:00.000Z',
      state: 'failed',
      error: 'The loss is no number any more in epoch 2 of RNN, seed 0.',
      spec: { ...spec, training: { ...spec.training, learningRate: 1 } },
      epochsDone: 2,
    },
  ];
}
