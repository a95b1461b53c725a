import path from 'node:path';
import { expect, test } from 'vitest';
import { FeatureCache } from '#main/features/cache.ts';
import { entryKey, featureKey } from '#main/features/key.ts';
import { datasetClips } from '#main/lab/clips.ts';
import type { Edit } from '#shared/domain/edit.ts';
import { importTones, openTestLab, temporaryFolder, tonesSpec, writeTones } from '../support/comparison-lab.ts';

test('a comparison is trained on the sound as edited, and made of nothing else', async () => {
  const { path: folder, remove } = temporaryFolder();
  const opened = await openTestLab(path.join(folder, 'lab'));
  try {
    const dataset = await importTones(opened, writeTones(path.join(folder, 'tones'), 12));
    const [clip] = datasetClips(opened.lab.store, dataset);
    const edits: Edit[] = [
      { op: 'keep', start: 0.05, end: 0.15 },
      { op: 'gain', start: null, end: null, db: -6 },
    ];
    opened.lab.store.prepare('update clip set edits = ? where id = ?').run(JSON.stringify(edits), clip.id);
    const spec = tonesSpec(dataset, { cells: ['gru'], training: { epochs: 1 } });
    const { comparison } = opened.comparisons.start(spec);
    for await (const { state } of opened.comparisons.watch(comparison))
      if (state === 'done' || state === 'failed') expect(state).toBe('done');
    await opened.comparisons.close();
    using cache = FeatureCache.open(opened.lab.path('features'));
    const framesOf = (identity: Parameters<typeof entryKey>[1]) =>
      cache.get(entryKey(featureKey(spec.features), identity))?.frames;
    const { contentHash, start, end } = clip;
    // 0.1 s at 4 kHz, a frame every 64 samples.
    expect(framesOf({ contentHash, start, end, edits })).toBe(1 + Math.floor(400 / 64));
    expect(framesOf({ contentHash, start, end })).toBeUndefined();
  } finally {
    await opened.close();
    remove();
  }
});
