import { describe, expect, it } from 'vitest';
import { clipDetail } from '#main/lab/clips.ts';
import { insertComparison } from '#main/lab/comparisons.ts';
import { queueClips, queueOf, stateCounts } from '#main/lab/queue.ts';
import { appendEdit } from '#main/lab/edits.ts';
import { finishRun, runRows } from '#main/lab/runs.ts';
import { setClipState } from '#main/lab/states.ts';
import type { Store } from '#main/lab/store.ts';
import { insertSearch, judgeSuspect, listSuspects } from '#main/lab/suspects.ts';
import { ComparisonSpec } from '#shared/domain/comparison.ts';
import { QueueQuery } from '#shared/domain/queue.ts';
import { temporaryLab } from '../support/lab.ts';
import { madeDataset } from './support.ts';

const FILES = ['b.wav', 'a.wav', 'd.wav', 'c.wav'];

async function made() {
  const { store } = await temporaryLab();
  const dataset = madeDataset(
    store,
    FILES.map((file, index) => ({ file, label: 'xy'[index % 2] })),
  );
  const ids = store.prepare('select id from clip order by id').pluck().all() as number[];
  const names = (clips: readonly number[]) => clips.map((clip) => FILES[ids.indexOf(clip)]);
  const queue = (query: object = {}) => queueOf(store, QueueQuery.parse({ dataset, ...query }));
  return { store, dataset, ids, names, queue };
}

/** A run that was tested on all clips, with these probabilities of the first class. */
function testedRun(store: Store, dataset: number, ids: number[], first: number[]): number {
  const comparison = insertComparison(store, {
    name: 'made',
    spec: ComparisonSpec.parse({
      ...{ dataset, split: { by: 'random' }, features: { kind: 'mfcc' }, model: {}, training: {} },
    }),
    split: { train: 0, validation: 0, test: ids.length, leaks: 0, leakNote: null },
    classes: ['x', 'y'],
    inputSize: 40,
    clips: [],
    runs: [{ cell: 'gru', seed: 7, model: { cell: 'gru' } as never, training: {} as never, parameters: 1 }],
  });
  const [run] = runRows(store, comparison);
  const rows = ids.map((clip, index) => ({
    ...{ clip, truth: 0, predicted: first[index] >= 0.5 ? 0 : 1 },
    probabilities: Float32Array.of(first[index], 1 - first[index]),
  }));
  finishRun(store, run.id, 'done', {} as never, rows);
  store.prepare(`update run set result = null where id = ?`).run(run.id);
  return run.id;
}

describe('the queue', () => {
  it('goes by file, of the states asked for', async () => {
    const { store, ids, names, queue } = await made();
    expect(names(queue().clips)).toEqual(['a.wav', 'b.wav', 'c.wav', 'd.wav']);
    setClipState(store, [ids[0]], 'done');
    expect(names(queue().clips)).toEqual(['a.wav', 'c.wav', 'd.wav']);
    expect(names(queue({ states: ['done', 'checked'] }).clips)).toEqual(['b.wav']);
  });

  it('goes through named clips alone, in any order and state', async () => {
    const { store, ids, names, queue } = await made();
    const clips = [ids[2], ids[1], 9999];
    expect(names(queue({ clips }).clips)).toEqual(['a.wav', 'd.wav']);
    setClipState(store, [ids[1]], 'done');
    expect(names(queue({ clips }).clips)).toEqual(['d.wav']);
    expect(
      queue({ clips, order: 'random', seed: 3, states: ['todo', 'done', 'checked', 'rejected'] }).clips,
    ).toHaveLength(2);
  });

  it('shuffles by the seed alone, whatever has been done meanwhile', async () => {
    const { store, ids, queue } = await made();
    const before = queue({ order: 'random', seed: 3 }).clips;
    expect([...before].sort()).toEqual([...ids].sort());
    expect(queue({ order: 'random', seed: 3 }).clips).toEqual(before);
    setClipState(store, [before[1]], 'done');
    expect(queue({ order: 'random', seed: 3 }).clips).toEqual(before.filter((_, index) => index !== 1));
    const others = Array.from({ length: 10 }, (_, seed) => queue({ order: 'random', seed }).clips.join());
    expect(new Set(others).size).toBeGreaterThan(1);
  });

  it('asks the newest run that was tested where it is least sure, and says what it took each for', async () => {
    const { store, dataset, ids, names, queue } = await made();
    expect(() => queue({ order: 'unsure' })).toThrow('No run has been tested');
    testedRun(store, dataset, ids, [0.9, 0.9, 0.9, 0.9]);
    const run = testedRun(store, dataset, ids, [0.95, 0.55, 0.2, 0.4]);
    const view = queue({ order: 'unsure' });
    expect(names(view.clips)).toEqual(['a.wav', 'c.wav', 'd.wav', 'b.wav']);
    expect(view.basis).toBe(`least sure of run ${run} (GRU, seed 7), which was tested on 4 clips`);
    const rows = queueClips(store, { clips: view.clips, set: null, run: view.run, search: view.search });
    expect(rows.map(({ likely }) => likely?.label)).toEqual(['x', 'y', 'y', 'x']);
    expect(rows[1].likely!.probability).toBeCloseTo(0.6, 6);
  });

  it('goes by suspicion, those judged left out', async () => {
    const { store, dataset, ids, names, queue } = await made();
    expect(() => queue({ order: 'suspect' })).toThrow('not been searched');
    const search = insertSearch(store, {
      ...{ dataset, folds: 5, seeds: [1], leftOut: [], accuracy: 0.9, method: 'made' },
      suspects: [3, 0, 2, 1].map((index) => ({
        ...{ clip: ids[index], given: 'x', likely: 'y', against: 1 },
        ...{ givenProbability: 0.1, likelyProbability: 0.8 },
      })),
    });
    expect(names(queue({ order: 'suspect' }).clips)).toEqual(['c.wav', 'b.wav', 'd.wav', 'a.wav']);
    judgeSuspect(store, search, ids[0], 'refused');
    expect(names(queue({ order: 'suspect' }).clips)).toEqual(['c.wav', 'd.wav', 'a.wav']);
  });

  it('tells of clips in the order asked for, leaves out those that are gone, and counts by state', async () => {
    const { store, dataset, ids } = await made();
    setClipState(store, [ids[1], ids[2]], 'rejected');
    const rows = queueClips(store, { clips: [ids[2], 999, ids[0]], set: null, run: null, search: null });
    expect(rows).toMatchObject([
      { clip: ids[2], file: 'd.wav', label: 'x', state: 'rejected', note: '', missing: false, likely: null },
      { clip: ids[0], file: 'b.wav', state: 'todo' },
    ]);
    expect(stateCounts(store, dataset)).toEqual({ todo: 2, done: 0, checked: 0, rejected: 2 });
  });

  it('tells another version of a clip once it is edited, the one its page tells', async () => {
    const { store, dataset, ids } = await made();
    const versions = () => {
      const queued = queueClips(store, { clips: ids, set: null, run: null, search: null });
      const suspects = listSuspects(store, search, 10).toSorted((a, b) => a.clip - b.clip);
      expect(suspects.map(({ version }) => version)).toEqual(queued.map(({ version }) => version));
      expect(queued[1].version).toBe(clipDetail(store, ids[1]).version);
      return queued.map(({ version }) => version);
    };
    const search = insertSearch(store, {
      ...{ dataset, folds: 5, seeds: [1], leftOut: [], accuracy: 0.9, method: 'made' },
      suspects: ids.map((clip) => ({
        ...{ clip, given: 'x', likely: 'y', against: 1, givenProbability: 0.1, likelyProbability: 0.8 },
      })),
    });
    const before = versions();
    appendEdit(store, [ids[1]], { op: 'reverse', start: null, end: null });
    const after = versions();
    expect(after.map((version, index) => version === before[index])).toEqual([true, false, true, true]);
  });

  it('holds 100,000 clips', async () => {
    const { store } = await temporaryLab();
    const many = madeDataset(
      store,
      Array.from({ length: 100_000 }, (_, index) => ({ file: `${String(index).padStart(6, '0')}.wav` })),
    );
    for (const order of ['dataset', 'random'] as const)
      expect(queueOf(store, QueueQuery.parse({ dataset: many, order })).clips).toHaveLength(100_000);
  });
});
