import { expect, test } from 'vitest';
import { clipDetail, datasetClips, listClips } from '#main/lab/clips.ts';
import { appendEdit, keepEdits } from '#main/lab/edits.ts';
import { redoStep, undoStep } from '#main/lab/history.ts';
import { importWriter, knownFiles } from '#main/lab/importing.ts';
import { changeRegions, clipRegions } from '#main/lab/regions.ts';
import { splitClip } from '#main/lab/splitting.ts';
import { datasetStatistics } from '#main/lab/statistics.ts';
import type { Store } from '#main/lab/store.ts';
import { studioClip } from '#main/lab/studio-clip.ts';
import { addTier } from '#main/lab/tiers.ts';
import { ClipQuery } from '#shared/domain/clip.ts';
import { Edit, type EditInput } from '#shared/domain/edit.ts';
import { RegionDraft, type Tier } from '#shared/domain/region.ts';
import { groupClips } from '#main/datasets/split/groups.ts';
import { temporaryLab } from '../support/lab.ts';
import { madeDataset } from './support.ts';

/** A dataset of two clips of 1 s, one of 0.1 s. */
async function lab(): Promise<{ store: Store; dataset: number; clips: number[] }> {
  const { store } = await temporaryLab();
  const second = { frames: 8000, duration: 1 };
  const dataset = madeDataset(store, [{ file: 'a.wav', ...second }, { file: 'b.wav', ...second }, { file: 'c.wav' }]);
  return { store, dataset, clips: datasetClips(store, dataset).map(({ id }) => id) };
}
const edit = (store: Store, clips: number[], input: EditInput) => appendEdit(store, clips, Edit.parse(input));
const mark = (store: Store, clip: number, tier: Tier, spans: [number, number, string][]) =>
  changeRegions(store, clip, 'Mark', {
    put: spans.map(([start, end, label]) => RegionDraft.parse({ tier: tier.id, start, end, label })),
    remove: clipRegions(store, clip).flatMap((region) => (region.tier === tier.id ? region.id : [])),
  });
const spans = (store: Store, clip: number) =>
  clipRegions(store, clip).map(({ start, end, label }) => [start, end, label]);

test('one step edits the clips an edit fits, and says why it left out the others', async () => {
  const { store, dataset, clips } = await lab();
  const { done, skipped } = edit(store, [...clips, 99], { op: 'delete', start: 0.5, end: 0.75 });
  expect(done).toBe(2);
  expect(skipped).toEqual([
    { clip: 99, file: 'clip 99', reason: 'This clip is no longer in the lab.' },
    { clip: clips[2], file: 'c.wav', reason: expect.stringContaining('it is 0.1 s long') },
  ]);
  expect(clipDetail(store, clips[0])).toMatchObject({ edited: true, frames: 6000, duration: 0.75, sampleRate: 8000 });
  edit(store, clips.slice(0, 1), { op: 'resample', sampleRate: 4000 });
  expect(clipDetail(store, clips[0])).toMatchObject({ frames: 3000, duration: 0.75, sampleRate: 4000 });
  const only = (query: Partial<ClipQuery>) =>
    listClips(store, ClipQuery.parse({ dataset, ...query })).rows.map(({ id }) => id);
  expect(only({ only: 'edited' })).toEqual(clips.slice(0, 2));
  expect(studioClip(store, clips[0]).editWords).toEqual(['Delete, 0.5 s to 0.75 s', 'Resample to 4000 Hz']);
  expect(undoStep(store)?.words).toBe('Resample to 4000 Hz: a.wav');
  expect(undoStep(store)?.words).toBe('Delete, 0.5 s to 0.75 s: 2 clips');
  expect(clipDetail(store, clips[0])).toMatchObject({ edited: false, frames: 8000, duration: 1, sampleRate: 8000 });
  expect(only({ only: 'edited' })).toEqual([]);
});

test('regions move with the sound; those cut away come back to the bit', async () => {
  const { store, dataset, clips } = await lab();
  const tier = addTier(store, dataset, 'events', 'regions');
  const before = mark(store, clips[0], tier, [
    [0.1, 0.3, 'stays'],
    [0.55, 0.6, 'goes'],
    [0.123456789, 0.70000001, 'shrinks'],
    [0.8, 0.9, 'moves'],
  ]);
  edit(store, [clips[0]], { op: 'delete', start: 0.5, end: 0.75 });
  expect(spans(store, clips[0])).toEqual([
    [0.1, 0.3, 'stays'],
    [0.123456789, 0.5, 'shrinks'],
    [expect.closeTo(0.55, 9), expect.closeTo(0.65, 9), 'moves'],
  ]);
  undoStep(store);
  expect(clipRegions(store, clips[0])).toEqual(before);
  redoStep(store);
  keepEdits(store, clips[0], 0);
  expect(spans(store, clips[0])).toEqual([
    [0.1, 0.3, 'stays'],
    [0.123456789, 0.5, 'shrinks'],
    [expect.closeTo(0.8, 9), expect.closeTo(0.9, 9), 'moves'],
  ]);
  expect(() => keepEdits(store, clips[0], 3)).toThrow(expect.objectContaining({ kind: 'bad-input', where: 'count' }));
});

test.each<[string, EditInput, (number | string)[][]]>([
  ['cut', { op: 'delete', start: 0.25, end: 0.75 }, [[0, 0.25, 'A'], [0.25, 0.5, 'C']]], // prettier-ignore
  ['trimmed', { op: 'keep', start: 0.25, end: 0.625 }, [[0, 0.25, 'A'], [0.25, 0.375, 'B']]], // prettier-ignore
  ['pasted over', { op: 'paste', start: 0.4375, end: 0.8125, sound: 'a'.repeat(40), duration: 0.5 }, [[0, 0.4375, 'A'], [0.4375, 0.9375, ''], [0.9375, 1.125, 'C']]], // prettier-ignore
  ['turned round across a border', { op: 'reverse', start: 0.25, end: 0.75 }, [[0, 0.25, 'A'], [0.25, 0.5, 'B'], [0.5, 0.75, 'A'], [0.75, 1, 'C']]], // prettier-ignore
  ['stretched', { op: 'stretch', start: 0, end: 0.5, factor: 2 }, [[0, 1, 'A'], [1, 1.25, 'B'], [1.25, 1.5, 'C']]], // prettier-ignore
])('intervals of a sound that is %s cover it without gap or overlap', async (_name, input, expected) => {
  const { store, dataset, clips } = await lab();
  const tier = addTier(store, dataset, 'phones', 'intervals');
  const before = mark(store, clips[0], tier, [
    [0, 0.5, 'A'],
    [0.5, 0.75, 'B'],
    [0.75, 1, 'C'],
  ]);
  edit(store, [clips[0]], input);
  expect(spans(store, clips[0])).toEqual(expected);
  undoStep(store);
  expect(clipRegions(store, clips[0])).toEqual(before);
  redoStep(store);
  keepEdits(store, clips[0], 0);
  const after = clipRegions(store, clips[0]);
  expect(after[0].start).toBe(0);
  expect(after[after.length - 1].end).toBe(1);
  after.slice(1).forEach(({ start }, index) => expect(start).toBe(after[index].end));
});

test('a file that changed under a clip: edits stay, the shape is new, and what no longer fits is said', async () => {
  const { store, dataset, clips } = await lab();
  const [clip] = clips;
  edit(store, [clip], { op: 'delete', start: 0, end: 0.25 });
  edit(store, [clip], { op: 'gain', start: 0.5, db: 3 });
  const [child] = splitClip(store, clip, [{ start: 0, end: 0.5, label: null }]);
  const refresh = (frames: number) => {
    const facts = { size: 2, mtimeMs: 2, contentHash: `new ${frames}`, container: 'WAV', codec: 'PCM', bits: 16 };
    importWriter(store, dataset).refreshClip(clip, {
      ...{ ...facts, sampleRate: 8000, channels: 2, frames, duration: frames / 8000, warnings: [] },
    });
  };
  refresh(16_000);
  expect(clipDetail(store, clip)).toMatchObject({
    frames: 14_000,
    channels: 2,
    warnings: [],
    contentHash: 'new 16000',
  });
  expect(clipDetail(store, child)).toMatchObject({ frames: 4000, channels: 2, contentHash: 'new 16000' });
  refresh(4000);
  expect(studioClip(store, clip)).toMatchObject({
    edits: [{ op: 'delete' }, { op: 'gain' }],
    clip: {
      frames: 2000,
      warnings: [expect.stringContaining('edit 2 of 2 (Gain +3 dB, 0.5 s to the end) no longer fits')],
    },
  });
  expect(edit(store, [clip], { op: 'mono' })).toMatchObject({ done: 0, skipped: [{ reason: expect.stringContaining('no longer fit') }] }); // prettier-ignore
  // Undone, the clip has the new file's shape, not the one it had when it was edited.
  while (undoStep(store));
  expect(clipDetail(store, clip)).toMatchObject({ frames: 4000, edited: false, warnings: [] });
});

test('parts of a clip: of its file, its group and no other’s; undone and done again under the same ids', async () => {
  const { store, dataset, clips } = await lab();
  edit(store, [clips[0]], { op: 'gain', db: 3 });
  const parts = splitClip(store, clips[0], [
    { start: 0, end: 0.25, label: 'first' },
    { start: 0.5, end: 1, label: null },
  ]);
  expect(parts.map((id) => clipDetail(store, id))).toMatchObject([
    {
      file: 'a.wav',
      label: 'first',
      duration: 0.25,
      relabelled: false,
      duplicate: false,
      history: [{ setBy: 'user' }],
    },
    { file: 'a.wav', label: 'x', duration: 0.5, duplicate: false, history: [{ setBy: 'import' }] },
  ]);
  expect(studioClip(store, parts[0]).edits).toEqual([expect.objectContaining({ op: 'gain' }), { op: 'keep', start: 0, end: 0.25 }]); // prettier-ignore
  const all = datasetClips(store, dataset);
  expect(all.filter(({ parent }) => parent === clips[0]).map(({ source }) => source)).toEqual(['a.wav', 'a.wav']);
  expect(groupClips(all).map((group) => group.clips.map(({ id }) => id).sort())).toEqual([[clips[0], ...parts], [clips[1]], [clips[2]]]); // prettier-ignore
  expect(datasetStatistics(store, dataset).duplicates).toEqual([]);
  // Importing again meets the clip, not its parts.
  expect([...knownFiles(store, dataset).of(['a.wav']).get('a.wav')!.clips.values()]).toEqual([clips[0]]);

  undoStep(store);
  expect(datasetClips(store, dataset)).toHaveLength(3);
  // An import meanwhile does not take their numbers.
  const like = { ...clipDetail(store, clips[2]), size: 1, mtimeMs: 1, source: null, fold: null, note: '' };
  importWriter(store, dataset).addClip({ ...like, file: 'd.wav' });
  redoStep(store);
  expect(parts.map((id) => clipDetail(store, id).duration)).toEqual([0.25, 0.5]);
  expect(datasetClips(store, dataset)).toHaveLength(6);
  expect(() => splitClip(store, clips[0], [{ start: 2, end: 3, label: null }])).toThrow(expect.objectContaining({ kind: 'bad-input' })); // prettier-ignore
  expect(datasetClips(store, dataset)).toHaveLength(6);
});

test('an edited copy is no duplicate of the unedited, but of its group; another sound is another version', async () => {
  const { store } = await temporaryLab();
  const dataset = madeDataset(store, [{ contentHash: 'same' }, { file: 'y.wav', contentHash: 'same' }]);
  const [a, b] = datasetClips(store, dataset).map(({ id }) => id);
  const {
    clip: { version },
  } = studioClip(store, a);
  const duplicates = () => listClips(store, ClipQuery.parse({ dataset, only: 'duplicate' })).total;
  expect(duplicates()).toBe(2);
  edit(store, [a], { op: 'mono' });
  expect([duplicates(), datasetStatistics(store, dataset).duplicates.length]).toEqual([0, 0]);
  expect(groupClips(datasetClips(store, dataset))).toHaveLength(1);
  expect(studioClip(store, a).clip.version).not.toBe(version);
  edit(store, [b], { op: 'mono' });
  expect(duplicates()).toBe(2);
  undoStep(store);
  undoStep(store);
  expect(studioClip(store, a).clip.version).toBe(version);
});
