import type { Region, Tier } from '#shared/domain/region.ts';
import { type NewTier, tierNamed } from './importing-regions.ts';
import { doStep, type StepKind } from './journal.ts';
import type { Store } from './store.ts';

/** The labels of one clip as a file has them. */
export interface LabelledClip {
  clip: number;
  /** The label of the clip as a whole; null: it stays. */
  label: string | null;
  /** Each takes the place of what the clip has in the tier of this name. */
  tiers: NewTier[];
}

type Row = Omit<Region, 'clip'>;

interface LabelImport {
  dataset: number;
  words: string;
  /** Rows of the tiers that were written to, before and after. */
  clips: { clip: number; before: Row[]; after: Row[]; labels: { entry: number; from: string; to: string } | null }[];
}

export const labelImport: StepKind<LabelImport> = {
  kind: 'labels.import',
  words: ({ words }) => words,
  apply: (store, { clips }) => {
    for (const { clip, before, after, labels } of clips) {
      exchange(store, clip, before, after);
      if (labels) setLabel(store, clip, labels.entry, labels.to, 0);
    }
  },
  revert: (store, { clips }) => {
    for (const { clip, before, after, labels } of clips) {
      exchange(store, clip, after, before);
      if (labels) setLabel(store, clip, labels.entry, labels.from, 1);
    }
  },
};

/** Puts what files of labels say of clips, as one undoable step; tiers that are made for it stay when it is undone. */
export function putLabels(
  store: Store,
  { dataset, words, clips }: { dataset: number; words: string; clips: readonly LabelledClip[] },
): void {
  const at = new Date().toISOString();
  const labelOf = store.prepare('select label from clip where id = ?').pluck();
  const relabel = store.prepare(
    `insert into label (clip_id, label, set_by, set_at, undone) values (?, ?, 'file', ?, 1)`,
  );
  let next = (store.prepare('select coalesce(max(id), 0) from region').pluck().get() as number) + 1;
  store.transaction(() => {
    const changes = clips.map(({ clip, label, tiers }) => {
      const ids = tiers.map((tier) => tierNamed(store, dataset, tier.name, tier.kind));
      const from = labelOf.get(clip) as string;
      const changed = label !== null && label !== from;
      return {
        clip,
        before: ids.flatMap((tier) => regionRows(store, clip, tier)),
        after: tiers.flatMap(({ regions }, index) =>
          regions.map((region): Row => ({ ...region, id: next++, tier: ids[index], setBy: 'file', setAt: at })),
        ),
        labels: changed ? { entry: Number(relabel.run(clip, label, at).lastInsertRowid), from, to: label } : null,
      };
    });
    doStep(store, labelImport, { dataset, words, clips: changes });
  })();
}

/** What kind each of a dataset's tiers is, by name. */
export function tierKinds(store: Store, dataset: number): Map<string, NewTier['kind']> {
  const rows = store.prepare('select name, kind from tier where dataset_id = ?').all(dataset);
  return new Map((rows as Pick<Tier, 'name' | 'kind'>[]).map(({ name, kind }) => [name, kind]));
}

/** A clip's tiers from the top, with its regions by start. */
export function clipTiers(store: Store, clip: number): (NewTier & { id: number })[] {
  const tiers = store
    .prepare(
      `select id, name, kind from tier where dataset_id = (select dataset_id from clip where id = ?) order by position, id`,
    )
    .all(clip) as Pick<Tier, 'id' | 'name' | 'kind'>[];
  return tiers.map((tier) => ({
    ...tier,
    regions: regionRows(store, clip, tier.id).map(({ start, end, fMin, fMax, label, note }) => ({
      ...{ start, end, fMin, fMax, label, note },
    })),
  }));
}

function regionRows(store: Store, clip: number, tier: number): Row[] {
  return store
    .prepare(
      `select id, tier_id as tier, start, "end", f_min as fMin, f_max as fMax, label, note, set_by as setBy, set_at as setAt
      from region where clip_id = ? and tier_id = ? order by start, "end", id`,
    )
    .all(clip, tier) as Row[];
}

function exchange(store: Store, clip: number, gone: readonly Row[], come: readonly Row[]): void {
  const remove = store.prepare('delete from region where id = ? and clip_id = ?');
  const insert = store.prepare(
    `insert into region (id, clip_id, tier_id, start, "end", f_min, f_max, label, note, set_by, set_at)
    values (@id, @clip, @tier, @start, @end, @fMin, @fMax, @label, @note, @setBy, @setAt)`,
  );
  for (const { id } of gone) remove.run(id, clip);
  for (const row of come) insert.run({ ...row, clip });
}

function setLabel(store: Store, clip: number, entry: number, label: string, undone: 0 | 1): void {
  store.prepare('update label set undone = ? where id = ?').run(undone, entry);
  store.prepare('update clip set label = ? where id = ?').run(label, clip);
}
