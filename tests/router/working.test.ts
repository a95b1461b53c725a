import { describe, expect, test } from 'vitest';
import { working } from '#main/router/working.ts';
import { HarkError, throwIfCancelled } from '#shared/domain/errors.ts';

const soon = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms));

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const value of values) seen.push(value);
  return seen;
}

describe('work as a stream', () => {
  test('tells the newest progress, then the result', async () => {
    const values = working<number, string>(async ({ report }) => {
      for (let done = 1; done <= 3; done++) {
        report(done);
        report(done + 0.5);
        await soon();
      }
      return 'done';
    }, undefined, 0); // prettier-ignore
    const seen = await all(values);
    expect(seen.at(-1)).toEqual({ kind: 'result', result: 'done' });
    const told = seen.slice(0, -1).map((one) => (one.kind === 'progress' ? one.progress : NaN));
    expect(told).toEqual([1.5, 2.5, 3.5]);
  });

  test('many values in one interval are one, and the result does not wait for the next', async () => {
    const started = performance.now();
    const values = working<number, string>(
      async ({ report }) => {
        for (let done = 0; done < 50; done++) {
          report(done);
          if (done % 10 === 0) await soon(1);
        }
        return 'done';
      },
      undefined,
      60_000,
    );
    const seen = await all(values);
    expect(seen.filter(({ kind }) => kind === 'progress')).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test('who leaves the stream, or aborts its signal, stops the work', async () => {
    const stopped: string[] = [];
    const work =
      (name: string) =>
      async ({ report, signal }: { report(progress: number): void; signal: AbortSignal }) => {
        try {
          for (let done = 0; ; done++) {
            throwIfCancelled(signal);
            report(done);
            await soon(1);
          }
        } finally {
          stopped.push(name);
        }
      };
    const left = working(work('left'), undefined, 0);
    await left.next();
    await left.return(undefined);
    await soon(20);
    expect(stopped).toEqual(['left']);
    const controller = new AbortController();
    const aborted = working(work('aborted'), controller.signal, 0);
    await aborted.next();
    controller.abort();
    await expect(all(aborted)).rejects.toMatchObject({ kind: 'cancelled' });
    expect(stopped).toEqual(['left', 'aborted']);
  });

  test('throws what the work throws', async () => {
    const values = working(() => Promise.reject(new HarkError('conflict', 'No.')));
    await expect(values.next()).rejects.toMatchObject({ kind: 'conflict' });
  });
});
