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

type TestedRun = RunView & { result: TestResult };

/** Which clips the runs of one cell got right, in the order of its runs; all on the same clips. */
interface CellRuns {
  cell: Cell;
  runs: TestedRun[];
  right: number[][];
}

/** The result table and the paired tests of the runs that have been tested. */
export function resultsOf(store: Store, runs: RunView[]): Results {
  const tested = runs.filter((run): run is TestedRun => run.result !== null);
  const cells = [...new Set(tested.map(({ cell }) => cell))].map((cell): CellRuns => {
    const own = tested.filter((run) => run.cell === cell);
    return { cell, runs: own, right: own.map((run) => rightByClip(store, run.id).right) };
  });
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
  const seeds = a.runs.map(({ seed }) => seed).filter((seed) => b.runs.some((run) => run.seed === seed));
  if (seeds.length === 0) return null;
  const rows = ({ runs, right }: CellRuns) => seeds.map((seed) => right[runs.findIndex((run) => run.seed === seed)]);
  const [rightA, rightB] = [rows(a), rows(b)];
  const clips = rightA[0].length;
  const differences = new Int32Array(clips);
  let [onlyA, onlyB] = [0, 0];
  seeds.forEach((_, seed) => {
    for (let clip = 0; clip < clips; clip++) {
      const difference = rightA[seed][clip] - rightB[seed][clip];
      differences[clip] += difference;
      if (difference > 0) onlyA++;
      if (difference < 0) onlyB++;
    }
  });
  return { a: a.cell, b: b.cell, p: signFlipTest(differences), onlyA, onlyB, clips, seeds: seeds.length };
}
