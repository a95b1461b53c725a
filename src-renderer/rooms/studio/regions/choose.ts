import type { Region } from '#shared/domain/region.ts';
import { useStudio } from '../state.ts';
import { chooseRegion } from './change.ts';
import { drawnRegions } from './draw.ts';
import { inTier } from './model.ts';

/** Chooses what lies at a moment: a box around the frequency, else what the tier at hand holds, else what any does. */
export function chooseAt(clip: number, seconds: number, hz: number | null): void {
  const { regions } = drawnRegions(clip);
  const here = regions.filter(({ start, end }) => start <= seconds && seconds < end);
  const shortest = (found: Region[]) =>
    found.reduce<Region | null>(
      (best, one) => (!best || one.end - one.start < best.end - best.start ? one : best),
      null,
    );
  const boxes = here.filter(
    ({ fMin, fMax }) => hz !== null && fMin !== null && fMax !== null && hz >= fMin && hz <= fMax,
  );
  const { tier } = useStudio.getState();
  const found = shortest(boxes) ?? shortest(here.filter((region) => region.tier === tier)) ?? shortest(here);
  if (found) chooseRegion(found);
}

/** The region `by` places after the one at hand in its tier; without one the first or last. */
export function neighbour(clip: number, by: 1 | -1): Region | null {
  const { tiers, regions } = drawnRegions(clip);
  const { region, tier } = useStudio.getState();
  const row = inTier(regions, tier ?? tiers[0]?.id ?? -1);
  const at = row.findIndex(({ id }) => id === region);
  return row[at < 0 ? (by > 0 ? 0 : row.length - 1) : at + by] ?? null;
}

/** The nearest border before or after a moment: of the tier at hand, else of all; without one the sound's own end. */
export function borderFrom(clip: number, seconds: number, by: 1 | -1, duration: number): number {
  const { regions } = drawnRegions(clip);
  const { tier } = useStudio.getState();
  const mine = regions.filter((region) => region.tier === tier);
  const borders = (mine.length > 0 ? mine : regions).flatMap(({ start, end }) => [start, end]);
  const beyond = borders.filter((border) => by * (border - seconds) > 1e-4);
  return beyond.reduce((best, border) => (by * (best - border) > 0 ? border : best), by > 0 ? duration : 0);
}
