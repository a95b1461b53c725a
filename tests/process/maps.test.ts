import { renameSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createInspections } from '#main/inspection/inspections.ts';
import { createInspector, type Inspector } from '#main/inspection/inspector-client.ts';
import { createLikes, type Likes } from '#main/inspection/likes/likes.ts';
import { createMaps, type Maps } from '#main/inspection/maps/maps.ts';
import { clipRecord } from '#main/lab/clips.ts';
import { MapQuery, type WalkProgress } from '#shared/domain/clip-map.ts';
import { LikesQuery } from '#shared/domain/likes.ts';
import type { RunView } from '#shared/domain/run.ts';
import { EngineSettings } from '#shared/domain/system.ts';
import {
  importTones,
  openTestLab,
  temporaryFolder,
  tonesSpec,
  writeTones,
  type OpenedLab,
} from '../support/comparison-lab.ts';

let folder: ReturnType<typeof temporaryFolder>;
let opened: OpenedLab;
let comparison: number;
let gru: RunView;
let inspector: Inspector;
let maps: Maps;
let likes: Likes;
let asked: string[];

beforeAll(async () => {
  folder = temporaryFolder();
  opened = await openTestLab(path.join(folder.path, 'lab'));
  const dataset = await importTones(opened, writeTones(path.join(folder.path, 'tones')));
  comparison = opened.comparisons.start(tonesSpec(dataset)).comparison;
  for await (const view of opened.comparisons.watch(comparison))
    if (view.state === 'failed') throw new Error(view.error!);
  gru = opened.comparisons.view(comparison).runs.find(({ cell }) => cell === 'gru')!;
});
afterAll(async () => {
  await opened.close();
  folder.remove();
});
afterEach(() => inspector.close());

function begin(): void {
  inspector = createInspector({ host: opened.host, engine: () => EngineSettings.parse({}) });
  asked = [];
  const { lab, pool, context } = opened;
  const noted: Inspector = {
    ...inspector,
    ask(question, ...rest) {
      asked.push(question);
      return inspector.ask(question, ...rest);
    },
  };
  const parts = { lab, pool, cache: () => context.cache, inspector: noted };
  maps = createMaps(parts);
  likes = createLikes(parts);
}

const query = (changes: Partial<MapQuery> = {}): MapQuery =>
  MapQuery.parse({ run: gru.id, parts: ['test'], layout: { method: 'pca' }, ...changes });
const quietly = (signal = new AbortController().signal) => ({ signal, report: () => {} });

/** The same backwards. @returns takes it back */
function edit(clip: number): () => void {
  const { store } = opened.lab;
  const write = store.prepare('update clip set edits = ? where id = ?');
  const before = store.prepare('select edits from clip where id = ?').pluck().get(clip) as string;
  write.run(JSON.stringify([{ op: 'reverse', start: null, end: null }]), clip);
  return () => void write.run(before, clip);
}

describe('maps', () => {
  test('have the clips of the parts asked for, with what the run was tested with', async () => {
    begin();
    const progress: WalkProgress[] = [];
    const { signal } = new AbortController();
    const map = await maps.make(query(), { signal, report: (told) => progress.push(told) });
    const tested = opened.comparisons.testedClips(comparison, 0);
    expect(map.clips.map(({ clip }) => clip)).toEqual(tested.map(({ clip }) => clip));
    map.clips.forEach((clip, index) => {
      const said = tested[index].said.find(({ run }) => run === gru.id)!;
      expect(clip).toMatchObject({ part: 'test', truth: tested[index].truth, predicted: said.predicted });
      expect(clip.probability).toBeCloseTo(said.probability, 5);
    });
    expect(map).toMatchObject({ comparison, run: gru.id, cell: 'gru', seed: 0, width: 12, leftOut: [] });
    expect(map.axes!.every((share) => share > 0 && share < 1)).toBe(true);
    expect(map.agreement).toMatchObject({ k: 10, n: tested.length });
    expect(map.agreement.share).toBeGreaterThan(map.agreement.chance);
    const { points, neighbours } = maps.numbers(map.map);
    expect(points).toHaveLength(2 * tested.length);
    expect(neighbours.indices).toHaveLength(10 * tested.length);
    expect([...new Set(progress.map(({ stage }) => stage))]).toEqual(['features', 'network', 'neighbours', 'layout']);
    expect(progress.at(-1)!.done).toBe(progress.at(-1)!.total);

    const all = await maps.make(query({ parts: ['train', 'validation', 'test'] }), quietly());
    const { split } = opened.comparisons.view(comparison);
    expect(all.clips).toHaveLength(split.train + split.validation + split.test);
    expect(new Set(all.clips.map(({ part }) => part)).size).toBe(3);
  });

  test('what a network made of clips is kept; only an edited clip is asked about again', async () => {
    begin();
    const first = await maps.make(query(), quietly());
    expect(asked).toEqual(['embed', 'neighbours', 'pca']);
    asked.length = 0;
    expect((await maps.make(query(), quietly())).map).toBe(first.map);
    expect(asked).toEqual([]);
    const umap = query({ layout: { method: 'umap', nNeighbors: 5, minDist: 0.1, seed: 1 } });
    const second = await maps.make(umap, quietly());
    expect(asked).toEqual(['pca', 'umap']);
    expect(second.axes).toBeNull();

    asked.length = 0;
    const clip = first.clips[0].clip;
    const undo = edit(clip);
    try {
      const edited = await maps.make(query(), quietly());
      expect(edited.map).not.toBe(first.map);
      expect(asked).toEqual(['embed', 'neighbours', 'pca']);
      expect(edited.clips[0].probability).not.toBe(first.clips[0].probability);
      edited.clips.slice(1).forEach((one, index) => expect(one).toEqual(first.clips[index + 1]));
    } finally {
      undo();
    }
    asked.length = 0;
    expect((await maps.make(query(), quietly())).map).toBe(first.map);
    expect(asked).toEqual([]);
    expect(() => maps.numbers('unknown')).toThrow('no longer kept');
  });

  test('a clip that cannot be read is left out and named, and there again once it can', async () => {
    begin();
    const whole = await maps.make(query(), quietly());
    const gone = clipRecord(opened.lab.store, whole.clips[2].clip);
    const undo = edit(gone.id);
    renameSync(gone.path, `${gone.path}.away`);
    try {
      const less = await maps.make(query(), quietly());
      expect(less.clips).toHaveLength(whole.clips.length - 1);
      expect(less.leftOut).toEqual([{ file: gone.file, reason: expect.stringMatching(/\S/) as string }]);
      const without = await likes.of(LikesQuery.parse({ run: gru.id, layer: 0, signal: 'hidden', unit: 0 }), quietly());
      expect(without.leftOut.map(({ file }) => file)).toEqual([gone.file]);
    } finally {
      renameSync(`${gone.path}.away`, gone.path);
      undo();
    }
    expect((await maps.make(query(), quietly())).clips).toHaveLength(whole.clips.length);
  });

  test('too many neighbours, an unknown run and a stopped walk are told', async () => {
    begin();
    const layout = { method: 'umap' as const, nNeighbors: 200, minDist: 0.1, seed: 0 };
    await expect(maps.make(query({ layout }), quietly())).rejects.toMatchObject({
      kind: 'bad-input',
      where: 'nNeighbors',
    });
    await expect(maps.make(query({ run: 99 }), quietly())).rejects.toMatchObject({ kind: 'not-found' });
    const stop = new AbortController();
    const umap = query({ layout: { ...layout, nNeighbors: 5 } });
    const made = maps.make(umap, {
      signal: stop.signal,
      report: ({ stage, done }) => stage === 'layout' && done >= 3 && stop.abort(),
    });
    await expect(made).rejects.toMatchObject({ kind: 'cancelled' });
    // The process is free again, and nothing half is kept.
    expect((await maps.make(umap, quietly())).clips.length).toBeGreaterThan(10);
  });
});

describe('what units like', () => {
  test('is what looking through every clip finds, in clips’ own seconds', async () => {
    begin();
    const { lab, pool, context } = opened;
    const inspections = createInspections({
      ...{ lab, pool, cache: () => context.cache, inspector },
      soundOf: () => Promise.reject(new Error('not needed')),
    });
    const tested = opened.comparisons.testedClips(comparison, 0);
    for (const signal of ['update', 'hidden']) {
      const unit = 7;
      const found = await likes.of(LikesQuery.parse({ run: gru.id, layer: 0, signal, unit }), quietly());
      const sizeOf = signal === 'hidden' ? Math.abs : (value: number) => value;
      const plain: { clip: number; truth: string; value: number; time: number }[] = [];
      for (const { clip, truth } of tested) {
        const seen = await inspections.signals(gru.id, clip, { layer: 0, reverse: false });
        const first = seen.names.indexOf(signal) * seen.frames;
        let [value, time] = [-Infinity, 0];
        for (let t = 0; t < seen.frames; t++) {
          const here = seen.values[(first + t) * seen.units + unit];
          if (value === -Infinity || sizeOf(here) > sizeOf(value)) [value, time] = [here, seen.start + t * seen.hop];
        }
        plain.push({ clip, truth, value, time });
      }
      const strongest = plain.toSorted((a, b) => sizeOf(b.value) - sizeOf(a.value));
      expect(found.moments).toHaveLength(Math.min(20, tested.length));
      found.moments.forEach((moment, rank) => {
        expect(moment.value).toBeCloseTo(strongest[rank].value, 5);
        const own = plain.find(({ clip }) => clip === moment.clip)!;
        expect(moment).toMatchObject({ truth: own.truth });
        expect(moment.value).toBeCloseTo(own.value, 5);
        expect(moment.time).toBeCloseTo(own.time, 6);
      });
      for (const { label, mean, n } of found.classes) {
        const own = plain.filter(({ truth }) => truth === label).map(({ value }) => sizeOf(value));
        expect(n).toBe(own.length);
        expect(mean).toBeCloseTo(own.reduce((a, b) => a + b, 0) / own.length, 5);
      }
      const [a, b] = found.classes.map(({ mean }) => mean);
      expect(found.selectivity).toBeCloseTo((a - b) / (a + b), 9);
    }
  });

  test('of a second unit is there at once; what is not there is said', async () => {
    begin();
    const ask = (changes: Partial<LikesQuery>) =>
      likes.of(LikesQuery.parse({ run: gru.id, layer: 0, signal: 'hidden', unit: 0, ...changes }), quietly());
    await ask({});
    asked.length = 0;
    expect((await ask({ unit: 5 })).unit).toBe(5);
    expect(asked).toEqual([]);
    await expect(ask({ unit: 12 })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(ask({ signal: 'forget' })).rejects.toMatchObject({ kind: 'bad-input', where: 'signal' });
    await expect(ask({ layer: 3 })).rejects.toMatchObject({ kind: 'not-found' });
  });
});
