import { rightByClip } from '#main/lab/runs.ts';
import type { Store } from '#main/lab/store.ts';
import type { CellSummary, PairedTest } from '#shared/domain/comparison.ts';
import { CELL_NAMES, type Cell } from '#shared/domain/model-spec.ts';
import type { RunView, TestResult } from '#shared/domain/run.ts';
import {
  accuracyInterval,
  describePairedTest,
  holm,
  mean,
  median,
  signFlipTest,
  standardDeviation,
} from '#shared/math/statistics.ts';

export interface Results {
  summary: CellSummary[];
  tests: PairedTest[];
}

/** What results need of a run. */
type RunOfResults = Pick<RunView, 'id' | 'cell' | 'seed' | 'model' | 'parameters' | 'result'>;
type TestedRun = RunOfResults & { result: TestResult };

/** Which clips the runs of one cell of a comparison got right, in the order of its runs. */
export interface CellRuns {
  cell: Cell;
  runs: TestedRun[];
  /** By their ids; the same for all of its runs. */
  clips: number[];
  /** [runs][clips] */
  right: number[][];
}

/** The runs that have been tested, by cell. */
export function cellRunsOf(store: Store, runs: readonly RunOfResults[]): CellRuns[] {
  const tested = runs.filter((run): run is TestedRun => run.result !== null);
  return [...Map.groupBy(tested, ({ cell }) => cell)].map(([cell, own]) => {
    const read = own.map((run) => rightByClip(store, run.id));
    return { cell, runs: own, clips: read[0].clips, right: read.map(({ right }) => right) };
  });
}

/** The result table and the paired tests of the runs that have been tested. */
export function resultsOf(store: Store, runs: readonly RunOfResults[]): Results {
  const cells = cellRunsOf(store, runs);
  return { summary: cells.map(summarise), tests: pairedTests(cells) };
}

function summarise({ cell, runs, right }: CellRuns): CellSummary {
  const over = (value: (run: TestedRun) => number) => runs.map(value);
  const { accuracy, interval, method } = accuracyInterval(right);
  return {
    cell,
    runs: runs.length,
    hiddenSize: runs[0].model.hiddenSize,
    parameters: runs[0].parameters,
    testClips: runs[0].result.testClips,
    accuracy,
    interval,
    intervalMethod: method,
    seedDeviation: standardDeviation(over(({ result }) => result.testAccuracy)),
    macroF1: mean(over(({ result }) => result.macroF1)),
    epochSeconds: median(over(({ result }) => result.epochSeconds)),
    inferenceMs: {
      p50: median(over(({ result }) => result.inferenceMs.p50)),
      p95: median(over(({ result }) => result.inferenceMs.p95)),
    },
    peakMemoryMB: Math.max(...over(({ result }) => result.peakMemoryMB)),
    bestEpoch: mean(over(({ result }) => result.bestEpoch)),
  };
}

/** Each pair of cells, over the seeds both have. */
function pairedTests(cells: CellRuns[]): PairedTest[] {
  const pairs = cells.flatMap((a, index) => cells.slice(index + 1).map((b) => comparePair(a, b)));
  const known = pairs.filter((pair) => pair !== null);
  const corrected = holm(known.map(({ p }) => p));
  return known.map((pair, index) => {
    const pHolm = corrected[index];
    const { seeds, ...test } = pair;
    const [a, b] = [CELL_NAMES[pair.a], CELL_NAMES[pair.b]];
    return { ...test, pHolm, words: describePairedTest({ ...test, a, b, pHolm, seeds }) };
  });
}

function comparePair(a: CellRuns, b: CellRuns) {
  const pair = pairedDifference(a, b);
  return pair && { a: a.cell, b: b.cell, ...pair };
}

/** How two sets of runs differ, over the seeds and the clips both have. */
export interface PairedDifference {
  /** Two-sided, exact (see `signFlipTest`); 1 where they never differ. */
  p: number;
  /** Clips one alone got right, summed over the seeds. */
  onlyA: number;
  onlyB: number;
  clips: number;
  seeds: number;
}

/** @returns null where they have no seed or no clip in common */
export function pairedDifference(a: CellRuns, b: CellRuns): PairedDifference | null {
  const seeds = a.runs.map(({ seed }) => seed).filter((seed) => b.runs.some((run) => run.seed === seed));
  const placeInB = new Map(b.clips.map((clip, place) => [clip, place]));
  const places = a.clips.flatMap((clip, inA) => (placeInB.has(clip) ? [[inA, placeInB.get(clip)!] as const] : []));
  if (seeds.length === 0 || places.length === 0) return null;
  const rows = ({ runs, right }: CellRuns) => seeds.map((seed) => right[runs.findIndex((run) => run.seed === seed)]);
  const [rightA, rightB] = [rows(a), rows(b)];
  const differences = new Int32Array(places.length);
  let [onlyA, onlyB] = [0, 0];
  seeds.forEach((_, seed) => {
    places.forEach(([inA, inB], clip) => {
      const difference = rightA[seed][inA] - rightB[seed][inB];
      differences[clip] += difference;
      if (difference > 0) onlyA++;
      if (difference < 0) onlyB++;
    });
  });
  return { p: signFlipTest(differences), onlyA, onlyB, clips: places.length, seeds: seeds.length };
}
