import { readEngineSettings } from '#main/lab/settings.ts';
import { throwIfCancelled } from '#shared/domain/errors.ts';
import type { KeptMemoryRun, MemoryPoint, MemoryRun, MemorySettings } from '#shared/domain/memory.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { accuracyInterval, mean } from '#shared/math/statistics.ts';
import type { ExperimentContext } from '../context.ts';
import { startLearner, type Learner } from './learner-client.ts';
import { TASKS } from './tasks/table.ts';
import { BATCH_SIZE, TEST_SEQUENCES, type Learnt, type Lesson } from './train.ts';

export interface ExperimentProgress {
  /** Frames that networks read in training; one that has learnt sooner is done with all of its own. */
  done: number;
  total: number;
  message: string;
}

export interface ExperimentWork {
  signal: AbortSignal;
  report: (progress: ExperimentProgress) => void;
}

/** An experiment of which nothing is known yet. */
export function emptyRun(settings: MemorySettings): MemoryRun {
  return {
    ...{ settings, points: [], classes: TASKS[settings.task].classes.length },
    ...{ testSequences: TEST_SEQUENCES, batchSize: BATCH_SIZE, intervalMethod: '' },
  };
}

/**
 * Trains and tests all networks of an experiment in a process of its own, from the shortest distance up.
 * @param onPoint is given the experiment so far after each point
 * @throws HarkError `cancelled`, what the learner met, or `internal` where its process ended
 */
export async function runExperiment(
  { lab, host, turns }: Pick<ExperimentContext, 'lab' | 'host' | 'turns'>,
  settings: MemorySettings,
  { signal, report, onPoint }: ExperimentWork & { onPoint: (run: MemoryRun) => void },
): Promise<KeptMemoryRun> {
  const { task, cells, distances, seeds, steps } = settings;
  const begun = performance.now();
  const framesAStep = (distance: number) => BATCH_SIZE * TASKS[task].frames(distance);
  const total =
    distances.reduce((sum, distance) => sum + framesAStep(distance), 0) * steps * cells.length * seeds.length;
  let run = emptyRun(settings);
  let before = 0;

  async function learn(learner: Learner, lesson: Lesson): Promise<Learnt> {
    const { cell, distance, seed } = lesson;
    const message = `${CELL_NAMES[cell]}, distance ${distance}${seeds.length > 1 ? `, seed ${seed}` : ''}.`;
    const onStep = (step: number) => report({ done: before + step * framesAStep(distance), total, message });
    onStep(0);
    const release = await turns.take();
    try {
      throwIfCancelled(signal);
      return await learner.learn(lesson, onStep);
    } finally {
      release();
      before += steps * framesAStep(distance);
    }
  }

  const learner = startLearner(host, signal);
  try {
    const { name: backend, threads } = await learner.start(readEngineSettings(lab.store));
    for (const distance of distances)
      for (const cell of cells) {
        const learnt: Learnt[] = [];
        for (const seed of seeds) learnt.push(await learn(learner, { settings, cell, distance, seed }));
        const { method, point } = pointOf(cell, distance, seeds, learnt);
        run = { ...run, points: [...run.points, point], intervalMethod: method };
        onPoint(run);
      }
    report({ done: total, total, message: '' });
    return { ...run, at: new Date().toISOString(), seconds: (performance.now() - begun) / 1000, backend, threads };
  } finally {
    await learner.close();
  }
}

function pointOf(
  cell: MemoryPoint['cell'],
  distance: number,
  seeds: readonly number[],
  learnt: readonly Learnt[],
): { point: MemoryPoint; method: string } {
  const { accuracy, interval, method } = accuracyInterval(learnt.map(({ right }) => right));
  return {
    // What was tested are sequences, not clips.
    method: method.replaceAll('clips', 'test sequences'),
    point: {
      ...{ cell, distance, accuracy, interval },
      seeds: learnt.map(({ right, steps, diverged }, index) => ({
        ...{ seed: seeds[index], accuracy: mean(right), steps, diverged },
      })),
    },
  };
}
