import { describe, expect, test } from 'vitest';
import { diffOf } from '#main/experiments/diff.ts';
import { Pace } from '#main/experiments/pace.ts';
import { Gate, Turns } from '#main/experiments/turns.ts';
import { watchViews } from '#main/experiments/watch.ts';
import type { ComparisonRow } from '#main/lab/comparisons.ts';
import { ComparisonSpec, type ComparisonSpecInput } from '#shared/domain/comparison.ts';

const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('turns', () => {
  test('one at a time, in the order they asked; giving back twice does no harm', async () => {
    const turns = new Turns();
    const seen: string[] = [];
    const first = await turns.take();
    const others = ['b', 'c'].map(async (name) => {
      const release = await turns.take();
      seen.push(`${name} in`);
      await soon();
      seen.push(`${name} out`);
      release();
    });
    await soon();
    expect(seen).toEqual([]);
    first();
    first();
    await Promise.all(others);
    expect(seen).toEqual(['b in', 'b out', 'c in', 'c out']);
  });

  test('a gate that is shut again before those who wait come through', async () => {
    const gate = new Gate();
    await gate.pass();
    gate.close();
    let through = false;
    const passing = gate.pass().then(() => (through = true));
    gate.open();
    gate.close();
    await soon();
    expect([through, gate.shut]).toEqual([false, true]);
    gate.open();
    await passing;
    expect(through).toBe(true);
  });
});

describe('pace', () => {
  test('nothing is said before an epoch was seen', () => {
    expect(new Pace().secondsLeft([{ cell: 'rnn', parameters: 10, epochsLeft: 5 }])).toBeNull();
  });

  test('epochs to go at the median pace, a test at the end; unseen cells by their parameters', () => {
    const pace = new Pace();
    for (const seconds of [2, 2, 90]) pace.saw('rnn', 1000, seconds);
    expect(pace.secondsLeft([{ cell: 'rnn', parameters: 1000, epochsLeft: 3.5 }])).toBeCloseTo(2 * 4.5, 9);
    expect(pace.secondsLeft([{ cell: 'lstm', parameters: 4000, epochsLeft: 1 }])).toBeCloseTo(8 * 2, 9);
  });
});

describe('watching', () => {
  function watched() {
    const listeners = new Set<() => void>();
    let value: number | null = 0;
    const controller = new AbortController();
    const views = watchViews({
      look: () => value,
      isLast: (view) => view >= 10,
      onChange(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      signal: controller.signal,
    });
    const set = (next: number | null) => {
      value = next;
      for (const listener of listeners) listener();
    };
    return { views, set, listeners, controller };
  }

  test('at once, after changes, many of them as one, to the last', async () => {
    const { views, set, listeners } = watched();
    const seen: number[] = [];
    for await (const view of views) {
      seen.push(view);
      if (view === 0) for (const next of [1, 2, 3]) set(next);
      else if (view === 3) setTimeout(() => set(10), 300);
    }
    expect(seen).toEqual([0, 3, 10]);
    expect(listeners.size).toBe(0);
  });

  test('ends when asked to, and when there is nothing any more', async () => {
    const asked = watched();
    const gone = watched();
    setTimeout(() => asked.controller.abort(), 20);
    setTimeout(() => gone.set(null), 20);
    for (const { views, listeners } of [asked, gone]) {
      const seen: number[] = [];
      for await (const view of views) seen.push(view);
      expect(seen).toEqual([0]);
      expect(listeners.size).toBe(0);
    }
  });
});

describe('differences of settings', () => {
  const row = (changes: Partial<ComparisonSpecInput>, more: Partial<ComparisonRow> = {}) =>
    ({
      datasetName: 'words',
      backend: 'native',
      spec: ComparisonSpec.parse({
        ...{ dataset: 1, split: { by: 'official' }, features: { kind: 'mfcc' }, model: {}, training: {} },
        ...changes,
      }),
      ...more,
    }) as ComparisonRow;

  test('only what differs, by its path', () => {
    const adam = row({ name: 'one' });
    const sgd = row({ name: 'two', training: { optimiser: { name: 'sgd', momentum: 0.9 }, epochs: 5 } });
    expect(diffOf([adam, sgd])).toEqual([
      { setting: 'training.epochs', values: ['20', '5'] },
      { setting: 'training.optimiser.name', values: ['adam', 'sgd'] },
      { setting: 'training.optimiser.beta1', values: ['0.9', null] },
      { setting: 'training.optimiser.beta2', values: ['0.999', null] },
      { setting: 'training.optimiser.eps', values: ['1e-8', null] },
      { setting: 'training.optimiser.momentum', values: [null, '0.9'] },
      { setting: 'training.optimiser.nesterov', values: [null, 'false'] },
    ]);
  });

  test('datasets by name, backends, lists as one value', () => {
    expect(diffOf([row({}), row({ seeds: [0, 1] }, { datasetName: 'digits', backend: 'wasm' })])).toEqual([
      { setting: 'dataset', values: ['words', 'digits'] },
      { setting: 'seeds', values: ['0', '0, 1'] },
      { setting: 'backend', values: ['native', 'wasm'] },
    ]);
    expect(diffOf([row({}), row({})])).toEqual([]);
  });
});
