/** At most 4 values a second go to a window. */
export const STREAM_MS = 250;

export interface StreamOptions<T> {
  /** Calls `changed` whenever `read` may answer something new; answers how to stop. */
  subscribe(changed: () => void): () => void;
  /** What to send now; undefined: nothing. */
  read(): T | undefined;
  signal?: AbortSignal | undefined;
  everyMs?: number;
}

/** Sends the present value at once, then again after changes, never more often than `everyMs`. Ends when `signal` is aborted. */
export async function* stream<T>({
  subscribe,
  read,
  signal,
  everyMs = STREAM_MS,
}: StreamOptions<T>): AsyncGenerator<T> {
  let stale = true;
  let wake = () => {};
  const changed = () => {
    stale = true;
    wake();
  };
  const stop = () => wake();
  const unsubscribe = subscribe(changed);
  signal?.addEventListener('abort', stop);
  try {
    while (!signal?.aborted) {
      if (!stale) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      stale = false;
      const value = read();
      if (value !== undefined) yield value;
      await pause(everyMs, signal);
    }
  } finally {
    unsubscribe();
    signal?.removeEventListener('abort', stop);
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
  });
}
