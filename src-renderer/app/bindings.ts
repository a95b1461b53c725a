import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { ACTIONS, actionOf, type ActionId, type Scope } from './actions.ts';

interface Bindings {
  /** Only what differs from the table. */
  changed: Partial<Record<ActionId, string[]>>;
  /** The chords an action is bound to now. */
  of(id: ActionId): readonly string[];
  bind(id: ActionId, chords: string[]): void;
  reset(id?: ActionId): void;
}

/** The keys in force: the table's own, and what the person has set instead. Kept on this machine. */
export const useBindings = create<Bindings>()(
  persist(
    (set, get) => ({
      changed: {},
      of: (id) => get().changed[id] ?? actionOf(id).keys,
      bind: (id, chords) => set(({ changed }) => ({ changed: { ...changed, [id]: chords } })),
      reset: (id) =>
        set(({ changed }) => ({
          changed: id ? Object.fromEntries(Object.entries(changed).filter(([other]) => other !== id)) : {},
        })),
    }),
    { name: 'hark.keys', partialize: ({ changed }) => ({ changed }) },
  ),
);

/** The actions a chord means in a place, its own before the general ones. */
export function actionsFor(chord: string, place: Scope): ActionId[] {
  const { of } = useBindings.getState();
  const meant = ACTIONS.filter(
    ({ id, scope }) => ((scope as Scope) === 'everywhere' || scope === place) && of(id).includes(chord),
  );
  return meant.sort((a, b) => Number(a.scope === 'everywhere') - Number(b.scope === 'everywhere')).map(({ id }) => id);
}
