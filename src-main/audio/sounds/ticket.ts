import { HarkError } from '#shared/domain/errors.ts';

/** What goes with work to a thread, so that it can be stopped there and be seen getting on: [stop, share in millionths]. */
export type Ticket = Int32Array;

const WHOLE = 1_000_000;
/** ms */
const LOOK_EVERY = 100;

export const newTicket = (): Ticket => new Int32Array(new SharedArrayBuffer(8));

/** On the thread: notes how much is done. @throws HarkError cancelled when the work is to stop */
export function report(ticket: Ticket, share: number): void {
  throwIfStopped(ticket);
  Atomics.store(ticket, 1, Math.round(share * WHOLE));
}

export function throwIfStopped(ticket: Ticket): void {
  if (Atomics.load(ticket, 0) === 1) throw new HarkError('cancelled', 'Stopped.');
}

export function stopWork(ticket: Ticket): void {
  Atomics.store(ticket, 0, 1);
}

/** Tells how much is done until the work has ended. */
export async function watched<Result>(
  work: Promise<Result>,
  ticket: Ticket,
  progress: (share: number) => void,
): Promise<Result> {
  const timer = setInterval(() => progress(Atomics.load(ticket, 1) / WHOLE), LOOK_EVERY);
  try {
    const result = await work;
    progress(1);
    return result;
  } finally {
    clearInterval(timer);
  }
}
