import { movedSpan } from '#shared/domain/edit-shape.ts';
import type { Edit } from '#shared/domain/edit.ts';
import { requiredClips, clipWords } from './chosen-clips.ts';
import { clipRecord } from './clips.ts';
import { withEdit } from './edits.ts';
import { takeStep } from './journal.ts';
import { addClass } from './label-sets.ts';
import { clipRegions } from './regions.ts';
import type { Store } from './store.ts';

export interface ClipPart {
  /** Seconds of the clip's sound as edited. */
  start: number;
  end: number;
  /** null: the clip's own. */
  label: string | null;
}

/**
 * Makes new clips of the same file for spans of a clip: its edits and one more that keeps the span, its speaker, official part and
 * source (or its file, so that no split of the dataset puts parts of one recording on both sides), and its regions within the span.
 * The clip itself stays. One undoable step; the new clips keep their ids over undo and redo.
 * @returns the new clips' ids, in the order of the parts
 * @throws HarkError `not-found`, `bad-input` for a span that holds no sound
 */
export function splitClip(store: Store, clip: number, parts: readonly ClipPart[]): number[] {
  const [chosen] = requiredClips(store, [clip]);
  const { source, label: own } = clipRecord(store, clip);
  const regions = clipRegions(store, clip);
  const setAt = new Date().toISOString();
  const words = `Split into ${parts.length} ${parts.length === 1 ? 'clip' : 'clips'}: ${clipWords([chosen])}`;
  return takeStep(store, words, (pen) => {
    for (const label of new Set(parts.map((part) => part.label)))
      if (label !== null) addClass(pen, chosen.dataset, null, label);
    return parts.map(({ start, end, label: given }) => {
      const keep: Edit = { op: 'keep', start, end };
      const { shape, edits } = withEdit(store, clip, keep);
      const label = given ?? own;
      const child = pen.insert('clip', {
        ...{ parent_id: clip, source: source ?? chosen.file, edits: JSON.stringify(edits) },
        ...{ label, imported_label: label },
      });
      const setBy = given === null ? 'import' : 'user';
      pen.insert('label', { clip_id: child, set_id: null, label, set_by: setBy, set_at: setAt, undone: 0 });
      for (const region of regions) {
        const span = movedSpan(shape, keep, region);
        if (!span) continue;
        pen.insert('region', {
          ...{ clip_id: child, tier_id: region.tier, ...span, f_min: region.fMin, f_max: region.fMax },
          ...{ label: region.label, note: region.note, set_by: region.setBy, set_at: region.setAt },
        });
      }
      return child;
    });
  });
}
