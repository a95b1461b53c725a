import type { SoundPool } from '#main/audio/sound-pool.ts';
import type { FeatureCache } from '#main/features/cache.ts';
import type { Features } from '#main/features/extract.ts';
import { entryKey, featureKey } from '#main/features/key.ts';
import { prepareFeatures } from '#main/features/prepare.ts';
import { type ClipRecord, clipsAsEdited } from '#main/lab/clips.ts';
import { comparisonClips, comparisonRow } from '#main/lab/comparisons.ts';
import type { Lab } from '#main/lab/lab.ts';
import { runRow, type RunRow } from '#main/lab/runs.ts';
import { weightsOfRun } from '#main/models/of-run.ts';
import { readTrained, type TrainedDescription } from '#main/models/trained.ts';
import { throwIfCancelled } from '#shared/domain/errors.ts';
import type { LeftOutClip, WalkProgress } from '#shared/domain/clip-map.ts';
import type { Part } from '#shared/domain/split.ts';
import type { Inspector } from './inspector-client.ts';

/** What going through many clips needs of the lab. */
export interface WalkParts {
  lab: Lab;
  pool: SoundPool;
  /** Opened when it is first needed. */
  cache: () => FeatureCache;
  inspector: Inspector;
}

export interface WalkOptions {
  signal: AbortSignal;
  report(progress: WalkProgress): void;
}

/** A clip of a comparison as it is edited now. */
export interface WalkedClip {
  record: ClipRecord;
  part: Part;
  /** Label the comparison began with. */
  truth: string;
  /** Of its features: another one once it has been edited. */
  key: string;
}

/** A run, and the clips of some parts of its comparison. */
export interface Walk {
  run: RunRow;
  /** File of its weights, absolute. */
  network: string;
  description: TrainedDescription;
  /** By file. */
  clips: WalkedClip[];
}

/** @throws HarkError `not-found`, `conflict` for a run without weights */
export function walkOf(lab: Lab, run: number, parts: readonly Part[]): Walk {
  const network = weightsOfRun(lab, run);
  const row = runRow(lab.store, run);
  const { description } = readTrained(network);
  const feature = featureKey(description.features);
  const { dataset } = comparisonRow(lab.store, row.comparison);
  const fixed = new Map(comparisonClips(lab.store, row.comparison).map((one) => [one.clip, one]));
  const clips = clipsAsEdited(lab.store, row.comparison, dataset).flatMap((record) => {
    const { part, label: truth } = fixed.get(record.id)!;
    return parts.includes(part) ? [{ record, part, truth, key: entryKey(feature, record) }] : [];
  });
  return { run: row, network, description, clips };
}

/** Values of features, padding included, that are sent at once; and clips at most. */
const [VALUES_AT_ONCE, CLIPS_AT_ONCE] = [2 ** 20, 64];

/**
 * Gives the features of clips to `take`, batch by batch, clips of like length together; what cannot be read is left out.
 * @param take is given places in `clips`
 * @throws HarkError cancelled
 */
export async function throughClips(
  { lab, pool, cache }: WalkParts,
  { description, clips }: Pick<Walk, 'description' | 'clips'>,
  { signal, report }: WalkOptions,
  take: (places: number[], features: Features[]) => Promise<void>,
): Promise<LeftOutClip[]> {
  const prepared = await prepareFeatures(
    clips.map(({ record }) => record),
    description.features,
    cache(),
    {
      ...{ pool, signal, kept: lab.path('audio', 'kept') },
      onProgress: ({ done, total }) => report({ stage: 'features', done, total }),
    },
  );
  const leftOut: LeftOutClip[] = [];
  const there: { place: number; frames: number; bins: number }[] = [];
  prepared.forEach((one, place) => {
    if (one.skipped) leftOut.push({ file: clips[place].record.file, reason: one.skipped.reason });
    else there.push({ place, frames: one.frames, bins: one.bins });
  });
  let done = 0;
  for (const batch of batchesOf(there)) {
    throwIfCancelled(signal);
    const read = batch.map(({ place }) => ({ place, features: cache().get(clips[place].key) }));
    const whole = read.filter((one): one is { place: number; features: Features } => one.features !== null);
    for (const { place, features } of read)
      if (!features) leftOut.push({ file: clips[place].record.file, reason: 'Its features could not be kept.' });
    if (whole.length > 0)
      await take(
        whole.map(({ place }) => place),
        whole.map(({ features }) => features),
      );
    done += batch.length;
    report({ stage: 'network', done, total: there.length });
  }
  return leftOut;
}

function batchesOf<Clip extends { frames: number; bins: number }>(clips: readonly Clip[]): Clip[][] {
  const batches: Clip[][] = [];
  let batch: Clip[] = [];
  for (const clip of clips.toSorted((a, b) => a.frames - b.frames)) {
    // Sorted: the newest is the longest, and the others are padded to it.
    if (batch.length === CLIPS_AT_ONCE || (batch.length + 1) * clip.frames * clip.bins > VALUES_AT_ONCE) {
      if (batch.length > 0) batches.push(batch);
      batch = [];
    }
    batch.push(clip);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
