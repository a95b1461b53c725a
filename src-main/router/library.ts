import { clipDetail, listClips } from '#main/lab/clips.ts';
import { removeDataset, renameDataset } from '#main/lab/dataset-steps.ts';
import { listDatasets, listSkipped } from '#main/lab/datasets.ts';
import { relabelClip } from '#main/lab/labels.ts';
import { datasetStatistics } from '#main/lab/statistics.ts';
import { checkFiles } from '#main/datasets/files.ts';
import { os } from './implementer.ts';
import type { Services } from './services.ts';

export function libraryRoom(services: Services) {
  const { lab, changes } = services;
  const { store } = lab;
  const { library } = os;
  return {
    datasets: library.datasets.handler(() => listDatasets(store)),
    import: library.import.handler(({ input }) => ({ job: services.importFolder(input).id })),
    sample: library.sample.handler(() => ({ job: services.renderSample().id })),
    statistics: library.statistics.handler(({ input }) => datasetStatistics(store, input.dataset)),
    skipped: library.skipped.handler(({ input }) => listSkipped(store, input.dataset)),
    clips: library.clips.handler(({ input }) => listClips(store, input)),
    clip: library.clip.handler(({ input }) => clipDetail(store, input.clip)),
    split: library.split.handler(({ input }) => services.countSplit(input.dataset, input.split)),
    rename: library.rename.handler(({ input }) => {
      renameDataset(store, input.dataset, input.name);
      changes.tell('datasets', 'comparisons', 'history');
      return {};
    }),
    remove: library.remove.handler(({ input }) => {
      removeDataset(store, input.dataset);
      changes.tell('datasets', 'comparisons', 'history');
      return {};
    }),
    checkFiles: library.checkFiles.handler(async ({ input, signal }) => {
      const found = await checkFiles(store, input.dataset, { signal });
      changes.tell('datasets', 'clips');
      return found;
    }),
    relocate: library.relocate.handler(({ input }) => services.relocate(input.dataset, input.folder).result),
    relabel: library.relabel.handler(({ input }) => {
      const clip = relabelClip(store, input.clip, input.label);
      changes.tell('clips', 'studio', 'history', 'datasets', 'comparisons');
      return clip;
    }),
  };
}
