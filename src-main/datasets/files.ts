import path from 'node:path';
import { throwIfCancelled } from '#shared/domain/errors.ts';
import { type ClipRecord, datasetClips, markMissing, missingIn, moveClip } from '#main/lab/clips.ts';
import { datasetFolder, datasetRow, moveDataset } from '#main/lab/datasets.ts';
import { clipKey } from '#main/lab/importing.ts';
import type { Store } from '#main/lab/store.ts';
import type { Inspect } from './inspect.ts';
import { lookAt } from './look.ts';
import { spanHash, stampOf } from './stamps.ts';
import { relativeTo, soundFiles } from './walk.ts';

/** Files asked after at once. */
const BATCH = 256;

/**
 * Looks which of a dataset's files (or of the clips chosen) are still there, and notes it.
 * @returns how many of the dataset's clips are missing
 */
export async function checkFiles(
  store: Store,
  dataset: number,
  options: { choose?: (clip: ClipRecord) => boolean; signal?: AbortSignal } = {},
): Promise<{ missing: number }> {
  const all = datasetClips(store, dataset);
  const chosen = options.choose ? all.filter(options.choose) : all;
  let missing = all.reduce((count, clip) => count + Number(clip.missing), 0);
  for (let first = 0; first < chosen.length; first += BATCH) {
    throwIfCancelled(options.signal);
    const batch = chosen.slice(first, first + BATCH);
    const gone = (await Promise.all(batch.map((clip) => stampOf(clip.path)))).map((stamp) => stamp === null);
    store.transaction(() =>
      batch.forEach((clip, index) => {
        if (gone[index] === clip.missing) return;
        markMissing(store, clip.id, gone[index]);
        missing += gone[index] ? 1 : -1;
      }),
    )();
  }
  return { missing };
}

/**
 * Finds a dataset's missing files again under another folder: by their path relative to the dataset, else by name; either
 * way the content must be the same. When all were missing, the dataset is from then on the one of the new folder.
 * @throws HarkError `not-found` for the folder or dataset, `cancelled`
 */
export async function relocate(
  store: Store,
  dataset: number,
  folder: string,
  inspect: Inspect,
  options: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {},
): Promise<{ found: number; missing: number }> {
  const { signal } = options;
  const { path: place } = await lookAt(folder, signal);
  await checkFiles(store, dataset, { signal });
  // What was split from a clip goes where it goes.
  const all = datasetClips(store, dataset);
  const clips = all.filter((clip) => clip.parent === null);
  const lost = clips.filter((clip) => clip.missing);
  const named = Map.groupBy(await soundFiles(place, signal), (file) => path.posix.basename(file));
  const candidates = (clip: ClipRecord) => {
    const likely = new Set([clip.file, ...(named.get(path.posix.basename(clip.file)) ?? [])]);
    return [...likely].map((file) => path.resolve(place, file));
  };
  const wanted = [...new Set(lost.flatMap(candidates))];
  const hashes = new Map<string, string>();
  let done = 0;
  for (let first = 0; first < wanted.length; first += BATCH) {
    throwIfCancelled(signal);
    for await (const results of inspect(wanted.slice(first, first + BATCH), { signal })) {
      for (const result of results) if (!result.refusal) hashes.set(result.path, result.hash);
      options.onProgress?.((done += results.length), wanted.length);
    }
  }
  // When nothing is left in the old place, the dataset itself has moved.
  const moved = lost.length === clips.length;
  const { layout, root } = datasetRow(store, dataset);
  const base = moved ? place : datasetFolder(layout, root);
  const taken = new Set(clips.map((clip) => clipKey(clip.file, clip.start, clip.end)));
  store.transaction(() => {
    for (const clip of lost) {
      for (const candidate of candidates(clip)) {
        const hash = hashes.get(candidate);
        if (hash === undefined || spanHash(hash, clip.start, clip.end) !== clip.contentHash) continue;
        const file = relativeTo(base, candidate);
        const key = clipKey(file, clip.start, clip.end);
        // Of two clips alike, each is found at a place of its own.
        if (file !== clip.file && taken.has(key)) continue;
        taken.add(key);
        moveClip(store, clip.id, file);
        break;
      }
    }
    if (moved && all.length > missingIn(store, dataset))
      moveDataset(store, dataset, layout === 'csv' ? path.join(place, path.basename(root)) : place);
  })();
  const missing = missingIn(store, dataset);
  return { found: all.filter((clip) => clip.missing).length - missing, missing };
}
