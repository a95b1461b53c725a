import type { PlainFailure } from '#shared/domain/errors.ts';
import type { BackendReport, EngineSettings } from '#shared/domain/system.ts';
import type { Learnt, Lesson } from './train.ts';

/*
 * What the main process and the learner say to each other. A lesson says all that its data is made of, so that the learner reads
 * nothing and leaves nothing behind.
 */

export type ToLearner =
  /** First of all; answered by `ready`. */
  | { kind: 'start'; engine: EngineSettings }
  /** Train and test a network; answered by `learnt`, with `step` on the way. */
  | { kind: 'learn'; lesson: Lesson };

export type FromLearner =
  | { kind: 'ready'; backend: BackendReport }
  /** Steps of training done so far. */
  | { kind: 'step'; step: number }
  | { kind: 'learnt'; learnt: Learnt }
  | { kind: 'failed'; failure: PlainFailure };
