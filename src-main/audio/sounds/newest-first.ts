import { HarkError } from '#shared/domain/errors.ts';
import type { SoundPool, SoundTask } from '../sound-pool.ts';

interface Waiting {
  task: SoundTask;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** Gives a pool's threads what was asked for last: a window that has scrolled on no longer needs what it asked before. */
export class NewestFirst {
  readonly #pool: SoundPool;
  #inHand = 0;
  /** The newest last. */
  readonly #waiting: Waiting[] = [];

  constructor(pool: SoundPool) {
    this.#pool = pool;
  }

  /** @throws HarkError cancelled when the signal comes before the task was begun; one in hand is ended */
  run<Result>(task: SoundTask, signal?: AbortSignal): Promise<Result> {
    return new Promise((resolve, reject) => {
      const stopped = () => reject(new HarkError('cancelled', 'Stopped.'));
      if (signal?.aborted) return stopped();
      const waiting: Waiting = { task, resolve: resolve as Waiting['resolve'], reject };
      this.#waiting.push(waiting);
      signal?.addEventListener('abort', () => {
        const at = this.#waiting.indexOf(waiting);
        if (at >= 0) this.#waiting.splice(at, 1);
        stopped();
      });
      this.#next();
    });
  }

  #next(): void {
    while (this.#inHand < this.#pool.workers) {
      const waiting = this.#waiting.pop();
      if (!waiting) return;
      this.#inHand++;
      this.#pool
        .run(waiting.task)
        .then(waiting.resolve, waiting.reject)
        .finally(() => {
          this.#inHand--;
          this.#next();
        });
    }
  }
}
