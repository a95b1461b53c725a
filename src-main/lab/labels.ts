import type { ClipDetail } from '#shared/domain/clip.ts';
import { HarkError } from '#shared/domain/errors.ts';
import type { ClipState, SetBy } from '#shared/domain/region.ts';
import { type ChosenClip, clipWords, requiredClips } from './chosen-clips.ts';
import { clipDetail } from './clips.ts';
import { type Pen, takeStep } from './journal.ts';
import { addClass, labelSetRow } from './label-sets.ts';
import { markWords, writeState } from './states.ts';
import type { Store } from './store.ts';

export interface Labelling {
  clips: readonly number[];
  /** null: the clips' own label. */
  set: number | null;
  /** null: none; a clip's own cannot be. */
  label: string | null;
  /** Also sets their state. */
  state?: ClipState | null;
  setBy?: SetBy;
}

/**
 * Sets a label of clips and writes it into their labels' history, as one undoable step. A label a clip has already changes nothing.
 * @throws HarkError `not-found`, or `bad-input` for an own label that is empty, or a set of another dataset
 */
export function labelClips(store: Store, { clips, set, label, state = null, setBy = 'user' }: Labelling): void {
  const chosen = requiredClips(store, clips);
  const to = label?.trim() || null;
  const name = set === null ? null : labelSetRow(store, set).name;
  const words = (labelled: { clip: ChosenClip; from: string | null }[]) => {
    if (labelled.length === 0) return markWords(chosen, state!);
    const what = clipWords(labelled.map(({ clip }) => clip));
    const [{ from }] = labelled;
    const of = name ?? 'Label';
    if (to === null) return `${of} taken away: ${what}`;
    return `${of} ${labelled.length === 1 && from !== null ? `"${from}" to ` : ''}"${to}": ${what}`;
  };
  takeStep(store, words, (pen) => {
    const datasets = new Set(chosen.map(({ dataset }) => dataset));
    if (to !== null) for (const dataset of datasets) addClass(pen, dataset, set, to);
    const labelled = chosen.flatMap((clip) => {
      const from = set === null ? clip.label : setLabelOf(pen, set, clip.id);
      return writeLabel(pen, clip, set, to, setBy) ? { clip, from } : [];
    });
    if (state !== null) for (const { id } of chosen) writeState(pen, id, state);
    return labelled;
  });
}

/** The same for one clip's own label. @throws HarkError `not-found`, or `bad-input` for an empty label */
export function relabelClip(store: Store, clip: number, label: string): ClipDetail {
  labelClips(store, { clips: [clip], set: null, label });
  return clipDetail(store, clip);
}

/** A label as a part of a step: the label itself and its entry in the history; see `addClass`. @returns whether it was another */
export function writeLabel(
  pen: Pen,
  clip: { id: number; dataset: number },
  set: number | null,
  label: string | null,
  setBy: SetBy,
): boolean {
  if (!(set === null ? writeOwnLabel(pen, clip.id, label) : writeSetLabel(pen, clip, set, label))) return false;
  const entry = { clip_id: clip.id, set_id: set, label: label ?? '', set_by: setBy };
  pen.insert('label', { ...entry, set_at: new Date().toISOString(), undone: 0 });
  return true;
}

function writeOwnLabel(pen: Pen, clip: number, label: string | null): boolean {
  if (label === null) throw new HarkError('bad-input', 'A label cannot be empty.', { where: 'label' });
  return pen.update('clip', clip, { label });
}

function writeSetLabel(pen: Pen, clip: { id: number; dataset: number }, set: number, label: string | null): boolean {
  const { dataset, name } = labelSetRow(pen.rows, set);
  if (dataset !== clip.dataset)
    throw new HarkError('bad-input', `The label set "${name}" is of another dataset.`, { where: 'set' });
  const row = storedLabel(pen, set, clip.id);
  if (!row) {
    if (label === null) return false;
    pen.insert('set_label', { set_id: set, clip_id: clip.id, label });
    return true;
  }
  if (label !== null) return pen.update('set_label', row.id, { label });
  pen.remove('set_label', row.id);
  return true;
}

const setLabelOf = (pen: Pen, set: number, clip: number): string | null => storedLabel(pen, set, clip)?.label ?? null;

function storedLabel(pen: Pen, set: number, clip: number): { id: number; label: string } | undefined {
  return pen.rows.prepare('select id, label from set_label where set_id = ? and clip_id = ?').get(set, clip) as
    { id: number; label: string } | undefined;
}
