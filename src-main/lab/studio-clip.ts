import type { StudioClip } from '#shared/contract/studio.ts';
import { editWords } from '#shared/domain/edit-words.ts';
import { clipDetail } from './clips.ts';
import { clipRegions } from './regions.ts';
import { soundBehind } from './shapes.ts';
import type { Store } from './store.ts';
import { listTiers } from './tiers.ts';

/** All that the studio shows of a clip beside its sound. @throws HarkError `not-found` */
export function studioClip(store: Store, id: number): StudioClip {
  const clip = clipDetail(store, id);
  const { source, edits } = soundBehind(store, id);
  const note = store.prepare('select note from clip where id = ?').pluck().get(id) as string;
  const labels = store
    .prepare('select set_id as "set", label from set_label where clip_id = ? order by set_id')
    .all(id);
  return {
    clip,
    source,
    edits,
    editWords: edits.map(editWords),
    state: clip.state,
    note,
    labels: labels as StudioClip['labels'],
    tiers: listTiers(store, clip.dataset),
    regions: clipRegions(store, id),
  };
}
