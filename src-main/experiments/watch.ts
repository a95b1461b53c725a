/** The shortest time between two views, milliseconds. */
const SHORTEST = 250;

export interface Watched<T> {
  /** null: there is nothing to watch any more. */
  look(): T | null;
  isLast(view: T): boolean;
  onChange(listener: () => void): () => void;
  signal?: AbortSignal | undefined;
}

/** The present view at once, then again after changes (at most 4 times a second), until the last one. */
export async function* watchViews<T>({ look, isLast, onChange, signal }: Watched<T>): AsyncGenerator<T> {
  let changed = false;
  let wake = (): void => {};
  const notice = () => {
    changed = true;
    wake();
  };
  const stopListening = onChange(notice);
  signal?.addEventListener('abort', notice);
  try {
    while (!signal?.aborted) {
      changed = false;
      const view = look();
      if (view === null) return;
      yield view;
      if (isLast(view)) return;
      await pause(SHORTEST, signal);
      while (!changed && !signal?.aborted) await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    stopListening();
    signal?.removeEventListener('abort', notice);
  }
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, milliseconds);
    function end() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    }
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end);
  });
}
