import type { z } from 'zod';
import type { SetBy, Tier } from '#shared/domain/region.ts';
import type { Store } from './store.ts';

export type TierKind = z.infer<typeof Tier>['kind'];

/** A region on its way into the lab: seconds of the clip's sound, Hz; fMin and fMax null: all frequencies. */
export interface NewRegion {
  start: number;
  end: number;
  fMin: number | null;
  fMax: number | null;
  label: string;
  note: string;
}

export interface NewTier {
  name: string;
  kind: TierKind;
  regions: NewRegion[];
}

/** Writes the regions of new clips, making the dataset's tiers as they are met. */
export interface RegionWriter {
  add(clip: number, tiers: readonly NewTier[]): void;
}

/** For use within a transaction. A tier of the name that is there already keeps its kind. */
export function regionWriter(store: Store, dataset: number, setBy: SetBy): RegionWriter {
  const at = new Date().toISOString();
  const insert = store.prepare(
    `insert into region (clip_id, tier_id, start, "end", f_min, f_max, label, note, set_by, set_at)
    values (@clip, @tier, @start, @end, @fMin, @fMax, @label, @note, @setBy, @at)`,
  );
  const tiers = new Map<string, number>();
  return {
    add(clip, added) {
      for (const { name, kind, regions } of added) {
        let tier = tiers.get(name);
        if (tier === undefined) tiers.set(name, (tier = tierNamed(store, dataset, name, kind)));
        for (const region of regions) insert.run({ ...region, clip, tier, setBy, at });
      }
    },
  };
}

/** The dataset's tier of this name, made at the bottom where there is none. */
function tierNamed(store: Store, dataset: number, name: string, kind: TierKind): number {
  const found = store.prepare('select id from tier where dataset_id = ? and name = ?').pluck().get(dataset, name);
  if (found !== undefined) return found as number;
  const { lastInsertRowid } = store
    .prepare(
      `insert into tier (dataset_id, name, kind, position)
      values (@dataset, @name, @kind, (select coalesce(max(position) + 1, 0) from tier where dataset_id = @dataset))`,
    )
    .run({ dataset, name, kind });
  return Number(lastInsertRowid);
}
