import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { throwIfCancelled } from '#shared/domain/errors.ts';
import type { LabelFormat } from '#shared/domain/region.ts';
import { clipRecord, type ClipRecord } from '#main/lab/clips.ts';
import { clipTiers } from '#main/lab/label-import.ts';
import type { NewRegion, NewTier } from '#main/lab/importing-regions.ts';
import type { Store } from '#main/lab/store.ts';
import { type Holds, type LabelFileFormat, UNNAMED_TIER, type WrittenClip } from './format.ts';
import { labelFormat } from './index.ts';

export interface LabelExport {
  clips: readonly number[];
  format: LabelFormat;
  /** null: all the format can hold. */
  tier: number | null;
  /** Made if need be. */
  folder: string;
}

export interface ExportedLabels {
  folder: string;
  /** Relative to the folder, in the order they were written. */
  files: string[];
  /** Clips whose labels are written, if only in part. */
  done: number;
  /** Clips the format could not hold all of, and what was left out. */
  skipped: { clip: number; file: string; reason: string }[];
}

/** An export at work, and the files it has written, in lower case. */
interface Writing {
  exported: ExportedLabels;
  taken: Set<string>;
}

/**
 * Writes the labels of clips: a file for all of them where the format has names for clips, else one a clip (or a tier of a clip) under
 * the clip's own name and folders. What the format has no place for is left out and said.
 * @throws HarkError `not-found`, `cancelled`
 */
export async function exportLabels(
  store: Store,
  asked: LabelExport,
  options: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<ExportedLabels> {
  const format = labelFormat(asked.format);
  const exported: ExportedLabels = { folder: asked.folder, files: [], done: 0, skipped: [] };
  const writing: Writing = { exported, taken: new Set() };
  const held: WrittenClip[] = [];
  for (const [index, id] of asked.clips.entries()) {
    throwIfCancelled(options.signal);
    options.onProgress?.(index, asked.clips.length);
    const clip = clipRecord(store, id);
    const written = heldOf(store, clip, format, asked.tier, (reason) =>
      exported.skipped.push({ clip: id, file: clip.file, reason }),
    );
    if (!written) continue;
    exported.done++;
    if (format.filePer === 'all') held.push(written);
    else
      for (const [stem, ending, part] of filesOf(format, written))
        await write(writing, stem, ending, format.write([part]));
  }
  if (held.length > 0) await write(writing, 'labels', format.extensions[0], format.write(held));
  return exported;
}

/** What the format holds of a clip; null when that is nothing. */
function heldOf(
  store: Store,
  clip: ClipRecord,
  format: LabelFileFormat,
  tier: number | null,
  tell: (reason: string) => void,
): WrittenClip | null {
  const all = clipTiers(store, clip.id).filter(({ id }) => tier === null || id === tier);
  const fits = all.filter(
    ({ name }) => tier !== null || format.tier === undefined || format.tier === name || all.length === 1,
  );
  const rest = all.filter((each) => !fits.includes(each) && each.regions.length > 0);
  if (rest.length > 0) tell(`Not written, for the format holds one tier: ${rest.map(({ name }) => name).join(', ')}.`);
  const tiers = fits.flatMap((each) => held(each, format.holds, tell)).filter(({ regions }) => regions.length > 0);
  if (tiers.length === 0 && !format.holds.clipLabels) {
    tell('It has no regions the format can hold.');
    return null;
  }
  return { file: clip.file, label: clip.label, sampleRate: clip.sampleRate, duration: clip.duration, tiers };
}

const LOSSES: { is(region: NewRegion, holds: Holds, kind: NewTier['kind']): boolean; drop: boolean; words: string }[] =
  [
    {
      is: ({ label }, { blanks }, kind) => !blanks && kind === 'intervals' && label === '',
      drop: true,
      words: '',
    },
    {
      is: ({ start, end }, { points }) => !points && start === end,
      drop: true,
      words: 'moments were left out, for the format has only spans',
    },
    {
      is: ({ fMin }, { frequencies }) => !frequencies && fMin !== null,
      drop: false,
      words: 'frequencies of boxes were left out, for the format has only times',
    },
    { is: ({ note }, { notes }) => !notes && note !== '', drop: false, words: 'notes were left out' },
  ];

/** The tier as the format can hold it: several, where its regions overlap and may not. */
function held(tier: NewTier, holds: Holds, tell: (reason: string) => void): NewTier[] {
  let regions = tier.regions;
  for (const { is, drop, words } of LOSSES) {
    const lost = regions.filter((region) => is(region, holds, tier.kind));
    if (lost.length === 0) continue;
    if (words !== '') tell(`${tier.name}: ${words} (${lost.length}).`);
    if (drop) regions = regions.filter((region) => !lost.includes(region));
  }
  if (holds.overlaps || tier.kind === 'points') return [{ ...tier, regions }];
  return inLayers({ ...tier, regions }, tell);
}

/** Regions that overlap are dealt to tiers in which none do; one without length has no place among intervals. */
function inLayers(tier: NewTier, tell: (reason: string) => void): NewTier[] {
  const spans = tier.regions.filter(({ start, end }) => end > start);
  const moments = tier.regions.length - spans.length;
  if (moments > 0) tell(`${tier.name}: moments were left out, for among intervals they have no place (${moments}).`);
  const layers: NewTier[] = [];
  for (const region of spans) {
    let layer = layers.find(({ regions }) => regions.at(-1)!.end <= region.start);
    const name = layers.length === 0 ? tier.name : `${tier.name} (${layers.length + 1})`;
    if (!layer) layers.push((layer = { name, kind: 'intervals', regions: [] }));
    layer.regions.push(region);
  }
  if (layers.length > 1) tell(`${tier.name}: its regions overlap and were divided among ${layers.length} tiers.`);
  return layers;
}

/** The files a clip's labels go to: the path without its ending, the ending, and what of the clip goes in. */
function filesOf(
  { filePer, extensions: [ending] }: LabelFileFormat,
  clip: WrittenClip,
): [stem: string, ending: string, part: WrittenClip][] {
  // Clips of other folders than the dataset's own stay below the folder that is written to.
  const folders = clip.file.split('/').filter((part) => part !== '..' && part !== '' && !part.endsWith(':'));
  const stem = folders.join('/').replace(/\.\w+$/, '');
  if (filePer === 'clip') return [[stem, ending === 'textgrid' ? 'TextGrid' : ending, clip]];
  return clip.tiers.map((tier) => {
    const name = tier.name === UNNAMED_TIER ? '' : `.${tier.name.replace(/[\\/:*?"<>|.]/g, '_')}`;
    return [`${stem}${name}`, ending, { ...clip, tiers: [tier] }];
  });
}

/** Clips may share a file, or differ only in its ending: the second is numbered. */
async function write({ exported, taken }: Writing, stem: string, ending: string, text: string): Promise<void> {
  let file = `${stem}.${ending}`;
  for (let number = 2; taken.has(file.toLowerCase()); number++) file = `${stem} (${number}).${ending}`;
  taken.add(file.toLowerCase());
  const target = path.join(exported.folder, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text);
  exported.files.push(file);
}
