import { useEffect, useState } from 'react';
import type { HarkError } from '#shared/domain/errors.ts';
import { ConnectionLost, fromWire } from './errors.ts';

type Open<T> = (options: { signal: AbortSignal }) => Promise<AsyncIterable<T>>;

/**
 * Reads a stream to its end, taking it up again whenever the connection broke.
 * @throws HarkError when the lab itself ends it with an error
 */
export async function follow<T>(open: Open<T>, onValue: (value: T) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const value of await open({ signal })) onValue(value);
      return;
    } catch (thrown) {
      if (signal.aborted) return;
      if (!(thrown instanceof ConnectionLost)) throw fromWire(thrown);
    }
  }
}

export interface Stream<T> {
  /** The newest value; of this key only. */
  value: T | undefined;
  error: HarkError | null;
  ended: boolean;
}

/**
 * The newest value of a stream as long as the component is on screen, e.g.
 * `useStream(['watch', id], (options) => client.compare.watch({ comparison: id }, options))`.
 * @param key opened anew when it changes; null: not opened
 */
export function useStream<T>(key: readonly unknown[] | null, open: Open<T>): Stream<T> {
  const name = key === null ? null : JSON.stringify(key);
  const [state, setState] = useState<Stream<T> & { name: string | null }>({ ...nothing, name });
  useEffect(() => {
    if (name === null) return;
    const stop = new AbortController();
    const update = (change: Partial<Stream<T>>) => {
      if (!stop.signal.aborted) setState((now) => ({ ...(now.name === name ? now : { ...nothing, name }), ...change }));
    };
    follow(open, (value) => update({ value, error: null }), stop.signal).then(
      () => update({ ended: true }),
      (error: unknown) => update({ error: fromWire(error), ended: true }),
    );
    return () => {
      stop.abort();
      // Opened again under the same key, it begins with nothing: what it told before may be out of date.
      setState({ ...nothing, name: null });
    };
    // `open` closes over what the key names.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [name]);
  return state.name === name ? state : nothing;
}

const nothing = { value: undefined, error: null, ended: false } as const;
