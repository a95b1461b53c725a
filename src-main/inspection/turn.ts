import { setImmediate } from 'node:timers/promises';
import { HarkError } from '#shared/domain/errors.ts';

/**
 * What a task that takes its time does between two pieces of its work: it tells how far it is, and lets other questions be answered.
 * @throws HarkError `cancelled` where nobody waits for it any more
 */
export type Pause = (done: number, total: number) => Promise<void>;

/** The same for one question. @param tell is given how far it is */
export function pauseOf(signal: AbortSignal, tell: (done: number, total: number) => void): Pause {
  return async (done, total) => {
    tell(done, total);
    await setImmediate();
    if (signal.aborted) throw new HarkError('cancelled', 'Stopped.');
  };
}
