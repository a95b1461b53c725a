import { describe, expect, test } from 'vitest';
import { stream } from '#main/router/stream.ts';

/** A value that changes when told to, and who listens to it. */
function source(first: number) {
  const listeners = new Set<() => void>();
  let value: number | undefined = first;
  return {
    listeners,
    set(next: number | undefined) {
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(changed: () => void) {
      listeners.add(changed);
      return () => void listeners.delete(changed);
    },
    read: () => value,
  };
}

describe('stream', () => {
  test('sends the present value at once and the newest after changes', async () => {
    const from = source(1);
    const values = stream({ ...from, everyMs: 1 });
    expect((await values.next()).value).toBe(1);
    const next = values.next();
    from.set(2);
    from.set(3);
    expect((await next).value).toBe(3);
    await values.return(undefined);
  });

  test('many changes in one interval are one value', async () => {
    const from = source(0);
    const values = stream({ ...from, everyMs: 1 });
    await values.next();
    for (let value = 1; value <= 100; value++) from.set(value);
    expect((await values.next()).value).toBe(100);
    const another = values.next();
    from.set(101);
    expect((await another).value).toBe(101);
    await values.return(undefined);
  });

  test('sends nothing while there is nothing to send', async () => {
    const from = source(0);
    from.set(undefined);
    const values = stream({ ...from, everyMs: 1 });
    const next = values.next();
    from.set(undefined);
    from.set(7);
    expect((await next).value).toBe(7);
    await values.return(undefined);
  });

  test('ends when its signal is aborted, and stops listening', async () => {
    const from = source(1);
    const controller = new AbortController();
    const values = stream({ ...from, signal: controller.signal, everyMs: 1 });
    await values.next();
    const next = values.next();
    controller.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(from.listeners.size).toBe(0);
  });

  test('stops listening when its reader leaves', async () => {
    const from = source(1);
    const values = stream({ ...from, everyMs: 1 });
    await values.next();
    expect(from.listeners.size).toBe(1);
    await values.return(undefined);
    expect(from.listeners.size).toBe(0);
  });
});
