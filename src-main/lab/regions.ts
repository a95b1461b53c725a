import { HarkError } from '#shared/domain/errors.ts';
import type { Region, RegionDraft, SetBy, Tier } from '#shared/domain/region.ts';
import { type ChosenClip, clipWords, requiredClips } from './chosen-clips.ts';
import { type Pen, takeStep } from './journal.ts';
import type { Store } from './store.ts';
import { listTiers } from './tiers.ts';

const REGION = `select region.id, clip_id as clip, tier_id as tier, start, "end", f_min as fMin, f_max as fMax, label, note,
  set_by as setBy, set_at as setAt from region`;

/** Regions of a clip, by tier from the top, then by start. */
export function clipRegions(store: Store, clip: number): Region[] {
  return store
    .prepare(
      `${REGION} join tier on tier.id = tier_id where clip_id = ? order by tier.position, tier.id, start, "end", region.id`,
    )
    .all(clip) as Region[];
}

/**
 * Puts and removes regions of a clip; one undoable step. A region keeps its id over undo and redo.
 * @returns all regions of the clip
 * @throws HarkError `not-found`; `bad-input` for a region that is not within the sound, or not what its tier holds
 */
export function changeRegions(
  store: Store,
  clip: number,
  words: string,
  change: { put: readonly RegionDraft[]; remove: readonly number[] },
): Region[] {
  const [chosen] = requiredClips(store, [clip]);
  takeStep(store, `${words}: ${clipWords([chosen])}`, (pen) => writeRegions(pen, chosen, change, 'user'));
  return clipRegions(store, clip);
}

/** The same as a part of a step. @returns ids of the regions put, in their order */
export function writeRegions(
  pen: Pen,
  clip: ChosenClip,
  { put, remove }: { put: readonly RegionDraft[]; remove: readonly number[] },
  setBy: SetBy,
): number[] {
  const tiers = new Map(listTiers(pen.rows, clip.dataset).map((tier) => [tier.id, tier]));
  const touched = new Set<number>();
  const setAt = new Date().toISOString();
  for (const id of remove) {
    touched.add(ownRegion(pen, clip, id).tier);
    pen.remove('region', id);
  }
  const ids = put.map((draft) => {
    const tier = tiers.get(draft.tier);
    if (!tier) throw new HarkError('not-found', 'This tier is not in the lab.', { where: `tier ${draft.tier}` });
    checkRegion(draft, tier, clip);
    const { start, end, fMin, fMax, label, note } = draft;
    const values = { tier_id: tier.id, start, end, f_min: fMin, f_max: fMax, label, note };
    touched.add(tier.id);
    if (draft.id === null) return pen.insert('region', { clip_id: clip.id, ...values, set_by: setBy, set_at: setAt });
    touched.add(ownRegion(pen, clip, draft.id).tier);
    if (pen.update('region', draft.id, values)) pen.update('region', draft.id, { set_by: setBy, set_at: setAt });
    return draft.id;
  });
  for (const tier of touched)
    if (tiers.get(tier)?.kind === 'intervals') checkIntervals(tiersRegions(pen, clip.id, tier), tiers.get(tier)!, clip);
  return ids;
}

function ownRegion(pen: Pen, clip: ChosenClip, id: number): Region {
  const row = pen.rows.prepare(`${REGION} where region.id = ?`).get(id) as Region | undefined;
  if (row?.clip !== clip.id)
    throw new HarkError('not-found', 'This region is no longer in the clip.', { where: `region ${id}` });
  return row;
}

const tiersRegions = (pen: Pen, clip: number, tier: number): Region[] =>
  pen.rows.prepare(`${REGION} where clip_id = ? and tier_id = ? order by start, "end"`).all(clip, tier) as Region[];

const seconds = (value: number): string => `${Number(value.toFixed(6))} s`;

/** @throws HarkError `bad-input` */
function checkRegion({ start, end, fMin, fMax }: RegionDraft, { kind, name }: Tier, clip: ChosenClip): void {
  const refuse = (message: string, where: string) => new HarkError('bad-input', message, { where });
  if (start > end) throw refuse(`A region cannot end (${seconds(end)}) before it starts (${seconds(start)}).`, 'end');
  if (end > clip.duration + 1 / clip.sampleRate)
    throw refuse(`A region ends at ${seconds(end)}, but the sound is ${seconds(clip.duration)} long.`, 'end');
  if (kind === 'points' && start !== end) throw refuse(`The tier "${name}" holds moments, not spans.`, 'end');
  if (kind !== 'points' && start === end) throw refuse(`The tier "${name}" holds spans, not moments.`, 'end');
  if (fMin === null && fMax === null) return;
  if (kind !== 'regions') throw refuse(`The tier "${name}" holds no boxes in frequency.`, 'fMin');
  if (fMin === null || fMax === null || fMin >= fMax)
    throw refuse('A box needs a lower frequency and a higher one.', 'fMin');
}

/** Neighbours share their border, to a sample. @throws HarkError `bad-input` */
function checkIntervals(regions: readonly Region[], { name }: Tier, clip: ChosenClip): void {
  if (regions.length === 0) return;
  const apart = (a: number, b: number) => Math.abs(a - b) * clip.sampleRate > 1;
  const refuse = (what: string, at: number) =>
    new HarkError('bad-input', `The tier "${name}" would have ${what} at ${seconds(at)}.`, {
      where: 'put',
      remedy: 'Its intervals cover the whole clip: move the neighbour’s border too.',
    });
  let at = 0;
  for (const { start, end } of regions) {
    if (apart(start, at)) throw refuse(start > at ? 'a gap' : 'two intervals', Math.min(start, at));
    at = end;
  }
  if (apart(at, clip.duration)) throw refuse('a gap', at);
}
