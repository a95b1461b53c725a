import { HarkError } from '#shared/domain/errors.ts';
import type { Tier } from '#shared/domain/region.ts';
import { datasetRow } from './datasets.ts';
import { type Pen, takeStep } from './journal.ts';
import type { Reads, Store } from './store.ts';

const TIER = 'select id, dataset_id as dataset, name, kind, position from tier';

/** Tiers of a dataset from the top. */
export function listTiers(store: Reads, dataset: number): Tier[] {
  return store.prepare(`${TIER} where dataset_id = ? order by position, id`).all(dataset) as Tier[];
}

/** @throws HarkError `not-found` */
export function tierRow(store: Store, tier: number): Tier {
  const row = store.prepare(`${TIER} where id = ?`).get(tier) as Tier | undefined;
  if (!row) throw new HarkError('not-found', 'This tier is not in the lab.', { where: `tier ${tier}` });
  return row;
}

/** Adds a tier below the others; undoable. @throws HarkError `not-found`, `conflict` for a name another tier has */
export function addTier(store: Store, dataset: number, name: string, kind: Tier['kind']): Tier {
  datasetRow(store, dataset);
  const tier = takeStep(store, `Add tier "${name}"`, (pen) => writeTier(pen, dataset, name, kind));
  return tierRow(store, tier);
}

/** A new tier as a part of a step. @returns its id @throws HarkError `conflict` for a name another tier has */
export function writeTier(pen: Pen, dataset: number, name: string, kind: Tier['kind']): number {
  const tiers = listTiers(pen.rows, dataset);
  refuseTaken(tiers, name);
  return pen.insert('tier', { dataset_id: dataset, name, kind, position: tiers.length });
}

/** Renames a tier, or moves it to another place among its dataset's; undoable. @throws HarkError `not-found`, `conflict` */
export function updateTier(
  store: Store,
  tier: number,
  { name, position }: { name?: string | undefined; position?: number | undefined },
): Tier {
  const before = tierRow(store, tier);
  const others = listTiers(store, before.dataset).filter(({ id }) => id !== tier);
  if (name !== undefined) refuseTaken(others, name);
  const words =
    name !== undefined && name !== before.name
      ? `Rename tier "${before.name}" to "${name}"`
      : `Move tier "${before.name}"`;
  takeStep(store, words, (pen) => {
    if (name !== undefined) pen.update('tier', tier, { name });
    if (position !== undefined) number(pen, others.toSpliced(position, 0, before));
  });
  return tierRow(store, tier);
}

/** Takes a tier away with its regions in all clips; undoable. @throws HarkError `not-found` */
export function removeTier(store: Store, tier: number): void {
  const { name, dataset } = tierRow(store, tier);
  const regions = store.prepare('select id from region where tier_id = ?').pluck().all(tier) as number[];
  takeStep(store, `Remove tier "${name}"`, (pen) => {
    for (const region of regions) pen.remove('region', region);
    pen.remove('tier', tier);
    number(pen, listTiers(store, dataset));
  });
}

function number(pen: Pen, tiers: readonly Tier[]): void {
  tiers.forEach(({ id }, position) => pen.update('tier', id, { position }));
}

function refuseTaken(tiers: readonly Tier[], name: string): void {
  if (tiers.some((tier) => tier.name === name))
    throw new HarkError('conflict', `There is a tier "${name}" already.`, {
      where: 'name',
      remedy: 'Choose another name.',
    });
}
