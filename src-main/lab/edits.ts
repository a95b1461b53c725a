import { editWords } from '#shared/domain/edit-words.ts';
import { editedShape } from '#shared/domain/edit-shape.ts';
import type { Edit, SoundShape } from '#shared/domain/edit.ts';
import { asHarkError, HarkError } from '#shared/domain/errors.ts';
import { type ChosenClip, chosenClips, clipWords, requiredClips } from './chosen-clips.ts';
import { type Pen, takeStep } from './journal.ts';
import { type MovedSpan, movedSpans, spansBefore } from './moved-regions.ts';
import type { Values } from './rows.ts';
import { fitEdits, soundBehind } from './shapes.ts';
import type { Reads, Store } from './store.ts';
import { listTiers } from './tiers.ts';

interface StoredRegion extends Required<Values<'region'>> {
  id: number;
  tier_id: number;
  start: number;
  end: number;
}

/** A clip that work on many left as it was. */
export interface LeftOut {
  clip: number;
  file: string;
  reason: string;
}

/** The edits of a clip with one more. @throws HarkError `bad-input` if it does not fit the sound, `conflict` if those before it do not */
export function withEdit(store: Reads, clip: number, edit: Edit): { shape: SoundShape; edits: Edit[] } {
  const { source, edits } = soundBehind(store, clip);
  const { shape, error } = fitEdits(source, edits);
  if (error)
    throw new HarkError('conflict', 'The file has changed, and the edits of this clip no longer fit it.', {
      where: `clip ${clip}`,
      remedy: 'Take its last edits back first.',
      cause: error,
    });
  editedShape(shape, edit);
  return { shape, edits: [...edits, edit] };
}

/**
 * Puts an edit at the end of the list of every clip it fits, and moves their regions with the sound; one undoable step. Clips that
 * it does not fit are left out.
 */
export function appendEdit(store: Store, clips: readonly number[], edit: Edit): { done: number; skipped: LeftOut[] } {
  const skipped: LeftOut[] = [];
  const chosen = chosenClips(store, clips);
  const there = new Set(chosen.map(({ id }) => id));
  for (const clip of new Set(clips))
    if (!there.has(clip)) skipped.push({ clip, file: `clip ${clip}`, reason: 'This clip is no longer in the lab.' });
  const words = (done: ChosenClip[]) => `${editWords(edit)}: ${clipWords(done)}`;
  const done = takeStep(store, words, (pen) => {
    const tiers = new WholeTiers(store);
    return chosen.filter((clip) => {
      try {
        const { shape, edits } = withEdit(pen.rows, clip.id, edit);
        pen.update('clip', clip.id, { edits: JSON.stringify(edits) });
        moveRegions(pen, clip, tiers, (spans, whole) => movedSpans(shape, edit, spans, whole));
        return true;
      } catch (thrown) {
        if (!(thrown instanceof HarkError)) throw thrown;
        skipped.push({ clip: clip.id, file: clip.file, reason: reasonOf(thrown) });
        return false;
      }
    });
  });
  return { done: done.length, skipped };
}

/** Why a clip was left out, in one or two sentences. */
export function reasonOf(thrown: unknown): string {
  const { message, remedy } = asHarkError(thrown);
  return [message, remedy].filter(Boolean).join(' ');
}

/**
 * Takes a clip's edits back to its first `count`; one undoable step. Regions go back with the sound; what an edit had cut away of
 * them only its undoing brings back.
 * @throws HarkError `not-found`, `bad-input` for more edits than there are
 */
export function keepEdits(store: Store, clip: number, count: number): void {
  const [chosen] = requiredClips(store, [clip]);
  const { source, edits } = soundBehind(store, clip);
  if (count > edits.length) throw new HarkError('bad-input', `The clip has ${edits.length} edits.`, { where: 'count' });
  const dropped = edits.length - count;
  const words = dropped === 1 ? `Take back "${editWords(edits[count])}"` : `Take back ${dropped} edits`;
  takeStep(store, `${words}: ${clipWords([chosen])}`, (pen) => {
    const { edits: fitting } = fitEdits(source, edits);
    pen.update('clip', clip, { edits: JSON.stringify(edits.slice(0, count)) });
    const tiers = new WholeTiers(store);
    for (let last = Math.min(edits.length, fitting) - 1; last >= count; last--) {
      const { shape } = fitEdits(source, edits.slice(0, last));
      moveRegions(pen, chosen, tiers, (spans, whole) => spansBefore(shape, edits[last], spans, whole));
    }
  });
}

/** Which tiers cover their clips without gaps, looked up once a dataset. */
class WholeTiers {
  readonly #store: Store;
  readonly #known = new Map<number, Set<number>>();

  constructor(store: Store) {
    this.#store = store;
  }

  of(dataset: number): Set<number> {
    let tiers = this.#known.get(dataset);
    if (!tiers) {
      const intervals = listTiers(this.#store, dataset).filter(({ kind }) => kind === 'intervals');
      this.#known.set(dataset, (tiers = new Set(intervals.map(({ id }) => id))));
    }
    return tiers;
  }
}

/** Writes where the regions of a clip have come to. */
function moveRegions(
  pen: Pen,
  clip: ChosenClip,
  tiers: WholeTiers,
  move: (spans: MovedSpan[], whole: boolean) => MovedSpan[],
): void {
  const regions = pen.rows.prepare('select * from region where clip_id = ? order by start, "end", id').all(clip.id);
  for (const [tier, held] of Map.groupBy(regions as StoredRegion[], (region) => region.tier_id)) {
    const spans = held.map(({ id, start, end }) => ({ region: id, like: id, start, end }));
    const moved = move(spans, tiers.of(clip.dataset).has(tier));
    const left = new Set(moved.map(({ region }) => region));
    for (const { id } of held) if (!left.has(id)) pen.remove('region', id);
    for (const { region, like, start, end } of moved)
      if (region !== null) pen.update('region', region, { start, end });
      else pen.insert('region', { ...blank(clip.id, tier), ...copied(held, like), start, end });
  }
}

const blank = (clip: number, tier: number): Values<'region'> => ({
  ...{ clip_id: clip, tier_id: tier, f_min: null, f_max: null, label: '', note: '' },
  ...{ set_by: 'user', set_at: new Date().toISOString() },
});

/** What a region holds beside its span. */
function copied(regions: readonly StoredRegion[], like: number | null): Values<'region'> {
  const origin = regions.find(({ id }) => id === like);
  if (!origin) return {};
  const { f_min, f_max, label, note, set_by, set_at } = origin;
  return { f_min, f_max, label, note, set_by, set_at };
}
