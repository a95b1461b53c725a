import type { Tier } from '#shared/domain/region.ts';
import { type ChosenClip, requiredClips } from './chosen-clips.ts';
import type { NewTier } from './importing-regions.ts';
import { type Pen, takeStep } from './journal.ts';
import { addClass } from './label-sets.ts';
import { writeLabel } from './labels.ts';
import { clipRegions, writeRegions } from './regions.ts';
import type { Store } from './store.ts';
import { listTiers, writeTier } from './tiers.ts';

/** The labels of one clip as a file has them. */
export interface LabelledClip {
  clip: number;
  /** The label of the clip as a whole; null: it stays. */
  label: string | null;
  /** Each takes the place of what the clip has in the tier of this name. */
  tiers: NewTier[];
}

/** Puts what files of labels say of a dataset's clips, as one undoable step. @throws HarkError `not-found` */
export function putLabels(
  store: Store,
  { dataset, words, clips }: { dataset: number; words: string; clips: readonly LabelledClip[] },
): void {
  const chosen = requiredClips(
    store,
    clips.map(({ clip }) => clip),
  );
  takeStep(store, words, (pen) => {
    const tiers = new Map(listTiers(store, dataset).map(({ name, id }) => [name, id]));
    const tierOf = ({ name, kind }: NewTier) => {
      const tier = tiers.get(name) ?? writeTier(pen, dataset, name, kind);
      tiers.set(name, tier);
      return tier;
    };
    clips.forEach(({ label, tiers: read }, index) => {
      if (label !== null) {
        addClass(pen, dataset, null, label);
        writeLabel(pen, chosen[index], null, label, 'file');
      }
      writeTiers(
        pen,
        chosen[index],
        read.map((tier) => ({ ...tier, id: tierOf(tier) })),
      );
    });
  });
}

function writeTiers(pen: Pen, clip: ChosenClip, read: readonly (NewTier & { id: number })[]): void {
  const written = new Set(read.map(({ id }) => id));
  const remove = clipRegions(pen.rows.store, clip.id).flatMap(({ id, tier }) => (written.has(tier) ? [id] : []));
  const put = read.flatMap(({ id, regions }) => regions.map((region) => ({ ...region, id: null, tier: id })));
  writeRegions(pen, clip, { put, remove }, 'file');
}

/** What kind each of a dataset's tiers is, by name. */
export function tierKinds(store: Store, dataset: number): Map<string, Tier['kind']> {
  return new Map(listTiers(store, dataset).map(({ name, kind }) => [name, kind]));
}

/** A clip's tiers from the top, with its regions by start. @throws HarkError `not-found` */
export function clipTiers(store: Store, clip: number): (NewTier & { id: number })[] {
  const [{ dataset }] = requiredClips(store, [clip]);
  const regions = Map.groupBy(clipRegions(store, clip), ({ tier }) => tier);
  return listTiers(store, dataset).map(({ id, name, kind }) => ({ id, name, kind, regions: regions.get(id) ?? [] }));
}
