import path from 'node:path';
import type { ClipDetail } from '#shared/domain/clip.ts';
import { HarkError } from '#shared/domain/errors.ts';
import { clipDetail } from './clips.ts';
import { doStep, type StepKind } from './journal.ts';
import type { Store } from './store.ts';

interface Relabelling {
  dataset: number;
  clip: number;
  file: string;
  /** Row of the clip's label history that this step set. */
  entry: number;
  from: string;
  to: string;
}

export const clipRelabel: StepKind<Relabelling> = {
  kind: 'clip.relabel',
  words: ({ from, to, file }) => `Label "${from}" to "${to}": ${path.posix.basename(file)}`,
  apply: (store, { clip, entry, to }) => setLabel(store, clip, to, entry, 0),
  revert: (store, { clip, entry, from }) => setLabel(store, clip, from, entry, 1),
};

/**
 * Sets a clip's label and writes it into the label's history; undoable. The label a clip has already changes nothing.
 * @throws HarkError `not-found`, or `bad-input` for an empty label
 */
export function relabelClip(store: Store, clip: number, label: string): ClipDetail {
  const to = label.trim();
  if (to === '') throw new HarkError('bad-input', 'A label cannot be empty.', { where: 'label' });
  const before = clipDetail(store, clip);
  if (to === before.label) return before;
  store.transaction(() => {
    const { lastInsertRowid } = store
      .prepare(`insert into label (clip_id, label, set_by, set_at) values (?, ?, 'user', ?)`)
      .run(clip, to, new Date().toISOString());
    const entry = Number(lastInsertRowid);
    doStep(store, clipRelabel, { dataset: before.dataset, clip, file: before.file, entry, from: before.label, to });
  })();
  return clipDetail(store, clip);
}

function setLabel(store: Store, clip: number, label: string, entry: number, undone: 0 | 1): void {
  store.prepare('update label set undone = ? where id = ?').run(undone, entry);
  store.prepare('update clip set label = ? where id = ?').run(label, clip);
}
