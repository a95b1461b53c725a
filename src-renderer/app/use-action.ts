import { useEffect, useLayoutEffect, useRef } from 'react';
import { create } from 'zustand';
import type { ActionId, Scope } from './actions.ts';
import { actionsFor } from './bindings.ts';
import { belongsToFocus, chordOf } from './keys.ts';

interface Offer {
  run: () => void;
}

/** Who can do what at the moment; of several the one that came last. */
const useOffers = create<{ offers: Partial<Record<ActionId, Offer[]>> }>(() => ({ offers: {} }));

/** Offers to do an action as long as the component is on screen and `when` holds. */
export function useAction(id: ActionId, run: () => void, when = true): void {
  const newest = useRef(run);
  // Before the next key can come, or it would be answered from what was on screen before.
  useLayoutEffect(() => {
    newest.current = run;
  });
  useEffect(() => {
    if (!when) return;
    const offer: Offer = { run: () => newest.current() };
    useOffers.setState(({ offers }) => ({ offers: { ...offers, [id]: [...(offers[id] ?? []), offer] } }));
    return () =>
      useOffers.setState(({ offers }) => ({
        offers: { ...offers, [id]: offers[id]?.filter((other) => other !== offer) },
      }));
  }, [id, when]);
}

export const isOffered = (id: ActionId): boolean => (useOffers.getState().offers[id]?.length ?? 0) > 0;

/** The actions that can be done now. */
export function useOffered(): ReadonlySet<string> {
  const offers = useOffers((state) => state.offers);
  return new Set(Object.entries(offers).flatMap(([id, list]) => (list.length > 0 ? [id] : [])));
}

/** Does an action, if something on screen can; answers whether it did. */
export function runAction(id: ActionId): boolean {
  const offer = useOffers.getState().offers[id]?.at(-1);
  offer?.run();
  return offer !== undefined;
}

/** Listens for the keys of all actions; once, in the shell. */
export function useKeys(place: Scope): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const chord = chordOf(event);
      if (!chord || event.defaultPrevented || event.isComposing || belongsToFocus(chord, event.target)) return;
      const id = actionsFor(chord, place).find(isOffered);
      if (!id) return;
      event.preventDefault();
      runAction(id);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [place]);
}
