import type { NewRegion, NewTier } from '#main/lab/importing-regions.ts';
import type { Problem, ReadRegion, ReadTier } from './format.ts';

/** Times may be this far past the end of a sound, or into a neighbour, without a word: formats round. Seconds. */
const SLACK = 0.001;
/** As the lab's own regions. */
const [LONGEST_LABEL, LONGEST_NOTE, MOST_REGIONS] = [500, 2000, 100_000];

/** Moments and spans stand in tiers of their own: what was read as both is divided. */
export function tiersOf(read: ReadTier): ReadTier[] {
  if (read.kind !== 'regions') return [read];
  const [moments, spans] = [true, false].map((moment) =>
    read.regions.filter(({ start, end }) => (start === end) === moment),
  );
  if (moments.length === 0) return [read];
  return [...(spans.length > 0 ? [{ ...read, regions: spans }] : []), { ...read, kind: 'points', regions: moments }];
}

/**
 * Fits what was read to the sound and to its tier: nothing begins or ends outside the sound, points have no length, and intervals
 * follow one another without gap or overlap, unlabelled ones in the gaps.
 * @param duration of the sound, seconds
 */
export function fitTier(read: ReadTier, duration: number): { tier: NewTier; problems: Problem[] } {
  const problems: Problem[] = [];
  const fitted = read.regions
    .map((region) => fitRegion(region, read.kind, duration, problems))
    .filter((region) => region !== null)
    .sort((a, b) => a.start - b.start || a.end - b.end);
  if (fitted.length > MOST_REGIONS)
    problems.push({ line: null, reason: `Only the first ${MOST_REGIONS} of ${fitted.length} regions were taken.` });
  const kept = fitted.slice(0, MOST_REGIONS);
  const regions = read.kind === 'intervals' ? inARow(kept, duration, problems) : kept.map(withoutLine);
  return { tier: { name: read.name, kind: read.kind, regions }, problems };
}

function fitRegion(
  region: ReadRegion,
  kind: ReadTier['kind'],
  duration: number,
  problems: Problem[],
): ReadRegion | null {
  const { line } = region;
  const refuse = (reason: string) => {
    problems.push({ line, reason: `${reason} It was left out.` });
    return null;
  };
  const limit = (text: string, most: number) => {
    if (text.length <= most) return text;
    problems.push({ line, reason: `A text of ${text.length} letters was cut to ${most}.` });
    return text.slice(0, most);
  };
  const { start, end, fMin, fMax } = region;
  if (!(start >= 0 && Number.isFinite(end))) return refuse('Start and end are not times in the sound.');
  if (end < start) return refuse(`It ends (${end} s) before it begins (${start} s).`);
  if (start > duration + SLACK) return refuse(`It begins at ${start} s; the sound ends at ${duration} s.`);
  if (end > duration + SLACK)
    problems.push({ line, reason: `It ends at ${end} s and was cut to the end of the sound, ${duration} s.` });
  const span = { start: Math.min(start, duration), end: Math.min(kind === 'points' ? start : end, duration) };
  if (kind !== 'points' && span.start === span.end) return refuse('It has no length.');
  const box = kind === 'regions' && fMin !== null && fMax !== null && fMin >= 0 && fMax > fMin && Number.isFinite(fMax);
  if (!box && (fMin !== null || fMax !== null))
    problems.push({ line, reason: 'Its frequencies are no box the tier can hold and were left out.' });
  return {
    ...{ line, ...span, fMin: box ? fMin : null, fMax: box ? fMax : null },
    ...{ label: limit(region.label, LONGEST_LABEL), note: limit(region.note, LONGEST_NOTE) },
  };
}

function inARow(regions: ReadRegion[], duration: number, problems: Problem[]): NewRegion[] {
  const row: NewRegion[] = [];
  let reached = 0;
  for (const region of regions) {
    const { line, end } = region;
    let { start } = region;
    if (start < reached - SLACK) {
      const what = end > reached ? 'Its start was moved there.' : 'It was left out.';
      problems.push({ line, reason: `It begins (${start} s) before the one before it ends (${reached} s). ${what}` });
    }
    if (start < reached || start - reached < 1e-9) start = reached;
    if (end <= start) continue;
    if (start > reached) row.push(blank(reached, start));
    row.push(withoutLine({ ...region, start }));
    reached = end;
  }
  if (row.length > 0 && reached < duration) row.push(blank(reached, duration));
  return row;
}

const blank = (start: number, end: number): NewRegion => ({ start, end, fMin: null, fMax: null, label: '', note: '' });

function withoutLine({ start, end, fMin, fMax, label, note }: ReadRegion): NewRegion {
  return { start, end, fMin, fMax, label, note };
}
