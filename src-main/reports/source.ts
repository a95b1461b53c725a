import type { MatrixView } from '#shared/contract/compare.ts';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import type { DatasetStatistics, DatasetSummary } from '#shared/domain/dataset.ts';
import type { Cell } from '#shared/domain/model-spec.ts';
import type { PredictionView } from '#shared/domain/run.ts';
import type { Doctor } from '#shared/domain/system.ts';

/** A test clip at least one run got wrong, with what every tested run said of it. */
export interface Mistake {
  clip: number;
  file: string;
  speaker: string | null;
  truth: string;
  says: PredictionView[];
}

/** One run's answer to one test clip. */
export interface PredictionRow {
  run: number;
  cell: Cell;
  seed: number;
  clip: number;
  file: string;
  speaker: string | null;
  truth: string;
  predicted: string;
  /** One a class, in the order of the comparison's classes. */
  probabilities: ArrayLike<number>;
}

/** One channel of sound, values from -1 to 1, and its rate in Hz. */
export interface MonoSound {
  samples: Float32Array;
  sampleRate: number;
}

/** All a report is made from; lent by the rooms that keep it, so that this one knows neither the store nor the decoders. */
export interface ReportSource {
  comparison: ComparisonView;
  dataset: DatasetSummary;
  statistics: DatasetStatistics;
  doctor: Doctor;
  /** One matrix a cell that has been tested: of one seed, or summed over the seeds. */
  matrices(seed: number | null): MatrixView[];
  mistakes(): Mistake[];
  /** Every answer of every tested run; may be asked for more than once. */
  predictionsCsvRows(): Iterable<PredictionRow>;
  /** @throws HarkError when the clip's file is missing or cannot be read */
  audio(clip: number): Promise<MonoSound>;
}
