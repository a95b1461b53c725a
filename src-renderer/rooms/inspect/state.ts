import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { SaliencyMethod } from '#shared/contract/bulk.ts';
import type { Box, GradientSource } from '#shared/contract/inspect.ts';
import type { Cell } from '#shared/domain/model-spec.ts';

/** In which order units stand in heat maps. */
export const UNIT_ORDERS = ['unit', 'peak', 'alike'] as const;
export type UnitOrder = (typeof UNIT_ORDERS)[number];

interface Habits {
  /** The network looked into; null: all of the comparison, one under the other. */
  cell: Cell | null;
  order: UnitOrder;
  /** Signals that are folded away, by `<cell> <signal>`. */
  folded: Record<string, boolean>;
  onlyWrong: boolean;
  /** How it is found out what speaks for a class; null: it is not shown. */
  saliency: SaliencyMethod | null;
  /** From where gradients are followed back through time; null: they are not shown. */
  gradients: GradientSource | null;
}

/** How the person likes to look into networks; kept on this machine. */
export const useHabits = create<Habits>()(
  persist(
    (): Habits => ({ cell: 'lstm', order: 'alike', folded: {}, onlyWrong: false, saliency: null, gradients: null }),
    {
      name: 'hark.inspect',
    },
  ),
);

/** A unit that is followed as a curve. */
export interface FollowedUnit {
  run: number;
  /** Of `SIGNALS`. */
  signal: string;
  unit: number;
}

interface Inspect {
  /** The layer in sight, from 0, and its direction. */
  layer: number;
  reverse: boolean;
  /** Units that are followed as curves, in the order they were chosen. */
  followed: readonly FollowedUnit[];
  /** The class that saliency is asked of; null: the one each network answers. */
  target: string | null;
  /** Share of the cells, time x frequency, that is heard: those that speak most for the class; null: the clip as it is. */
  heard: number | null;
  /** Which network over which clip was looked into last. */
  last: { run: number; cell: Cell; clip: number; file: string } | null;
  /** Whether a clip of the same label that came out otherwise is shown beside. */
  beside: boolean;
  /** What is covered of the clip in sight. */
  box: Box | null;
  /** The unit of which it is shown what it likes. */
  likes: FollowedUnit | null;
  /** Where the playhead is to stand once this clip is in sight. */
  at: { clip: number; seconds: number } | null;
}

/** What is looked at now. */
export const useInspect = create<Inspect>(() => ({
  layer: 0,
  reverse: false,
  followed: [],
  target: null,
  heard: null,
  last: null,
  beside: false,
  box: null,
  likes: null,
  at: null,
}));

/** Curves that can be told from each other. */
const MOST_FOLLOWED = 6;

const same = (a: FollowedUnit, b: FollowedUnit): boolean =>
  a.run === b.run && a.signal === b.signal && a.unit === b.unit;

/** Follows a unit, where it is not yet followed. */
export function follow({ run, signal, unit: number }: FollowedUnit): void {
  const unit = { run, signal, unit: number };
  if (!useInspect.getState().followed.some((one) => same(one, unit))) toggleFollowed(unit);
}

export function toggleFollowed(unit: FollowedUnit): void {
  const is = (one: FollowedUnit) => same(one, unit);
  useInspect.setState(({ followed }) => ({
    followed: followed.some(is) ? followed.filter((one) => !is(one)) : [...followed, unit].slice(-MOST_FOLLOWED),
  }));
}
