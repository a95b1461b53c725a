import path from 'node:path';
import { startBackend } from '#main/engine/backend.ts';
import { underEnvironment } from '#main/engine/environment.ts';
import { createModel, readWeights, writeWeights } from '#main/models/model.ts';
import { BEST_WEIGHTS, encodeTrained } from '#main/models/trained.ts';
import type { Model } from '#main/models/types.ts';
import { toPlain } from '#shared/domain/errors.ts';
import type { TestResult } from '#shared/domain/run.ts';
import { EngineSettings } from '#shared/domain/system.ts';
import { confusionMatrix, metricsOf } from '#shared/math/metrics.ts';
import { median, wilsonInterval } from '#shared/math/statistics.ts';
import { readCheckpoint, writeCheckpoint, writeWhole } from './checkpoint.ts';
import { evaluate, timeInference } from './evaluate.ts';
import { createLoop, type Loop } from './loop.ts';
import { peakResidentMB, residentMB } from './memory.ts';
import { createProbe, type Probe } from './probe.ts';
import { appendProbe, beginProbeLog } from './probe-log.ts';
import type { FromTrainer, Predictions, ToTrainer, TrainerTask } from './protocol.ts';
import { loadTask, type TaskData, type TaskPart } from './task-data.ts';

/** Progress is told this often at most, milliseconds. */
const TELL_EVERY = 100;

/** Thrown between two batches to leave an epoch that was stopped. */
class Abandoned extends Error {}

interface Running {
  task: TrainerTask;
  data: TaskData;
  model: Model;
  loop: Loop;
  /** null: nothing is looked at. */
  probe: Probe | null;
}

export interface SessionOptions {
  /** Says something to main. */
  post: (message: FromTrainer) => void;
  /** Gives messages the chance to come in. */
  turn: () => Promise<void>;
  /** Where reader.ts is, or its bundle. */
  reader: URL;
}

/**
 * One training as the trainer process holds it: takes what main says, one step after the other, and answers. Pause, resume and
 * stop are heard between two batches.
 */
export function createSession({ post, turn, reader }: SessionOptions) {
  let running: Running | null = null;
  let paused = false;
  let stopped = false;
  let wake = (): void => {};
  let work = Promise.resolve();

  async function hold(): Promise<void> {
    if (!paused) return;
    post({ kind: 'paused' });
    while (paused) await new Promise<void>((resolve) => (wake = resolve));
  }

  async function between(): Promise<void> {
    await turn();
    await hold();
  }

  async function start(task: TrainerTask): Promise<void> {
    const backend = await startBackend(underEnvironment(EngineSettings.parse(task.engine ?? {})));
    const data = loadTask(task, { reader });
    const { inputSize, classes, training } = task;
    const model = createModel(task.model, { inputSize, classes: classes.length }, training.seed);
    const loop = createLoop({ model, training, train: data.train.packed, validation: data.validation.packed });
    const checkpoint = readCheckpoint(task.folder);
    if (checkpoint) loop.restore(checkpoint);
    const probe = task.probe ? createProbe(model, training, data.train.packed) : null;
    if (probe) {
      const epochs = beginProbeLog(task.folder, probe.head, loop.records.length);
      // The weights a run began with are gone once it has trained.
      if (loop.records.length === 0 && epochs.length === 0)
        appendProbe(task.folder, { epoch: 0, places: probe.look() });
    }
    running = { task, data, model, loop, probe };
    post({
      kind: 'ready',
      backend,
      epochs: [...loop.records],
      finished: loop.finished,
      memoryMB: residentMB(),
    });
  }

  async function epoch({ loop, task, probe }: Running): Promise<void> {
    let told = 0;
    try {
      const record = await loop.epoch(async (progress) => {
        if (performance.now() - told >= TELL_EVERY) {
          told = performance.now();
          post({ kind: 'progress', ...progress, memoryMB: residentMB() });
        }
        await between();
        if (stopped) throw new Abandoned();
      });
      // Before the checkpoint: what is there of an epoch that has to be trained again is dropped.
      if (probe?.isDue(record.epoch)) appendProbe(task.folder, { epoch: record.epoch, places: probe.look() });
      writeCheckpoint(task.folder, loop.state());
      post({ kind: 'epoch', record, finished: loop.finished, memoryMB: residentMB() });
    } catch (error) {
      if (!(error instanceof Abandoned)) throw error;
      post({ kind: 'abandoned' });
    }
  }

  async function judge({ model, data }: Running): Promise<void> {
    const ask = async ({ packed, clips }: TaskPart): Promise<Predictions> => {
      const { predicted, probabilities } = await evaluate(model, packed, between);
      return { clips, truth: packed.labels, predicted, probabilities };
    };
    post({ kind: 'judged', train: await ask(data.train), test: await ask(data.test), memoryMB: residentMB() });
  }

  async function finish({ loop, model, task, data }: Running): Promise<void> {
    const { model: spec, features, training, inputSize, classes } = task;
    const weights = loop.best?.weights ?? readWeights(model);
    writeWeights(model, weights);
    const bestEpoch = loop.best?.epoch ?? 0;
    const { normalisation } = data;
    const description = {
      version: 1,
      features,
      model: spec,
      training,
      inputSize,
      classes,
      normalisation,
      epoch: bestEpoch,
    } as const;
    writeWhole(path.join(task.folder, BEST_WEIGHTS), encodeTrained({ description, weights }));

    const { packed, clips } = data.test;
    const tested = await evaluate(model, packed, between);
    const inference = await timeInference(model, packed, between);
    const metrics = metricsOf(confusionMatrix(packed.labels, tested.predicted, classes.length));
    const seconds = loop.records.map((record) => record.seconds);
    const result: TestResult = {
      testClips: clips.length,
      testLoss: tested.loss,
      testAccuracy: tested.accuracy,
      interval: wilsonInterval(tested.accuracy, clips.length),
      macroF1: metrics.macroF1,
      classes,
      confusion: metrics.confusion,
      precision: metrics.precision,
      recall: metrics.recall,
      f1: metrics.f1,
      bestEpoch,
      epochs: loop.records.length,
      epochSeconds: seconds.length > 0 ? median(seconds) : 0,
      trainSeconds: seconds.reduce((total, value) => total + value, 0),
      inferenceMs: { p50: inference.p50, p95: inference.p95 },
      inferenceClips: inference.clips,
      peakMemoryMB: peakResidentMB(),
    };
    const predictions: Predictions = {
      clips,
      truth: packed.labels,
      predicted: tested.predicted,
      probabilities: tested.probabilities,
    };
    post({ kind: 'tested', result, predictions, memoryMB: residentMB() });
  }

  /** Steps run one after the other, in the order they were asked for. */
  function enqueue(step: () => Promise<void>): void {
    work = work.then(step).catch((thrown: unknown) => {
      post({ kind: 'failed', failure: toPlain(thrown) });
    });
  }

  const withRunning = (step: (running: Running) => Promise<void>) =>
    enqueue(async () => {
      if (!running) throw new Error('The trainer was told to work before it was given a task.');
      await hold();
      await step(running);
    });

  const handlers: { [K in ToTrainer['kind']]: (message: Extract<ToTrainer, { kind: K }>) => void } = {
    start: ({ task }) => enqueue(() => start(task)),
    epoch: () => {
      // Here and not when the epoch begins: a stop that comes right behind must not be lost.
      stopped = false;
      withRunning(epoch);
    },
    judge: () => withRunning(judge),
    finish: () => withRunning(finish),
    pause: () => {
      paused = true;
    },
    resume: () => {
      paused = false;
      wake();
    },
    stop: () => {
      stopped = true;
      paused = false;
      wake();
    },
  };
  return {
    receive(message: ToTrainer): void {
      (handlers[message.kind] as (message: ToTrainer) => void)(message);
    },
  };
}
