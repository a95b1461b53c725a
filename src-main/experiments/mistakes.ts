import type { ComparisonRow } from '#main/lab/comparisons.ts';
import {
  allPredictions,
  listPredictions,
  predictionOf,
  runRows,
  type ListedPrediction,
  type RunRow,
} from '#main/lab/runs.ts';
import type { Store } from '#main/lab/store.ts';
import type { CellClip, MatrixView } from '#shared/contract/compare.ts';
import type { TestedClip } from '#shared/contract/inspect.ts';
import { HarkError } from '#shared/domain/errors.ts';
import type { PredictionView } from '#shared/domain/run.ts';
import { mean } from '#shared/math/statistics.ts';
import type { CellClipQuery } from './types.ts';

/** One confusion matrix a cell: of one seed, or (null) summed over those that have been tested. */
export function matricesOf(store: Store, row: ComparisonRow, seed: number | null): MatrixView[] {
  return row.spec.cells.flatMap((cell) => {
    const runs = testedRuns(store, row, (run) => run.cell === cell && (seed === null || run.seed === seed));
    if (runs.length === 0) return [];
    const counts = row.classes.map((_, truth) =>
      row.classes.map((__, predicted) =>
        runs.reduce((sum, { result }) => sum + result!.confusion[truth][predicted], 0),
      ),
    );
    return [{ cell, seed, classes: row.classes, counts, clips: counts.flat().reduce((sum, n) => sum + n, 0) }];
  });
}

/** The clips behind a cell of a matrix, the surest mistakes first; over seeds one row for each thing that was said of a clip. */
export function cellClipsOf(store: Store, row: ComparisonRow, query: CellClipQuery): CellClip[] {
  const truth = classNumber(row, query.truth);
  const predicted = classNumber(row, query.predicted);
  const runs = testedRuns(
    store,
    row,
    ({ cell, seed }) => cell === query.cell && (query.seed === null || seed === query.seed),
  );
  const said = new Map<string, { first: ListedPrediction; probabilities: number[]; seeds: number[] }>();
  for (const run of runs)
    for (const prediction of listPredictions(store, run.id, truth, predicted)) {
      const key = `${prediction.clip} ${prediction.predicted}`;
      const entry = said.get(key) ?? { first: prediction, probabilities: [], seeds: [] };
      said.set(key, entry);
      entry.probabilities.push(prediction.probabilities[prediction.predicted]);
      entry.seeds.push(run.seed);
    }
  return [...said.values()]
    .map(({ first, probabilities, seeds }) => ({
      clip: first.clip,
      file: first.file,
      speaker: first.speaker,
      duration: first.duration,
      truth: row.classes[first.truth],
      label: first.label,
      missing: first.missing,
      predicted: row.classes[first.predicted],
      probability: mean(probabilities),
      seeds,
    }))
    .sort((a, b) => b.seeds.length - a.seeds.length || b.probability - a.probability || a.clip - b.clip);
}

/** All clips that the runs of one seed were tested on, by file. */
export function testedClipsOf(store: Store, row: ComparisonRow, seed: number): TestedClip[] {
  const clips = new Map<number, TestedClip>();
  for (const { id: run, cell } of testedRuns(store, row, (one) => one.seed === seed))
    for (const { clip, file, speaker, duration, missing, truth, predicted, probabilities } of allPredictions(
      store,
      run,
    )) {
      const tested = clips.get(clip) ?? { clip, file, speaker, duration, missing, truth: row.classes[truth], said: [] };
      clips.set(clip, tested);
      tested.said.push({ run, cell, predicted: row.classes[predicted], probability: probabilities[predicted] });
    }
  return [...clips.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.clip - b.clip));
}

/** What every tested run of the comparison said of one clip, the most probable class first. */
export function predictionsOf(store: Store, row: ComparisonRow, clip: number): PredictionView[] {
  return testedRuns(store, row, () => true).flatMap(({ id, cell, seed }) => {
    const prediction = predictionOf(store, id, clip);
    if (!prediction) return [];
    const probabilities = row.classes
      .map((label, index) => ({ label, probability: prediction.probabilities[index] }))
      .sort((a, b) => b.probability - a.probability);
    return [{ run: id, cell, seed, label: row.classes[prediction.predicted], probabilities }];
  });
}

function testedRuns(store: Store, row: ComparisonRow, wanted: (run: RunRow) => boolean): RunRow[] {
  return runRows(store, row.id).filter((run) => run.result !== null && wanted(run));
}

function classNumber(row: ComparisonRow, label: string | null): number | null {
  if (label === null) return null;
  const index = row.classes.indexOf(label);
  if (index < 0)
    throw new HarkError('bad-input', `"${label}" is no class of this comparison.`, {
      where: label,
      remedy: `Its classes are ${row.classes.join(', ')}.`,
    });
  return index;
}
