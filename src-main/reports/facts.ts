import type { MatrixView } from '#shared/contract/compare.ts';
import type { CellSummary, PairedTest } from '#shared/domain/comparison.ts';
import { CELL_NAMES, type Cell } from '#shared/domain/model-spec.ts';
import type { RunView, TestResult } from '#shared/domain/run.ts';
import {
  confidences,
  errorKinds,
  speakerErrors,
  type Confidence,
  type ErrorKinds,
  type SpeakerErrors,
} from './errors.ts';
import type { ReportSource } from './source.ts';
import { count, list, name, plural, shorten } from './words.ts';

/** Convergence is told as the first epoch that reaches this share of a run's own best accuracy. */
export const CONVERGED_AT = 0.95;
/** Below this p (after Holm's correction) a difference counts as shown. */
export const SIGNIFICANCE = 0.05;

export type TestedRun = RunView & { result: TestResult };

/** How fast one run came near its own best. */
export interface Convergence {
  seed: number;
  best: number;
  epochs: number;
  /** Seconds of training up to and with that epoch. */
  seconds: number;
}

export interface ConfusedPair {
  truth: string;
  predicted: string;
  times: number;
  /** Answers given to clips of that truth. */
  of: number;
}

export interface CellFacts {
  cell: Cell;
  name: string;
  summary: CellSummary;
  runs: TestedRun[];
  matrix: MatrixView | null;
  convergence: Convergence[];
  confusions: ConfusedPair[];
  /** F1 of each class, mean over seeds. */
  classF1: number[];
  confidence: Confidence;
}

/** Everything the report's sentences rest on, worked out once. */
export interface Facts {
  source: ReportSource;
  /** Cells with at least one tested run, in the comparison's order. */
  cells: CellFacts[];
  runs: TestedRun[];
  /** Accuracy the curves and the convergence are read from. */
  curveMetric: 'validation' | 'training';
  testClips: number;
  seeds: number[];
  /** The rule of the split, short enough for a caption. */
  splitWords: string;
  /** "n = 300 test clips, official split, seeds 0, 1 and 2": what a number rests on. */
  basis: string;
  /** The class with most test clips, and what answering it always would score. */
  majority: { label: string; share: number } | null;
  errors: ErrorKinds;
  speakers: SpeakerErrors[];
}

export function gatherFacts(source: ReportSource): Facts {
  const { comparison } = source;
  const runs = comparison.runs.filter((run): run is TestedRun => run.result !== null);
  const matrices = source.matrices(null);
  const curveMetric = runs.every((run) => run.epochs.every((epoch) => epoch.validationAccuracy !== null))
    ? 'validation'
    : 'training';
  const confidence = confidences(source.predictionsCsvRows());
  const cells = comparison.spec.cells.flatMap((cell): CellFacts[] => {
    const summary = comparison.summary.find((entry) => entry.cell === cell);
    const own = runs.filter((run) => run.cell === cell);
    if (!summary || own.length === 0) return [];
    const matrix = matrices.find((entry) => entry.cell === cell) ?? null;
    return [
      {
        cell,
        name: CELL_NAMES[cell],
        summary,
        runs: own,
        matrix,
        convergence: own.flatMap((run) => converged(run, curveMetric)),
        confusions: matrix ? confusedPairs(matrix) : [],
        classF1: comparison.classes.map((_, index) => mean(own.map((run) => run.result.f1[index] ?? 0))),
        confidence: confidence.get(cell) ?? { right: null, wrong: null },
      },
    ];
  });
  const seeds = [...new Set(runs.map((run) => run.seed))].sort((a, b) => a - b);
  const splitWords = shorten(name(comparison.splitWords), 80);
  const testClips = cells[0]?.summary.testClips ?? comparison.split.test;
  return {
    source,
    cells,
    runs,
    curveMetric,
    testClips,
    seeds,
    splitWords,
    basis: `n = ${plural(testClips, 'test clip')}, ${splitWords}, ${seedWords(seeds)}`,
    majority: cells[0]?.matrix ? majorityClass(cells[0].matrix) : null,
    errors: errorKinds(
      source.mistakes(),
      cells.map((entry) => entry.cell),
    ),
    speakers: speakerErrors(source.predictionsCsvRows()),
  };
}

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;

/** "seed 0", "seeds 0, 1 and 2" */
export const seedWords = (seeds: readonly number[]): string =>
  seeds.length === 0 ? 'no seed tested' : `${seeds.length === 1 ? 'seed' : 'seeds'} ${list(seeds.map(String))}`;

function converged(run: TestedRun, metric: Facts['curveMetric']): Convergence[] {
  const accuracies = run.epochs.map((epoch) =>
    metric === 'validation' ? (epoch.validationAccuracy ?? 0) : epoch.trainAccuracy,
  );
  const best = Math.max(...accuracies);
  const index = accuracies.findIndex((accuracy) => accuracy >= CONVERGED_AT * best);
  if (index < 0 || best <= 0) return [];
  const seconds = run.epochs.slice(0, index + 1).reduce((sum, epoch) => sum + epoch.seconds, 0);
  return [{ seed: run.seed, best, epochs: run.epochs[index].epoch, seconds }];
}

/** Cells off the diagonal, the most frequent first; ties in the order of the classes. */
export function confusedPairs({ classes, counts }: MatrixView): ConfusedPair[] {
  return counts
    .flatMap((row, truth) => {
      const of = row.reduce((sum, times) => sum + times, 0);
      return row.map((times, predicted) => ({ truth: classes[truth], predicted: classes[predicted], times, of }));
    })
    .filter((pair) => pair.times > 0 && pair.truth !== pair.predicted)
    .sort((a, b) => b.times - a.times);
}

function majorityClass({ classes, counts }: MatrixView): Facts['majority'] {
  const totals = counts.map((row) => row.reduce((sum, times) => sum + times, 0));
  const all = totals.reduce((sum, times) => sum + times, 0);
  if (all === 0) return null;
  const index = totals.indexOf(Math.max(...totals));
  return { label: classes[index], share: totals[index] / all };
}

/** A paired test read in its direction: which cell did better, and whether that is shown. */
export interface Reading {
  test: PairedTest;
  better: Cell;
  worse: Cell;
  shown: boolean;
}

export function readTests(tests: readonly PairedTest[], cells: readonly Cell[]): Reading[] {
  return tests
    .filter((test) => cells.includes(test.a) && cells.includes(test.b))
    .map((test) => {
      const aBetter = test.onlyA >= test.onlyB;
      return {
        test,
        better: aBetter ? test.a : test.b,
        worse: aBetter ? test.b : test.a,
        shown: test.pHolm < SIGNIFICANCE && test.onlyA !== test.onlyB,
      };
    });
}

/** "11,005 of 11,005" */
export const outOf = (part: number, whole: number): string => `${count(part)} of ${count(whole)}`;
