import type { Region, RegionDraft, Tier } from '#shared/domain/region.ts';
import type { Selection } from '../state.ts';

/** Regions put and removed as one step. */
export interface RegionChange {
  put: RegionDraft[];
  remove: number[];
}

type Span = Pick<Region, 'start' | 'end'>;

/** Seconds: borders nearer to each other than this are the same. */
const SAME = 1e-6;
const same = (a: number, b: number) => Math.abs(a - b) < SAME;

export const draftOf = ({ id, tier, start, end, fMin, fMax, label, note }: Region): RegionDraft => ({
  ...{ id, tier, start, end, fMin, fMax, label, note },
});

const fresh = (tier: number, { start, end }: Span, rest: Partial<RegionDraft> = {}): RegionDraft => ({
  ...{ id: null, tier, start, end, fMin: null, fMax: null, label: '', note: '' },
  ...rest,
});

/** The regions of a tier from the first on. */
export const inTier = (regions: readonly Region[], tier: number): Region[] =>
  regions.filter((region) => region.tier === tier).sort((a, b) => a.start - b.start || a.end - b.end);

/** The regions as they will be; what is new has a negative id until the lab has given it one. */
export function applied(regions: readonly Region[], { put, remove }: RegionChange, clip: number): Region[] {
  const gone = new Set(remove);
  const changed = new Map(put.filter(({ id }) => id !== null).map((draft) => [draft.id, draft]));
  const kept = regions.flatMap((region) => {
    if (gone.has(region.id)) return [];
    const draft = changed.get(region.id);
    return [draft ? { ...region, ...draft, id: region.id } : region];
  });
  const added = put
    .filter(({ id }) => id === null)
    .map((draft, index): Region => ({
      ...draft,
      id: -1 - index,
      clip,
      setBy: 'user',
      setAt: new Date().toISOString(),
    }));
  return [...kept, ...added].sort((a, b) => a.tier - b.tier || a.start - b.start);
}

/** A new region over the selection; among intervals those beneath give way, so that neither gap nor overlap comes about. */
export function addRegion(
  { id: tier, kind }: Pick<Tier, 'id' | 'kind'>,
  regions: readonly Region[],
  { start, end, fMin, fMax }: Selection,
  duration: number,
): RegionChange {
  if (kind === 'points') return { put: [fresh(tier, { start, end: start })], remove: [] };
  if (kind === 'regions') return { put: [fresh(tier, { start, end }, { fMin, fMax })], remove: [] };
  const before = inTier(regions, tier);
  const change: RegionChange = { put: [fresh(tier, { start, end })], remove: [] };
  if (before.length === 0) {
    if (start > SAME) change.put.unshift(fresh(tier, { start: 0, end: start }));
    if (end < duration - SAME) change.put.push(fresh(tier, { start: end, end: duration }));
    return change;
  }
  for (const region of before) {
    if (region.end <= start + SAME || region.start >= end - SAME) continue;
    const left = region.start < start - SAME;
    const right = region.end > end + SAME;
    if (!left && !right) change.remove.push(region.id);
    if (left) change.put.push({ ...draftOf(region), end: start });
    else if (right) change.put.push({ ...draftOf(region), start: end });
    if (left && right) change.put.push(fresh(tier, { start: end, end: region.end }));
  }
  return change;
}

/** A border at a moment: the interval or region beneath becomes two; null where there is nothing to be split. */
export function splitAt(
  { id: tier, kind }: Pick<Tier, 'id' | 'kind'>,
  regions: readonly Region[],
  at: number,
  duration: number,
): RegionChange | null {
  if (at <= SAME || at >= duration - SAME) return null;
  if (kind === 'points') return { put: [fresh(tier, { start: at, end: at })], remove: [] };
  const before = inTier(regions, tier);
  if (kind === 'intervals' && before.length === 0)
    return { put: [fresh(tier, { start: 0, end: at }), fresh(tier, { start: at, end: duration })], remove: [] };
  const beneath = before.filter(({ start, end }) => start < at - SAME && end > at + SAME);
  if (beneath.length === 0) return null;
  return {
    put: beneath.flatMap((region) => [
      { ...draftOf(region), end: at },
      { ...draftOf(region), id: null, start: at, label: kind === 'intervals' ? '' : region.label },
    ]),
    remove: [],
  };
}

/** Moves an edge of a region; among intervals the neighbour's goes with it, and neither passes over the other's far end. */
export function moveEdge(
  { id: tier, kind }: Pick<Tier, 'id' | 'kind'>,
  regions: readonly Region[],
  region: Region,
  edge: 'start' | 'end',
  to: number,
  { duration, least }: { duration: number; least: number },
): RegionChange {
  if (kind === 'points') {
    const at = Math.max(0, Math.min(duration, to));
    return { put: [{ ...draftOf(region), start: at, end: at }], remove: [] };
  }
  const neighbour =
    kind === 'intervals'
      ? inTier(regions, tier).find((other) =>
          edge === 'end' ? same(other.start, region.end) && other.id !== region.id : same(other.end, region.start),
        )
      : undefined;
  if (kind === 'intervals' && !neighbour) return { put: [], remove: [] };
  const low = edge === 'end' ? region.start + least : neighbour ? neighbour.start + least : 0;
  const high = edge === 'start' ? region.end - least : neighbour ? neighbour.end - least : duration;
  const at = Math.max(low, Math.min(high, to));
  const put: RegionDraft[] = [{ ...draftOf(region), [edge]: at }];
  if (neighbour) put.push({ ...draftOf(neighbour), [edge === 'end' ? 'start' : 'end']: at });
  return { put, remove: [] };
}

/** Moves a whole region (or a copy of it) by seconds and, if it is a box, to other frequencies. Intervals do not move. */
export function moveBody(
  region: Region,
  by: number,
  band: Pick<Region, 'fMin' | 'fMax'> | null,
  duration: number,
  copy = false,
): RegionChange {
  const length = region.end - region.start;
  const start = Math.max(0, Math.min(duration - length, region.start + by));
  const draft = { ...draftOf(region), start, end: start + length, ...band };
  return { put: [copy ? { ...draft, id: null } : draft], remove: [] };
}

/** Takes a region away; an interval leaves its span to its neighbour, the one before it first. */
export function removeRegion(
  { id: tier, kind }: Pick<Tier, 'id' | 'kind'>,
  regions: readonly Region[],
  region: Region,
): RegionChange {
  const remove = [region.id];
  if (kind !== 'intervals') return { put: [], remove };
  const row = inTier(regions, tier);
  const at = row.findIndex(({ id }) => id === region.id);
  const [before, after] = [row[at - 1], row[at + 1]];
  if (before) return { put: [{ ...draftOf(before), end: region.end }], remove };
  if (after) return { put: [{ ...draftOf(after), start: region.start }], remove };
  return { put: [], remove };
}

/** What lies at a moment: an edge within reach before a body; of several bodies the shortest. */
export function regionAt(
  regions: readonly Region[],
  seconds: number,
  reach: number,
): { region: Region; edge: 'start' | 'end' | null } | null {
  let nearest: { region: Region; edge: 'start' | 'end' } | null = null;
  let distance = reach;
  let body: Region | null = null;
  for (const region of regions) {
    for (const edge of ['start', 'end'] as const) {
      const away = Math.abs(region[edge] - seconds);
      if (away < distance) {
        nearest = { region, edge };
        distance = away;
      }
    }
    const holds = region.start <= seconds && seconds < region.end;
    if (holds && (!body || region.end - region.start < body.end - body.start)) body = region;
  }
  if (nearest) return nearest;
  return body && { region: body, edge: null };
}
