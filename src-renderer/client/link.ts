import type { ClientLink, ClientOptions } from '@orpc/client';
import { useConnection } from './connection.ts';
import { ConnectionLost, fromWire } from './errors.ts';
import type { Wire } from './wires.ts';

const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 5000;

/**
 * The link the client calls through: keeps one wire open, opens the next when it breaks, and lets calls wait meanwhile.
 * A call under way when the wire breaks fails with ConnectionLost (it may or may not have been done).
 */
export class SteadyLink implements ClientLink<Record<never, never>> {
  readonly #open: () => Promise<Wire>;
  readonly #broken = new WeakSet<Wire>();
  #wire: Promise<Wire>;

  constructor(open: () => Promise<Wire>) {
    this.#open = open;
    this.#wire = this.#keepTrying();
  }

  async call(path: readonly string[], input: unknown, options: ClientOptions<Record<never, never>>): Promise<unknown> {
    const wire = await unlessAborted(this.#wire, options.signal);
    const told = (thrown: unknown) => {
      if (options.signal?.aborted) return thrown;
      return this.#broken.has(wire) ? new ConnectionLost() : fromWire(thrown);
    };
    try {
      const answer = await wire.link.call(path, input, options);
      return isAsyncIterator(answer) ? translated(answer, told) : answer;
    } catch (thrown) {
      // The closing of the wire and the failing of its calls are told in the same turn.
      await Promise.resolve();
      throw told(thrown);
    }
  }

  async #keepTrying(): Promise<Wire> {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 1.7, LONGEST_WAIT_MS)) {
      try {
        const wire = await this.#open();
        useConnection.setState((now) => ({ state: 'open', tries: 0, generation: now.generation + 1 }));
        void wire.closed.then(() => {
          this.#broken.add(wire);
          useConnection.setState({ state: 'lost', tries: 0 });
          this.#wire = this.#keepTrying();
        });
        return wire;
      } catch {
        useConnection.setState((now) => ({ tries: now.tries + 1 }));
        await pause(wait);
      }
    }
  }
}

/** Waits, but not past the moment the network or the person comes back. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      for (const name of ['online', 'focus']) window.removeEventListener(name, done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    for (const name of ['online', 'focus']) window.addEventListener(name, done);
  });
}

function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

const isAsyncIterator = (value: unknown): value is AsyncIterableIterator<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** The same stream, its errors in the window's words. */
async function* translated(stream: AsyncIterable<unknown>, told: (thrown: unknown) => unknown) {
  try {
    yield* stream;
  } catch (thrown) {
    await Promise.resolve();
    throw told(thrown);
  }
}
