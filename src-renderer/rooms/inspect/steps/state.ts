import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Parameter } from '#shared/math/cells/network.ts';
import { keptEdits, keyOf, type Edits, type Place, type Settings } from './exercise.ts';

/** The network on the bench: how it was made, and what was changed in it by hand. */
interface Bench {
  settings: Settings;
  edits: Edits;
}

export type Pick = Place & { name: Parameter };

interface Steps {
  bench: Bench;
  /** For undo and redo, the newest last. */
  past: readonly Bench[];
  future: readonly Bench[];
  /** Of `momentsOf`. */
  at: number;
  /** The unit whose numbers are put in, from 0. */
  unit: number;
  /** The weight whose gradient is checked. */
  pick: Pick;
  /** e of the numeric gradient is ten to the power of this. */
  power: number;
}

export const POWERS = { min: -8, max: -1 } as const;
const KEPT_STEPS = 100;

/** What stands on the page; the network is kept on this machine, where one is in it is not. */
export const useSteps = create<Steps>()(
  persist(
    (): Steps => ({
      bench: { settings: { cell: 'lstm', inputSize: 2, hiddenSize: 2, steps: 3, seed: 1 }, edits: {} },
      past: [],
      future: [],
      at: 0,
      unit: 0,
      pick: { name: 'weightHh', row: 0, column: 0 },
      power: -5,
    }),
    { name: 'hark.inspect.steps', partialize: ({ bench, power }) => ({ bench, power }) },
  ),
);

const put = (bench: Bench) =>
  useSteps.setState((now) => ({ bench, past: [...now.past, now.bench].slice(-KEPT_STEPS), future: [] }));

export function changeSettings(change: Partial<Settings>): void {
  const { settings, edits } = useSteps.getState().bench;
  const after = { ...settings, ...change };
  put({ settings: after, edits: keptEdits(edits, settings, after) });
}

export function edit(place: Place, value: number): void {
  const { settings, edits } = useSteps.getState().bench;
  put({ settings, edits: { ...edits, [keyOf(place)]: value } });
}

/** All numbers as they were drawn. */
export function resetEdits(): void {
  put({ settings: useSteps.getState().bench.settings, edits: {} });
}

export function undo(): void {
  useSteps.setState((now) => {
    const bench = now.past.at(-1);
    return bench ? { bench, past: now.past.slice(0, -1), future: [...now.future, now.bench] } : now;
  });
}

export function redo(): void {
  useSteps.setState((now) => {
    const bench = now.future.at(-1);
    return bench ? { bench, past: [...now.past, now.bench], future: now.future.slice(0, -1) } : now;
  });
}
