import type { PlainFailure } from '#shared/domain/errors.ts';
import type { FeatureSpec } from '#shared/domain/feature-spec.ts';
import type { ModelSpec } from '#shared/domain/model-spec.ts';
import type { EpochRecord, TestResult } from '#shared/domain/run.ts';
import type { Part } from '#shared/domain/split.ts';
import type { BackendReport, EngineSettings } from '#shared/domain/system.ts';
import type { TrainingSpec } from '#shared/domain/training-spec.ts';

/*
 * What the main process and a trainer say to each other. The trainer does one thing at a time, when it is told: main grants one
 * epoch after the other, so that several trainers take turns and each has the machine to itself.
 */

/** All that a training needs; with the cached features it names, it can be repeated. */
export interface TrainerTask {
  /** Where checkpoints and weights go; absolute. */
  folder: string;
  /** Folder of the feature cache; absolute. */
  featureCache: string;
  features: FeatureSpec;
  model: ModelSpec;
  training: TrainingSpec;
  inputSize: number;
  classes: string[];
  clips: TaskClip[];
  /** Whether gradients and weights are looked at after epochs, and kept in `folder`. */
  probe?: boolean;
  /** What to compute on, as the lab has chosen; Hark's own choice where left out. The environment stands above it. */
  engine?: EngineSettings;
}

export interface TaskClip {
  /** Its id in the store. */
  clip: number;
  part: Part;
  /** Index into `classes`. */
  label: number;
  /** Key of its features in the cache. */
  features: string;
}

export type ToTrainer =
  /** First of all; answered by `ready`. */
  | { kind: 'start'; task: TrainerTask }
  /** Train one epoch; answered by `epoch`, or by `abandoned` when stopped in its midst. */
  | { kind: 'epoch' }
  /** Ask the network as it stands of what it is trained on and what it is not; answered by `judged`. */
  | { kind: 'judge' }
  /** Test the best weights and write them down; answered by `tested`. */
  | { kind: 'finish' }
  /** Hold between two batches, until `resume`; answered by `paused` when it holds. */
  | { kind: 'pause' }
  | { kind: 'resume' }
  /** Give up the epoch at hand. */
  | { kind: 'stop' };

export type FromTrainer =
  /** Begun, or taken up from a checkpoint with the epochs it holds. */
  | { kind: 'ready'; backend: BackendReport; epochs: EpochRecord[]; finished: boolean; memoryMB: number }
  | { kind: 'progress'; epoch: number; share: number; clipsPerSecond: number | null; memoryMB: number }
  | { kind: 'epoch'; record: EpochRecord; finished: boolean; memoryMB: number }
  | { kind: 'abandoned' }
  | { kind: 'paused' }
  | { kind: 'judged'; train: Predictions; test: Predictions; memoryMB: number }
  | { kind: 'tested'; result: TestResult; predictions: Predictions; memoryMB: number }
  /** The step it was told to take failed for a reason that trying again will not mend. */
  | { kind: 'failed'; failure: PlainFailure };

/** One entry a clip. */
export interface Predictions {
  clips: Int32Array;
  truth: Int32Array;
  predicted: Int32Array;
  /** [clips, classes] */
  probabilities: Float32Array;
}

export type Answer = Exclude<FromTrainer['kind'], 'progress' | 'paused'>;
