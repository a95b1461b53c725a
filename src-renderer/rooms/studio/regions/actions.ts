import type { StudioClip } from '#shared/contract/studio.ts';
import type { Region, Tier } from '#shared/domain/region.ts';
import { tell, tellError } from '../../../app/tell.tsx';
import { api, client, queries } from '../../../client/client.ts';
import { player } from '../../../parts/player.ts';
import { useStudio } from '../state.ts';
import type { OpenSound } from '../view/layers.ts';
import { isSpan } from '../view/select.ts';
import { changeRegions, chooseRegion } from './change.ts';
import { nameOf } from './drag.ts';
import { drawnRegions } from './draw.ts';
import { addRegion, draftOf, inTier, removeRegion, splitAt } from './model.ts';

/** What can be done to regions from keys, buttons and the table; each is one undoable step. */

const seconds = (value: number) => `${Number(value.toFixed(3))} s`;
const spanWords = ({ start, end }: Pick<Region, 'start' | 'end'>) =>
  start === end ? `at ${seconds(start)}` : `${seconds(start)} to ${seconds(end)}`;

/** The tier new regions go into: the one at hand, else the first; made if the dataset has none. */
async function tierAtHand(clip: number): Promise<Tier> {
  const { tiers } = drawnRegions(clip);
  const chosen = tiers.find(({ id }) => id === useStudio.getState().tier) ?? tiers[0];
  if (chosen) return chosen;
  const open = queries.getQueryData<StudioClip>(api.studio.open.queryKey({ input: { clip } }));
  if (!open) throw new Error('no clip lies open');
  const tier = await client.studio.addTier({ dataset: open.clip.dataset, name: 'Regions', kind: 'regions' });
  await queries.invalidateQueries({ queryKey: api.studio.open.key() });
  return tier;
}

/** Makes a region of the selection and begins to name it. */
export async function regionFromSelection(sound: OpenSound): Promise<void> {
  const { selection } = useStudio.getState();
  if (!isSpan(selection)) return;
  try {
    const tier = await tierAtHand(sound.clip);
    const words = `Add a region, ${spanWords(selection)}`;
    const made = await changeRegions(sound.clip, words, (regions) =>
      addRegion(tier, regions, selection, sound.duration),
    );
    const mine = made?.find(({ start }) => Math.abs(start - selection.start) < 1e-4) ?? made?.[0];
    if (!mine) return;
    chooseRegion(mine);
    useStudio.setState({ naming: mine.id });
  } catch (error) {
    tellError(error, 'The region was not added');
  }
}

/** A border at the playhead in the tier at hand. */
export async function splitAtPlayhead(sound: OpenSound): Promise<void> {
  try {
    const tier = await tierAtHand(sound.clip);
    const at = player.time;
    const { regions } = drawnRegions(sound.clip);
    if (!splitAt(tier, regions, at, sound.duration))
      return tell('Nothing to split here', `No region of the tier “${tier.name}” lies under the playhead.`);
    await changeRegions(sound.clip, `Split at ${seconds(at)}`, (now) => splitAt(tier, now, at, sound.duration));
  } catch (error) {
    tellError(error, 'Nothing was split');
  }
}

/** Takes regions away, by default the one at hand. */
export async function deleteRegion(clip: number, id = useStudio.getState().region): Promise<void> {
  const { tiers, regions } = drawnRegions(clip);
  const region = regions.find((one) => one.id === id);
  const tier = tiers.find((one) => one.id === region?.tier);
  if (!region || !tier) return;
  const row = inTier(regions, tier.id);
  const at = row.findIndex((one) => one.id === region.id);
  const next = row[at + 1] ?? row[at - 1] ?? null;
  await changeRegions(clip, `Delete ${nameOf(region)}`, (now) => removeRegion(tier, now, region));
  useStudio.setState({ region: next?.id ?? null, naming: null });
}

/** Sets what a region says of itself. */
export function describeRegion(
  clip: number,
  id: number,
  words: Partial<Pick<Region, 'label' | 'note'>>,
): Promise<unknown> {
  return changeRegions(clip, stepWords(clip, id, words), (regions) => {
    const region = regions.find((one) => one.id === id);
    if (!region) return null;
    const same = Object.entries(words).every(([key, value]) => region[key as 'label' | 'note'] === value);
    return same ? null : { put: [{ ...draftOf(region), ...words }], remove: [] };
  });
}

function stepWords(clip: number, id: number, { label, note }: Partial<Pick<Region, 'label' | 'note'>>): string {
  const region = drawnRegions(clip).regions.find((one) => one.id === id);
  if (label === undefined) return note ? `Note on ${nameOf(region ?? { label: '' })}` : 'Remove a note';
  return label ? `Label a region ${nameOf({ label })}` : `Clear the label ${nameOf(region ?? { label: '' })}`;
}
