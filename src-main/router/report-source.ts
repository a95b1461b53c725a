import { HarkError } from '#shared/domain/errors.ts';
import type { Doctor } from '#shared/domain/system.ts';
import type { ClipSounds } from '#main/audio/sounds/types.ts';
import type { Comparisons } from '#main/experiments/types.ts';
import { getDataset } from '#main/lab/datasets.ts';
import { datasetStatistics } from '#main/lab/statistics.ts';
import type { Store } from '#main/lab/store.ts';
import type { Mistake, PredictionRow, ReportSource } from '#main/reports/source.ts';

/** Lends a report what the rooms keep. @throws HarkError `not-found` */
export function reportSource(
  comparison: number,
  {
    store,
    comparisons,
    sounds,
    doctor,
  }: { store: Store; comparisons: Comparisons; sounds: ClipSounds; doctor: Doctor },
): ReportSource {
  const view = comparisons.view(comparison);
  if (!view.runs.some((run) => run.result))
    throw new HarkError('conflict', 'Nothing has been tested yet, so there is nothing to report.', {
      where: view.name,
      remedy: 'Let at least one network finish its training.',
    });
  return {
    comparison: view,
    dataset: getDataset(store, view.dataset.id),
    statistics: datasetStatistics(store, view.dataset.id),
    doctor,
    matrices: (seed) => comparisons.matrices(comparison, seed),
    mistakes: () => mistakes(store, comparisons, comparison),
    predictionsCsvRows: () => predictionRows(store, comparison, view.classes),
    audio: (clip) => sounds.part(clip),
  };
}

interface StoredPrediction {
  run: number;
  cell: PredictionRow['cell'];
  seed: number;
  clip: number;
  file: string | null;
  speaker: string | null;
  truth: number;
  predicted: number;
  probabilities: Buffer;
}

function* predictionRows(store: Store, comparison: number, classes: readonly string[]): Generator<PredictionRow> {
  const rows = store
    .prepare(
      `select run.id as run, run.cell, run.seed, prediction.clip_id as clip, clip.file, clip.speaker,
        prediction.truth, prediction.predicted, prediction.probabilities
      from run join prediction on prediction.run_id = run.id left join clip on clip.id = prediction.clip_id
      where run.comparison_id = ? order by run.id, prediction.clip_id`,
    )
    .iterate(comparison) as Iterable<StoredPrediction>;
  for (const row of rows)
    yield {
      ...row,
      file: row.file ?? `clip ${row.clip} (no longer in the lab)`,
      truth: classes[row.truth],
      predicted: classes[row.predicted],
      probabilities: floats(row.probabilities),
    };
}

/** Clips at least one run got wrong, in the order of their files. */
function mistakes(store: Store, comparisons: Comparisons, comparison: number): Mistake[] {
  const wrong = store
    .prepare(
      `select distinct clip.id as clip, clip.file, clip.speaker, comparison_clip.label as truth
      from run join prediction on prediction.run_id = run.id join clip on clip.id = prediction.clip_id
        join comparison_clip on comparison_clip.comparison_id = run.comparison_id and comparison_clip.clip_id = clip.id
      where run.comparison_id = ? and prediction.truth <> prediction.predicted order by clip.file, clip.id`,
    )
    .all(comparison) as Omit<Mistake, 'says'>[];
  return wrong.map((clip) => ({ ...clip, says: comparisons.predictions(comparison, clip.clip) }));
}

/** A stored row of little-endian float32. */
function floats(bytes: Buffer): Float32Array {
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
