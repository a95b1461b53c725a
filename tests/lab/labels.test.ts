import { expect, test } from 'vitest';
import { clipDetail, datasetClips, listClips } from '#main/lab/clips.ts';
import { listHistory, undoStep } from '#main/lab/history.ts';
import { labelSets, putLabelSet, removeLabelSet } from '#main/lab/label-sets.ts';
import { labelClips } from '#main/lab/labels.ts';
import { changeRegions, clipRegions } from '#main/lab/regions.ts';
import { setClipNote, setClipState } from '#main/lab/states.ts';
import { studioClip } from '#main/lab/studio-clip.ts';
import { addTier, listTiers, removeTier, updateTier } from '#main/lab/tiers.ts';
import { ClipQuery } from '#shared/domain/clip.ts';
import { RegionDraft, type RegionDraftInput } from '#shared/domain/region.ts';
import { temporaryLab } from '../support/lab.ts';
import { madeDataset } from './support.ts';

async function lab() {
  const { store } = await temporaryLab();
  const second = { frames: 8000, duration: 1 };
  const dataset = madeDataset(
    store,
    ['a', 'b', '10'].map((label) => ({ file: `${label}.wav`, label, ...second })),
  );
  const clips = store.prepare('select id from clip order by id').pluck().all() as number[];
  const words = () => listHistory(store).steps.map((step) => step.words);
  return { store, dataset, clips, words };
}

test('many clips are labelled, and marked, in one step', async () => {
  const { store, dataset, clips, words } = await lab();
  labelClips(store, { clips, set: null, label: 'b', state: 'done', setBy: 'suggestion' });
  expect(words()).toEqual(['Label "b": 2 clips']);
  expect(datasetClips(store, dataset).map(({ label, state }) => [label, state])).toEqual(Array(3).fill(['b', 'done']));
  expect(clipDetail(store, clips[0]).history).toMatchObject([{ setBy: 'import' }, { label: 'b', setBy: 'suggestion' }]);
  expect(clipDetail(store, clips[1]).history).toHaveLength(1);
  setClipState(store, clips.slice(0, 1), 'rejected');
  const rejected = listClips(store, ClipQuery.parse({ dataset, state: 'rejected' }));
  expect(rejected.rows.map(({ id }) => id)).toEqual([clips[0]]);
  labelClips(store, { clips: [clips[0]], set: null, label: 'b', state: 'checked' });
  setClipNote(store, clips[0], 'two voices');
  expect(studioClip(store, clips[0])).toMatchObject({ note: 'two voices', state: 'checked' });
  expect(words()).toEqual(['Note: a.wav', 'Mark as checked: a.wav', 'Mark as rejected: a.wav', 'Label "b": 2 clips']);
  // Nothing new is no step, and one clip that is gone stops all.
  labelClips(store, { clips, set: null, label: 'b' });
  expect(() => labelClips(store, { clips: [...clips, 99], set: null, label: 'z' })).toThrow(expect.objectContaining({ kind: 'not-found', where: 'clip 99' })); // prettier-ignore
  expect(() => labelClips(store, { clips, set: null, label: null })).toThrow(expect.objectContaining({ kind: 'bad-input' })); // prettier-ignore
  expect(words()).toHaveLength(4);
  while (undoStep(store));
  expect(studioClip(store, clips[0])).toMatchObject({ note: '', state: 'todo', clip: { label: 'a' } });
});

test('classes keep their keys: those in use are known, new ones come last', async () => {
  const { store, dataset, clips } = await lab();
  const own = () => labelSets(store, dataset)[0];
  expect(own()).toEqual({ id: null, name: 'Label', classes: ['10', 'a', 'b'] });
  putLabelSet(store, dataset, { id: null, name: 'Label', classes: ['b', 'spare'] });
  expect(own().classes).toEqual(['b', 'spare', '10', 'a']);
  labelClips(store, { clips: [clips[0]], set: null, label: '1' });
  expect(own().classes).toEqual(['b', 'spare', '10', 'a', '1']);
  undoStep(store);
  undoStep(store);
  expect(own().classes).toEqual(['10', 'a', 'b']);
});

test('a further label set: its labels, their history, and its removal taken back', async () => {
  const { store, dataset, clips, words } = await lab();
  const { id: set } = putLabelSet(store, dataset, { id: null, name: 'mood', classes: ['calm'] });
  labelClips(store, { clips: clips.slice(0, 2), set, label: 'angry' });
  labelClips(store, { clips: [clips[0]], set, label: 'calm' });
  labelClips(store, { clips: [clips[1]], set, label: null });
  expect(words().slice(0, 3)).toEqual(['mood taken away: b.wav', 'mood "angry" to "calm": a.wav', 'mood "angry": 2 clips']); // prettier-ignore
  expect(labelSets(store, dataset)[1]).toEqual({ id: set, name: 'mood', classes: ['calm', 'angry'] });
  const before = [studioClip(store, clips[0]), studioClip(store, clips[1])];
  expect(before.map(({ labels }) => labels)).toEqual([[{ set, label: 'calm' }], []]);
  expect(before[1].clip.history.map((entry) => [entry.label, entry.set])).toEqual([['b', null], ['angry', set], ['', set]]); // prettier-ignore
  removeLabelSet(store, set!);
  expect(labelSets(store, dataset)).toHaveLength(1);
  expect(studioClip(store, clips[0])).toMatchObject({ labels: [], clip: { history: [{ set: null }] } });
  undoStep(store);
  expect([studioClip(store, clips[0]), studioClip(store, clips[1])]).toEqual(before);
  const other = madeDataset(store, [{}], 'Other');
  const [{ id: stranger }] = datasetClips(store, other);
  expect(() => labelClips(store, { clips: [stranger], set, label: 'calm' })).toThrow(expect.objectContaining({ where: 'set' })); // prettier-ignore
  putLabelSet(store, dataset, { id: null, name: 'noise', classes: [] });
  expect(() => putLabelSet(store, dataset, { id: set, name: 'noise', classes: [] })).toThrow(expect.objectContaining({ kind: 'conflict' })); // prettier-ignore
});

test('tiers are added, renamed, moved and removed with their regions', async () => {
  const { store, dataset, clips } = await lab();
  const [phones, words] = [addTier(store, dataset, 'phones', 'points'), addTier(store, dataset, 'words', 'regions')];
  const names = () => listTiers(store, dataset).map(({ name, position }) => `${position} ${name}`);
  expect(() => addTier(store, dataset, 'phones', 'regions')).toThrow(expect.objectContaining({ kind: 'conflict' }));
  updateTier(store, words.id, { name: 'Words', position: 0 });
  expect(names()).toEqual(['0 Words', '1 phones']);
  const put = [RegionDraft.parse({ tier: phones.id, start: 0.5, end: 0.5, label: 'k' })];
  const regions = changeRegions(store, clips[0], 'Mark', { put, remove: [] });
  removeTier(store, phones.id);
  expect([names(), clipRegions(store, clips[0])]).toEqual([['0 Words'], []]);
  undoStep(store);
  expect([names(), clipRegions(store, clips[0])]).toEqual([['0 Words', '1 phones'], regions]);
});

test.each<[string, 'intervals' | 'points' | 'regions', Omit<RegionDraftInput, 'tier'>[], string | null]>([
  ['a region beyond the sound', 'regions', [{ start: 0.9, end: 1.001 }], 'the sound is 1 s long'],
  ['a region a sample too long', 'regions', [{ start: 0.9, end: 1.0001 }], null],
  ['a region back to front', 'regions', [{ start: 0.9, end: 0.8 }], 'cannot end'],
  ['a span among moments', 'points', [{ start: 0.1, end: 0.2 }], 'holds moments'],
  ['a moment among spans', 'regions', [{ start: 0.1, end: 0.1 }], 'holds spans'],
  ['a box with one edge', 'regions', [{ start: 0, end: 1, fMin: 100 }], 'needs a lower'],
  ['a box among intervals', 'intervals', [{ start: 0, end: 1, fMin: 100, fMax: 200 }], 'no boxes'],
  [
    'intervals side by side',
    'intervals',
    [
      { start: 0, end: 0.3 },
      { start: 0.3, end: 1 },
    ],
    null,
  ],
  [
    'intervals with a gap',
    'intervals',
    [
      { start: 0, end: 0.3 },
      { start: 0.31, end: 1 },
    ],
    'a gap at 0.3 s',
  ],
  [
    'intervals that overlap',
    'intervals',
    [
      { start: 0, end: 0.3 },
      { start: 0.29, end: 1 },
    ],
    'two intervals at 0.29 s',
  ],
  ['intervals that end too early', 'intervals', [{ start: 0, end: 0.9 }], 'a gap at 0.9 s'],
  ['intervals that begin too late', 'intervals', [{ start: 0.1, end: 1 }], 'a gap at 0 s'],
])('%s', async (_name, kind, drafts, refusal) => {
  const { store, dataset, clips } = await lab();
  const { id: tier } = addTier(store, dataset, 'tier', kind);
  const put = drafts.map((draft) => RegionDraft.parse({ ...draft, tier }));
  const change = () => changeRegions(store, clips[0], 'Mark', { put, remove: [] });
  if (refusal === null) expect(change()).toHaveLength(drafts.length);
  else {
    expect(change).toThrow(expect.objectContaining({ kind: 'bad-input', message: expect.stringContaining(refusal) }));
    expect([clipRegions(store, clips[0]), listHistory(store).total]).toEqual([[], 1]);
  }
});

test('a border moves with both its neighbours; one alone is refused', async () => {
  const { store, dataset, clips } = await lab();
  const { id: tier } = addTier(store, dataset, 'phones', 'intervals');
  const draft = (id: number | null, start: number, end: number) => RegionDraft.parse({ id, tier, start, end });
  const put = (drafts: RegionDraft[], remove: number[] = []) =>
    changeRegions(store, clips[0], 'Move border', { put: drafts, remove });
  const [a, b] = put([draft(null, 0, 0.5), draft(null, 0.5, 1)]);
  expect(() => put([draft(a.id, 0, 0.6)])).toThrow(expect.objectContaining({ kind: 'bad-input', where: 'put' }));
  expect(put([draft(a.id, 0, 0.6), draft(b.id, 0.6, 1)]).map(({ id, start }) => [id, start])).toEqual([[a.id, 0], [b.id, 0.6]]); // prettier-ignore
  expect(() => put([], [b.id])).toThrow(expect.objectContaining({ kind: 'bad-input' }));
  expect(put([draft(a.id, 0, 1)], [b.id])).toHaveLength(1);
  expect(() => changeRegions(store, clips[1], 'Take', { put: [], remove: [a.id] })).toThrow(expect.objectContaining({ kind: 'not-found' })); // prettier-ignore
});
