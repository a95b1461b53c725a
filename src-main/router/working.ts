import { STREAM_MS } from './stream.ts';

/** What is sent of work under way: how far it is, and at the end its result. */
export type Working<Progress, Result> = { kind: 'progress'; progress: Progress } | { kind: 'result'; result: Result };

/**
 * Work as a stream: its newest progress, never more often than `everyMs`, then its result. Whoever leaves the stream, or aborts
 * `signal`, stops the work.
 * @throws what the work throws
 */
export async function* working<Progress, Result>(
  work: (options: { report(progress: Progress): void; signal: AbortSignal }) => Promise<Result>,
  signal?: AbortSignal,
  everyMs = STREAM_MS,
): AsyncGenerator<Working<Progress, Result>> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  let newest: { progress: Progress } | null = null;
  let ended = false;
  let wake = () => {};
  const result = work({
    report(progress) {
      newest = { progress };
      wake();
    },
    signal: stop.signal,
  }).finally(() => {
    ended = true;
    wake();
  });
  // It is awaited below; until then it is nobody's failure.
  result.catch(() => {});
  try {
    let last = -Infinity;
    while (!ended) {
      const rest = last + everyMs - performance.now();
      if (newest !== null && rest <= 0) {
        const told: { progress: Progress } = newest;
        newest = null;
        last = performance.now();
        yield { kind: 'progress', ...told };
        continue;
      }
      await new Promise<void>((resolve) => {
        const timer = newest === null ? undefined : setTimeout(resolve, rest);
        wake = () => {
          // Nothing is sent before its time, but an end is heard of at once.
          if (!ended && timer !== undefined) return;
          clearTimeout(timer);
          resolve();
        };
      });
    }
    yield { kind: 'result', result: await result };
  } finally {
    stop.abort();
    signal?.removeEventListener('abort', abort);
  }
}
