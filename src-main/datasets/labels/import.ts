import { stat } from 'node:fs/promises';
import path from 'node:path';
import { HarkError, throwIfCancelled } from '#shared/domain/errors.ts';
import { LABEL_FORMAT_NAMES, type LabelFormat } from '#shared/domain/region.ts';
import type { Skipped } from '#shared/domain/dataset.ts';
import { type ClipRecord, datasetClips } from '#main/lab/clips.ts';
import type { NewTier } from '#main/lab/importing-regions.ts';
import { type LabelledClip, putLabels, tierKinds } from '#main/lab/label-import.ts';
import type { Store } from '#main/lab/store.ts';
import { walk } from '../walk.ts';
import { readLabelFile } from './files.ts';
import { fitTier, tiersOf } from './fit.ts';
import { type LabelFileFormat, type ReadClip, type ReadTier, UNNAMED_TIER } from './format.ts';
import { isLabelName, labelFormat, recogniseLabels } from './index.ts';
import { ClipNames, type Found } from './match.ts';

/** Of one file, so that a wrong one does not drown the rest. */
const MOST_PROBLEMS = 50;
const LONGEST_TIER = 100;

export interface LabelImport {
  dataset: number;
  /** The clip the labels are for; null: by the names in or of the files. */
  clip: number | null;
  /** A file, or a folder of files. */
  path: string;
  /** null: by what is in each file. */
  format: LabelFormat | null;
}

export interface ImportedLabels {
  clips: number;
  regions: number;
  skipped: Skipped[];
}

/**
 * Brings labels from files in, as one undoable step. A tier of a clip that a file has is from then on as the file has it; a clip's other
 * tiers stay.
 * @throws HarkError `not-found` for the path, dataset or clip, `bad-input` when one file was chosen and it is no file of labels, `cancelled`
 */
export async function importLabels(
  store: Store,
  asked: LabelImport,
  options: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<ImportedLabels> {
  const { signal } = options;
  const clips = datasetClips(store, asked.dataset);
  const clip = asked.clip === null ? null : (clips.find(({ id }) => id === asked.clip) ?? null);
  if (asked.clip !== null && !clip)
    throw new HarkError('not-found', 'This clip is not in the dataset.', { where: `clip ${asked.clip}` });
  const reading = new Reading(clips, clip, tierKinds(store, asked.dataset));
  const { folder, files, chosen } = await labelFilesOf(asked.path, signal);
  for (const [index, file] of files.entries()) {
    throwIfCancelled(signal);
    options.onProgress?.(index, files.length);
    try {
      await reading.read(folder, file, asked.format);
    } catch (error) {
      if (chosen || !(error instanceof HarkError)) throw error;
      reading.skip(file, null, error.message);
    }
  }
  const labelled = [...reading.labelled.values()];
  const regions = labelled.reduce(
    (sum, { tiers }) => sum + tiers.reduce((all, tier) => all + tier.regions.length, 0),
    0,
  );
  if (labelled.length > 0)
    putLabels(store, {
      dataset: asked.dataset,
      words: `Labels from ${path.basename(asked.path)} for ${labelled.length} ${labelled.length === 1 ? 'clip' : 'clips'}`,
      clips: labelled,
    });
  return { clips: labelled.length, regions, skipped: reading.skipped };
}

async function labelFilesOf(
  place: string,
  signal?: AbortSignal,
): Promise<{ folder: string; files: string[]; chosen: boolean }> {
  const found = await stat(place).catch((cause: unknown) => {
    throw new HarkError('not-found', 'There is no such file or folder.', { where: place, cause });
  });
  if (!found.isDirectory()) return { folder: path.dirname(place), files: [path.basename(place)], chosen: true };
  const files: string[] = [];
  for await (const file of walk(place, signal)) if (isLabelName(file)) files.push(file);
  return { folder: place, files, chosen: false };
}

/** What the files of one import come to. */
class Reading {
  readonly labelled = new Map<number, LabelledClip>();
  readonly skipped: Skipped[] = [];
  readonly #names: ClipNames;
  readonly #clip: ClipRecord | null;
  readonly #kinds: Map<string, NewTier['kind']>;

  /** @param kinds of the dataset's tiers */
  constructor(clips: readonly ClipRecord[], clip: ClipRecord | null, kinds: Map<string, NewTier['kind']>) {
    this.#kinds = kinds;
    this.#names = new ClipNames(clips);
    this.#clip = clip;
  }

  skip(file: string, line: number | null, reason: string): void {
    this.skipped.push({ file: line === null ? file : `${file}:${line}`, reason });
  }

  async read(folder: string, file: string, wanted: LabelFormat | null): Promise<void> {
    const text = await readLabelFile(path.join(folder, file));
    const format = wanted === null ? recogniseLabels(text, file) : labelFormat(wanted);
    if (!format)
      throw new HarkError('bad-input', 'This is no file of labels Hark knows.', {
        where: file,
        remedy: `Hark reads ${Object.values(LABEL_FORMAT_NAMES).join(', ')}.`,
      });
    const own = this.#ownerOf(path.resolve(folder, file), format);
    if ('refusal' in own && format.filePer !== 'all') return this.skip(file, null, own.refusal);
    const sound = 'clip' in own ? own.clip : null;
    const { clips, problems } = format.read(text, { tier: own.tier, sound });
    const before = this.skipped.length;
    for (const { line, reason } of problems) this.skip(file, line, reason);
    for (const clip of this.#asked(clips)) this.#take(file, clip, own);
    const more = this.skipped.length - before - MOST_PROBLEMS;
    if (more > 0) {
      this.skipped.length = before + MOST_PROBLEMS;
      this.skip(file, null, `${more} more of its lines could not be taken as they are.`);
    }
  }

  /** Of a file with several sounds only the clip that was asked for. */
  #asked(clips: ReadClip[]): ReadClip[] {
    if (!this.#clip || clips.length < 2) return clips;
    return clips.filter(({ file }) => {
      const found = file === null ? null : this.#names.find(file);
      return found !== null && 'clip' in found && found.clip.id === this.#clip!.id;
    });
  }

  /**
   * The clip a label file is named after, and the tier its name tells: `clip.txt` and `clip.phones.txt`, and with them
   * `clip.wav.TextGrid`.
   */
  #ownerOf(file: string, { filePer }: LabelFileFormat): Found & { tier: string } {
    const stem = file.replace(/\.[^./\\]*$/, '');
    const ending = /\.([^./\\]+)$/.exec(stem)?.[1];
    if (this.#clip)
      return { clip: this.#clip, tier: filePer === 'tier' && ending !== undefined ? ending : UNNAMED_TIER };
    const whole = this.#names.find(`${stem}.`);
    if ('clip' in whole || ending === undefined) return { ...whole, tier: UNNAMED_TIER };
    return { ...this.#names.find(stem), tier: filePer === 'tier' ? ending : UNNAMED_TIER };
  }

  #take(file: string, read: ReadClip, own: Found): void {
    const found = this.#clip ? { clip: this.#clip } : read.file === null ? own : this.#names.find(read.file);
    if ('refusal' in found) return this.skip(file, null, found.refusal);
    const { id, duration } = found.clip;
    const tiers = read.tiers.flatMap(tiersOf).map((tier) => this.#fit(file, tier, duration));
    const before = this.labelled.get(id);
    const replaced = new Set(tiers.map(({ name }) => name));
    this.labelled.set(id, {
      clip: id,
      label: read.label?.trim().slice(0, 200) || (before?.label ?? null),
      tiers: [...(before?.tiers ?? []).filter(({ name }) => !replaced.has(name)), ...tiers],
    });
  }

  /** The tier that holds what is called so: the dataset's own, unless that holds moments and these are spans, or the other way round. */
  #placeOf(name: string, kind: NewTier['kind']): Pick<NewTier, 'name' | 'kind'> {
    const there = this.#kinds.get(name) ?? kind;
    if ((there === 'points') !== (kind === 'points'))
      return this.#placeOf(`${name} (${kind === 'points' ? 'points' : 'spans'})`, kind);
    this.#kinds.set(name, there);
    return { name, kind: there };
  }

  #fit(file: string, tier: ReadTier, duration: number): NewTier {
    const place = this.#placeOf(tier.name.trim().slice(0, LONGEST_TIER) || UNNAMED_TIER, tier.kind);
    // Outside a tier of intervals an unlabelled one is a gap.
    const gaps = tier.kind === 'intervals' && place.kind !== 'intervals';
    const regions = gaps ? tier.regions.filter(({ label }) => label !== '') : tier.regions;
    const { tier: fitted, problems } = fitTier({ ...place, regions }, duration);
    for (const { line, reason } of problems) this.skip(file, line, reason);
    return fitted;
  }
}
