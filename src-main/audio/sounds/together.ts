import { HarkError } from '#shared/domain/errors.ts';
import { newTicket, stopWork, watched, type Ticket } from './ticket.ts';

interface Work<Result> {
  result: Promise<Result>;
  ticket: Ticket;
  waiting: number;
}

/**
 * Work that several may ask for at once is done once. It is stopped when all who asked for it have gone; who brings no signal
 * never goes.
 */
export class Together<Result> {
  readonly #work = new Map<string, Work<Result>>();

  keys(): Iterable<string> {
    return this.#work.keys();
  }

  /** @throws HarkError cancelled */
  async do(
    key: string,
    begin: (ticket: Ticket) => Promise<Result>,
    { signal, progress }: { signal?: AbortSignal | undefined; progress?: ((share: number) => void) | undefined } = {},
  ): Promise<Result> {
    if (signal?.aborted) throw new HarkError('cancelled', 'Stopped.');
    const work = this.#work.get(key) ?? this.#begin(key, begin);
    work.waiting++;
    const result = progress ? watched(work.result, work.ticket, progress) : work.result;
    if (!signal) return result;
    return new Promise((resolve, reject) => {
      const stopped = () => {
        if (--work.waiting === 0) {
          stopWork(work.ticket);
          // Who asks from here on begins anew.
          if (this.#work.get(key) === work) this.#work.delete(key);
        }
        reject(new HarkError('cancelled', 'Stopped.'));
      };
      signal.addEventListener('abort', stopped);
      result.then(resolve, reject).finally(() => signal.removeEventListener('abort', stopped));
    });
  }

  #begin(key: string, begin: (ticket: Ticket) => Promise<Result>): Work<Result> {
    const ticket = newTicket();
    const work: Work<Result> = { result: begin(ticket), ticket, waiting: 0 };
    this.#work.set(key, work);
    const ended = () => {
      if (this.#work.get(key) === work) this.#work.delete(key);
    };
    work.result.then(ended, ended);
    return work;
  }
}
