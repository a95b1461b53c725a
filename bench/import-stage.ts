/*
 * One stage of the import benchmark in a process of its own, so that its peak memory is its own:
 *
 *   node import-stage.ts STAGE LAB FOLDER
 *
 * answers one line of JSON, see `StageResult`.
 */
import { SoundPool } from '#main/audio/sound-pool.ts';
import { importDataset } from '#main/datasets/import.ts';
import { createComparisons } from '#main/experiments/comparisons.ts';
import { FeatureCache } from '#main/features/cache.ts';
import { prepareFeatures } from '#main/features/prepare.ts';
import { nodeHost } from '#main/hosts/node-host.ts';
import { datasetClips, listClips } from '#main/lab/clips.ts';
import { listDatasets } from '#main/lab/datasets.ts';
import { type Lab, openLab } from '#main/lab/lab.ts';
import { datasetStatistics } from '#main/lab/statistics.ts';
import { peakResidentMB } from '#main/training/memory.ts';
import type { ComparisonView } from '#shared/domain/comparison.ts';

export interface StageResult {
  /** Of the stage alone, without the start of the process. */
  ms: number;
  /** Clips it has dealt with. */
  clips: number;
  /** Largest resident memory of the process with its threads, MiB; of `train` the trainer's. */
  peakMB: number;
  /** Of `train`, what the process beside the trainer took. */
  mainPeakMB?: number;
}

const host = nodeHost('cli');
const dataset = (lab: Lab) => listDatasets(lab.store)[0].id;

const stages: Record<string, (lab: Lab, pool: SoundPool, folder: string) => Promise<Partial<StageResult>>> = {
  /** The process with an open lab and nothing done: what the others stand on. */
  idle: async () => ({ clips: 0 }),

  /** Twice on one lab: the second time adds nothing. */
  async import(lab, pool, folder) {
    const options = { path: folder, layout: null, name: null };
    const result = await importDataset(lab, { ...options, inspect: (paths, more) => pool.inspect(paths, more) });
    return { clips: result.clips };
  },

  async features(lab, pool) {
    using cache = FeatureCache.open(lab.path('features'));
    const comparisons = createComparisons({ lab, host, pool });
    const { features } = comparisons.defaults(dataset(lab));
    const clips = datasetClips(lab.store, dataset(lab));
    const prepared = await prepareFeatures(clips, features, cache, { pool });
    const skipped = prepared.find((clip) => clip.skipped);
    if (skipped) throw new Error(`clip ${skipped.id} was skipped: ${skipped.skipped!.reason}`);
    return { clips: prepared.length };
  },

  /** One epoch of a small GRU, the features being in the cache. */
  async train(lab, pool) {
    const comparisons = createComparisons({ lab, host, pool });
    const spec = comparisons.defaults(dataset(lab));
    const { comparison } = comparisons.start({
      ...spec,
      cells: ['gru'],
      model: { ...spec.model, hiddenSize: 64 },
      training: { ...spec.training, epochs: 1 },
    });
    let last: ComparisonView | null = null;
    for await (const view of comparisons.watch(comparison)) last = view;
    await comparisons.close();
    const [run] = last!.runs;
    if (!run.result) throw new Error(`the training did not end: ${last!.error}`);
    const { seconds } = run.epochs[0];
    return {
      ms: 1000 * seconds,
      clips: last!.split.train,
      peakMB: run.result.peakMemoryMB,
      mainPeakMB: peakResidentMB(),
    };
  },

  /** What the window asks of the library, the slowest of it. */
  async queries(lab) {
    const page = {
      dataset: dataset(lab),
      label: null,
      speaker: null,
      state: null,
      search: '',
      descending: false,
      limit: 100,
    };
    const asked = [
      ...(['file', 'label', 'speaker', 'duration', 'sampleRate'] as const).map(
        (sort) => () => listClips(lab.store, { ...page, only: 'all', sort, offset: 50_000 }),
      ),
      () => listClips(lab.store, { ...page, only: 'duplicate', sort: 'file', offset: 0 }),
      () => listClips(lab.store, { ...page, only: 'all', sort: 'file', search: 'zero 7', offset: 0 }),
      () => datasetStatistics(lab.store, page.dataset),
      () => listDatasets(lab.store),
    ];
    const times = asked.map((ask) => {
      const began = performance.now();
      ask();
      return performance.now() - began;
    });
    return { ms: Math.max(...times), clips: listDatasets(lab.store)[0].clips };
  },
};

const [, , name, labFolder, folder] = process.argv;
const lab = await openLab(labFolder, 'bench');
const pool = new SoundPool({ entry: host.entry('feature-worker') });
const began = performance.now();
const result = await stages[name](lab, pool, folder);
const ms = performance.now() - began;
await pool.close();
lab.close();
console.log(JSON.stringify({ ms, peakMB: peakResidentMB(), ...result }));
