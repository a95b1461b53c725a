import type { Host } from '#main/lab/host.ts';
import {
  addEpoch,
  countResume,
  epochRecords,
  finishRun,
  replaceEpochs,
  setRunState,
  type PredictionRow,
  type RunRow,
} from '#main/lab/runs.ts';
import type { Store } from '#main/lab/store.ts';
import { removeCheckpoints } from '#main/training/checkpoint.ts';
import type { Predictions, TrainerTask } from '#main/training/protocol.ts';
import { trainerClient, TrainerDied, type TrainerClient } from '#main/training/trainer-client.ts';
import { HarkError } from '#shared/domain/errors.ts';
import type { RunView } from '#shared/domain/run.ts';
import type { BackendReport } from '#shared/domain/system.ts';

/** A trainer that dies this often without finishing an epoch in between is given up. */
const MOST_DEATHS = 3;

export interface LaneOptions {
  store: Store;
  host: Host;
  run: RunRow;
  task: TrainerTask;
  /** Passes when there is no pause, and throws when nothing more is to be begun. */
  mayGoOn: () => Promise<void>;
  onBackend: (backend: BackendReport) => void;
  changed: () => void;
}

/** One run under way: its trainer process, started anew from the checkpoint when it dies, and what of it the store keeps. */
export class Lane {
  readonly run: RunRow;
  /** Of the epoch at hand. */
  progress: RunView['progress'] = null;
  /** All epochs are trained; what is left is the test. */
  trained = false;
  readonly #options: LaneOptions;
  #trainer: TrainerClient | null = null;
  #deaths = 0;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.run = options.run;
  }

  get process(): { pid: number | undefined; memoryMB: number } | null {
    return this.#trainer && { pid: this.#trainer.pid, memoryMB: this.#trainer.memoryMB };
  }

  /** Starts the trainer, if it is not yet there. */
  async open(): Promise<void> {
    await this.#attempt(async () => {});
  }

  /** Trains one epoch, unless it is stopped in its midst. @returns seconds it took as the clock saw it; null when stopped */
  async epoch(): Promise<number | null> {
    const { store, run, changed } = this.#options;
    return this.#attempt(async (trainer) => {
      if (this.trained) return null;
      const started = performance.now();
      const answer = await trainer.epoch();
      this.progress = null;
      if (answer === null) return null;
      this.#deaths = 0;
      this.trained = answer.finished;
      addEpoch(store, run.id, answer.record);
      changed();
      return (performance.now() - started) / 1000;
    });
  }

  /** Tests the best weights, keeps what they said, and ends the trainer. */
  async test(state: 'done' | 'stopped'): Promise<void> {
    const { store, run, task, changed } = this.#options;
    const { result, predictions } = await this.#attempt((trainer) => trainer.finish());
    finishRun(store, run.id, state, result, predictionRows(predictions, task.classes.length));
    removeCheckpoints(task.folder);
    this.close();
    changed();
  }

  /** How many epochs the store holds. */
  get epochs(): number {
    return epochRecords(this.#options.store, this.run.id).length;
  }

  pause(): void {
    this.#trainer?.pause();
  }

  resume(): void {
    this.#trainer?.resume();
  }

  stop(): void {
    this.#trainer?.stop();
  }

  /** Ends the trainer's process; what it has written stays. */
  close(): void {
    this.#trainer?.kill();
    this.#trainer = null;
    this.progress = null;
  }

  /**
   * Does a step; where the trainer dies under it, starts another from the checkpoint and does it again.
   * @throws HarkError from the trainer, or `internal` where one trainer after the other dies
   */
  async #attempt<T>(step: (trainer: TrainerClient) => Promise<T>): Promise<T> {
    for (;;) {
      await this.#options.mayGoOn();
      try {
        return await step((this.#trainer ??= await this.#launch()));
      } catch (error) {
        if (!(error instanceof TrainerDied)) throw error;
        this.close();
        // Ended by us, where nothing more is to be begun: `mayGoOn` knows.
        await this.#options.mayGoOn();
        if (++this.#deaths > MOST_DEATHS)
          throw new HarkError('internal', `${error.message} It was started anew ${MOST_DEATHS} times in vain.`, {
            where: `run ${this.run.id}`,
            remedy: 'Close other programs if memory is short, or make the network or the batch smaller, then resume.',
            cause: error,
          });
      }
    }
  }

  async #launch(): Promise<TrainerClient> {
    const { store, host, run, task, onBackend, changed } = this.#options;
    const trainer = trainerClient(host.startProcess('trainer'), ({ epoch, share, clipsPerSecond }) => {
      this.progress = { epoch, share, clipsPerSecond };
      changed();
    });
    // Known before it is ready, so that `close` reaches it.
    this.#trainer = trainer;
    const ready = await trainer.start(task);
    onBackend(ready.backend);
    // The checkpoint is what goes on; where it was lost, the curve goes back with it.
    replaceEpochs(store, run.id, ready.epochs);
    if (ready.epochs.length > 0) countResume(store, run.id);
    setRunState(store, run.id, 'training');
    this.trained = ready.finished;
    changed();
    return trainer;
  }
}

function predictionRows({ clips, truth, predicted, probabilities }: Predictions, classes: number): PredictionRow[] {
  return Array.from(clips, (clip, index) => ({
    clip,
    truth: truth[index],
    predicted: predicted[index],
    probabilities: probabilities.subarray(index * classes, (index + 1) * classes),
  }));
}
