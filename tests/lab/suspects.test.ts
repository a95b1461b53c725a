import { describe, expect, it } from 'vitest';
import { clipDetail } from '#main/lab/clips.ts';
import { redoStep, undoStep } from '#main/lab/history.ts';
import { relabelClip } from '#main/lab/labels.ts';
import { insertSearch, judgeSuspect, listSuspects, newestSearch, verdictCounts } from '#main/lab/suspects.ts';
import { temporaryLab } from '../support/lab.ts';
import { madeDataset } from './support.ts';

async function made() {
  const { store } = await temporaryLab();
  const dataset = madeDataset(store, [
    { file: 'one.wav', label: '6' },
    { file: 'two.wav', label: '8' },
  ]);
  const clips = store.prepare('select id from clip order by id').pluck().all() as number[];
  const find = (first: number, likely: string) =>
    insertSearch(store, {
      ...{ dataset, folds: 5, seeds: [1, 2, 3], accuracy: 0.98, method: 'GRU' },
      leftOut: [{ file: 'gone.wav', reason: 'It is gone.' }],
      suspects: [clips[first], clips[1 - first]].map((clip, index) => ({
        ...{ clip, given: '6', likely, against: 3 - index },
        ...{ givenProbability: 0.1 + index / 2, likelyProbability: 0.8 - index / 2 },
      })),
    });
  return { store, dataset, clips, find };
}

describe('searches', () => {
  it('keeps each as a whole; the newest one is shown', async () => {
    const { store, dataset, clips, find } = await made();
    expect(newestSearch(store, dataset)).toBeNull();
    find(0, '8');
    const search = find(1, '9');
    expect(newestSearch(store, dataset)).toMatchObject({
      ...{ id: search, folds: 5, seeds: [1, 2, 3], clips: 2, accuracy: 0.98, method: 'GRU' },
      leftOut: [{ file: 'gone.wav', reason: 'It is gone.' }],
    });
    expect(listSuspects(store, search, 10)).toMatchObject([
      { clip: clips[1], rank: 1, given: '6', label: '8', likely: '9', against: 3, verdict: 'open', missing: false },
      { clip: clips[0], rank: 2, against: 2 },
    ]);
    expect(listSuspects(store, search, 1)).toHaveLength(1);
    expect(verdictCounts(store, search)).toEqual({ open: 2, accepted: 0, refused: 0 });
  });
});

describe('verdicts', () => {
  it('accepted, gives the likely label by suggestion, and one undo takes both back', async () => {
    const { store, clips, find } = await made();
    const search = find(0, '8');
    judgeSuspect(store, search, clips[0], 'accepted');
    expect(clipDetail(store, clips[0])).toMatchObject({ label: '8', relabelled: true });
    expect(clipDetail(store, clips[0]).history.at(-1)).toMatchObject({
      label: '8',
      setBy: 'suggestion',
      undone: false,
    });
    expect(verdictCounts(store, search)).toMatchObject({ accepted: 1 });
    expect(undoStep(store)?.words).toBe('Suspect label accepted, "6" to "8": one.wav');
    expect(clipDetail(store, clips[0]).label).toBe('6');
    expect(verdictCounts(store, search)).toEqual({ open: 2, accepted: 0, refused: 0 });
    redoStep(store);
    expect(clipDetail(store, clips[0]).label).toBe('8');
    expect(verdictCounts(store, search)).toMatchObject({ accepted: 1 });
  });

  it('refused, leaves the label; after an acceptance it gives it back, but not over what was mended by hand', async () => {
    const { store, clips, find } = await made();
    const search = find(0, '8');
    judgeSuspect(store, search, clips[0], 'refused');
    expect(clipDetail(store, clips[0]).label).toBe('6');
    judgeSuspect(store, search, clips[0], 'accepted');
    judgeSuspect(store, search, clips[0], 'refused');
    expect(clipDetail(store, clips[0]).label).toBe('6');
    judgeSuspect(store, search, clips[0], 'accepted');
    relabelClip(store, clips[0], '5');
    judgeSuspect(store, search, clips[0], 'refused');
    expect(clipDetail(store, clips[0]).label).toBe('5');
  });

  it('knows only what the search judged', async () => {
    const { store, find } = await made();
    expect(() => judgeSuspect(store, find(0, '8'), 999, 'accepted')).toThrow('not among the suspects');
  });
});
