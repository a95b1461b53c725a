import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { OverlayKind } from '#shared/contract/bulk.ts';
import { OVERLAY_TABLE, type Overlay } from './kinds.ts';

interface Shown {
  shown: Partial<Record<OverlayKind, boolean>>;
}

/** Which overlays are shown; kept on this machine. */
export const useShown = create<Shown>()(persist((): Shown => ({ shown: {} }), { name: 'hark.overlays' }));

export function toggleOverlay(kind: OverlayKind): void {
  useShown.setState(({ shown }) => ({ shown: { ...shown, [kind]: !shown[kind] } }));
}

/** Those that are shown, in the order of the table. */
export function shownOverlays(): readonly Overlay[] {
  const { shown } = useShown.getState();
  return OVERLAY_TABLE.filter(({ kind }) => shown[kind]);
}

export function useShownOverlays(): readonly Overlay[] {
  const shown = useShown((state) => state.shown);
  return OVERLAY_TABLE.filter(({ kind }) => shown[kind]);
}
