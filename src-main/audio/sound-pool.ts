import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { fromPlain, HarkError, throwIfCancelled, toPlain, type PlainFailure } from '#shared/domain/errors.ts';
import type { Inspection } from './inspect.ts';
import type { ClipSoundTask } from './sounds/worker.ts';

/** What a worker of the pool can be asked; all but `inspect` are the features room's (see its feature-worker). */
export type SoundTask =
  | { task: 'inspect'; paths: string[] }
  | ClipSoundTask
  | { task: 'features'; batch: unknown }
  | { task: 'picture'; picture: unknown }
  | { task: 'overlay'; overlay: unknown };

/** How a thread answers that it could not: what is thrown there arrives here without its kind. */
export interface Failed {
  failed: PlainFailure;
}

export const failed = (thrown: unknown): Failed => ({ failed: toPlain(thrown) });

const isFailed = (answer: unknown): answer is Failed =>
  typeof answer === 'object' && answer !== null && 'failed' in answer;

export interface PoolOptions {
  /** Path of the worker's entry: feature-worker.ts from source, its bundle in the packaged app. */
  entry: string;
  /** Threads at most; the number of cores by default. */
  workers?: number;
  /** ms without work after which a thread ends; to start one takes some hundred. */
  idleMs?: number;
}

export interface InspectOptions {
  signal?: AbortSignal;
  /** Files in one message. */
  batch?: number;
}

const FILES_PER_MESSAGE = 64;
const IDLE_MS = 10_000;

/** Threads that read sound, so that whoever asks is never held up. One for the whole app, and one for its pictures, which wait for no import. */
export class SoundPool {
  readonly workers: number;
  readonly #entry: string;
  readonly #threads: Piscina;
  #closed = false;

  constructor({ entry, workers = availableParallelism(), idleMs = IDLE_MS }: PoolOptions) {
    this.workers = workers;
    this.#entry = entry;
    this.#threads = new Piscina({ minThreads: 0, maxThreads: workers, idleTimeout: idleMs });
    // A thread that dies with work in hand fails that work; one that dies idle is replaced and nobody need know.
    this.#threads.on('error', () => {});
  }

  /** Runs one task on the next free thread. @throws HarkError cancelled once the pool has been closed */
  async run<Result>(task: SoundTask): Promise<Result> {
    // The threads' own pool would start new ones, which nobody ends.
    if (this.#closed) throw new HarkError('cancelled', 'Stopped.');
    // The entry goes with each task: given to the pool it would be loaded ahead, and a fault there would leave tasks waiting for ever.
    const answer = (await this.#threads.run(task, { filename: this.#entry })) as Result | Failed;
    if (!isFailed(answer)) return answer;
    throw fromPlain(answer.failed);
  }

  /**
   * Looks into files, a batch at a time, and gives what was found in the order of `paths`.
   * @throws HarkError cancelled
   */
  async *inspect(
    paths: readonly string[],
    { signal, batch = FILES_PER_MESSAGE }: InspectOptions = {},
  ): AsyncGenerator<Inspection[]> {
    const batches = function* () {
      for (let at = 0; at < paths.length; at += batch) yield paths.slice(at, at + batch);
    };
    yield* this.map(batches(), (part) => this.run<Inspection[]>({ task: 'inspect', paths: part }), signal);
  }

  /**
   * Keeps every thread busy with `work` on one item after another, two items to a thread in hand, and gives the results in
   * the items' order. When the signal comes, what is in hand is left to end by itself.
   */
  async *map<Item, Result>(
    items: Iterable<Item>,
    work: (item: Item) => Promise<Result>,
    signal?: AbortSignal,
  ): AsyncGenerator<Result> {
    const inHand: Promise<Result>[] = [];
    try {
      for (const item of items) {
        throwIfCancelled(signal);
        inHand.push(work(item));
        if (inHand.length >= 2 * this.workers) yield await inHand.shift()!;
      }
      while (inHand.length > 0) {
        throwIfCancelled(signal);
        yield await inHand.shift()!;
      }
      throwIfCancelled(signal);
    } finally {
      await Promise.allSettled(inHand);
    }
  }

  /** Ends the threads, work in hand included. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#threads.destroy();
  }
}
