import { statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { LabInfo, Status } from '#shared/contract/lab.ts';
import type { ReportFile, ReportFormat } from '#shared/contract/reports.ts';
import type { ImportResult, Layout } from '#shared/domain/dataset.ts';
import type { SplitCounts, SplitSpec } from '#shared/domain/split.ts';
import type { Doctor } from '#shared/domain/system.ts';
import { Scratch } from '#main/audio/scratch.ts';
import { SoundPool } from '#main/audio/sound-pool.ts';
import { createClipSounds } from '#main/audio/sounds/clip-sounds.ts';
import type { ClipSounds, PartOptions, SoundOptions } from '#main/audio/sounds/types.ts';
import { relocate } from '#main/datasets/files.ts';
import { importDataset } from '#main/datasets/import.ts';
import type { Inspect } from '#main/datasets/inspect.ts';
import { importSample } from '#main/datasets/sample/render.ts';
import { makeSplit } from '#main/datasets/split/split.ts';
import { drawSpectrogram } from '#main/features/draw.ts';
import { trackOnThread } from '#main/features/overlays/on-thread.ts';
import type { OverlayOptions, OverlayTrack } from '#main/features/overlays/track.ts';
import type { PictureOptions, SpectrogramPicture } from '#main/features/picture.ts';
import { createComparisons } from '#main/experiments/comparisons.ts';
import type { Comparisons } from '#main/experiments/types.ts';
import { predictFiles, type FilePrediction } from '#main/experiments/predict.ts';
import { clipRecord, datasetClips, markMissing } from '#main/lab/clips.ts';
import { getDataset, listDatasets } from '#main/lab/datasets.ts';
import type { Host } from '#main/lab/host.ts';
import type { Lab } from '#main/lab/lab.ts';
import { listReports, noteReport, reportFile } from '#main/lab/reports.ts';
import { readSetting, writeSetting } from '#main/lab/settings.ts';
import { exportReport } from '#main/reports/export.ts';
import { Changes } from './changes.ts';
import { examine, VERSION } from './doctor.ts';
import { Engine } from './engine.ts';
import { Jobs, type StartedJob } from './jobs.ts';
import { reportSource } from './report-source.ts';

/** Memory and free space are looked at this often while a window shows them. */
const LOOK_MS = 2000;
const DRAWING_THREADS = Math.min(4, Math.max(2, availableParallelism()));
const RENDERING_THREADS = 2;
/** Set once the sample has been offered: whoever removes it is not given it again. */
const SAMPLE_OFFERED = 'sample-offered';

/** All that a host needs of an open lab: the rooms below, put together. */
export interface Services {
  readonly lab: Lab;
  readonly host: Host;
  readonly jobs: Jobs;
  readonly changes: Changes;
  /** Clips as edited. */
  readonly sounds: ClipSounds;
  readonly comparisons: Comparisons;
  readonly engine: Engine;
  info(): LabInfo;
  doctor(): Promise<Doctor>;
  status(): Status;
  /** Calls `changed` when `status()` may answer something new; answers how to stop. */
  onStatus(changed: () => void): () => void;
  cancelJob(job: string): Promise<void>;
  dismissJob(job: string): void;
  importFolder(options: { path: string; layout: Layout | null; name: string | null }): StartedJob<ImportResult>;
  renderSample(): StartedJob<ImportResult>;
  /** The sample's dataset, whole and ready; null when it has to be rendered. */
  sampleDataset(): number | null;
  countSplit(dataset: number, split: SplitSpec): SplitCounts;
  relocate(dataset: number, folder: string): StartedJob<{ found: number; missing: number }>;
  exportReport(comparison: number, formats: ReportFormat[], folder: string | null): StartedJob<ReportFile[]>;
  listReports(): ReportFile[];
  reportFile(comparison: number, name: string): ReportFile;
  predict(run: number, files: string[], signal: AbortSignal): Promise<FilePrediction[]>;
  /** The spectrogram of a part of a clip as edited, drawn on a thread. */
  spectrogram(
    clip: number,
    options: Partial<PictureOptions> & PartOptions,
    stop?: AbortSignal,
  ): Promise<SpectrogramPicture>;
  /** An overlay of a part of a clip as edited, computed on a thread. */
  overlay(clip: number, options: OverlayOptions & SoundOptions, stop?: AbortSignal): Promise<OverlayTrack>;
  /** What a lab does when its window opens: the first time it renders the sample. */
  welcome(): void;
  /** Ends trainers, jobs and threads, and waits for them. */
  close(): Promise<void>;
}

export function createServices(lab: Lab, host: Host): Services {
  const { store } = lab;
  const jobs = new Jobs();
  const changes = new Changes();
  const pool = new SoundPool({ entry: host.entry('feature-worker') });
  // A window that scrolls waits for no import, and for no hour that is being rendered.
  const drawing = new SoundPool({ entry: host.entry('feature-worker'), workers: DRAWING_THREADS });
  const rendering = new SoundPool({ entry: host.entry('feature-worker'), workers: RENDERING_THREADS });
  const places = { scratch: lab.path('scratch'), kept: lab.path('audio', 'kept') };
  new Scratch(places.scratch).sweep();
  const sounds = createClipSounds({
    ...{ places, drawing, rendering },
    find: (clip) => clipRecord(store, clip),
    onMissing(clip, missing) {
      markMissing(store, clip.id, missing);
      changes.tell('clips', 'datasets');
    },
  });
  const comparisons = createComparisons({ lab, host, pool });
  const stopListening = comparisons.onChange(() => changes.tell('comparisons'));
  const inspect: Inspect = (paths, options) => pool.inspect(paths, options);

  const engine = new Engine(lab, host);

  const services: Services = {
    ...{ lab, host, jobs, changes, sounds, comparisons, engine },
    info: () => ({
      path: lab.folder,
      host: host.name === 'electron' ? 'electron' : 'web',
      version: VERSION,
      nativeDialogs: host.choosePath !== undefined,
      datasets: listDatasets(store).length,
      comparisons: comparisons.list().length,
      interrupted: comparisons.interrupted(),
    }),
    doctor: async () => examine(lab, await engine.start()),
    status: () => ({
      jobs: [...jobs.list(), ...comparisons.jobs()],
      backend: engine.report?.name ?? '',
      instructionSet: engine.report?.instructionSet ?? null,
      threads: engine.report?.threads ?? 0,
      memoryMB: Math.round(
        process.memoryUsage.rss() / 2 ** 20 + comparisons.trainers().reduce((sum, { memoryMB }) => sum + memoryMB, 0),
      ),
      freeDiskGB: freeDiskGB(lab.folder),
    }),
    onStatus(changed) {
      if (engine.report === null) engine.start().then(changed, changed);
      const timer = setInterval(changed, LOOK_MS);
      const stops = [jobs.onChange(changed), comparisons.onChange(changed), () => clearInterval(timer)];
      return () => stops.forEach((stop) => stop());
    },
    cancelJob: async (job) => (jobs.has(job) ? jobs.cancel(job) : comparisons.cancelJob(job)),
    dismissJob: (job) => (jobs.has(job) ? jobs.dismiss(job) : comparisons.dismissJob(job)),
    importFolder: (options) =>
      jobs.start({
        ...{ kind: 'import', title: `Import ${path.basename(options.path)}`, unit: 'files' },
        async run(report, signal) {
          try {
            const onProgress = ({ done, total, dataset }: { done: number; total: number; dataset: number }) => {
              report({ done, total, subject: dataset });
              changes.tell('datasets');
            };
            const result = await importDataset(lab, { ...options, inspect, signal, onProgress });
            report({ subject: result.dataset });
            return result;
          } finally {
            changes.tell('datasets', 'clips');
          }
        },
        ended: importedWords,
      }),
    renderSample: () =>
      jobs.start({
        ...{ kind: 'sample', title: 'Render the built-in sample', unit: 'clips' },
        async run(report, signal) {
          try {
            const onProgress = (done: number, total: number) => report({ done, total });
            const result = await importSample(lab, { inspect, signal, onProgress });
            report({ subject: result.dataset });
            return result;
          } finally {
            changes.tell('datasets', 'clips');
          }
        },
        ended: importedWords,
      }),
    sampleDataset: () =>
      listDatasets(store).find(({ layout, state }) => layout === 'sample' && state === 'ready')?.id ?? null,
    countSplit: (dataset, split) => makeSplit(datasetClips(store, dataset), split).counts,
    relocate: (dataset, folder) =>
      jobs.start({
        ...{ kind: 'relocate', title: `Find the files of ${getDataset(store, dataset).name}`, unit: 'files' },
        run: (report, signal) =>
          relocate(store, dataset, folder, inspect, {
            signal,
            onProgress: (done, total) => report({ done, total, subject: dataset }),
          }).finally(() => changes.tell('datasets', 'clips')),
        ended: ({ found, missing }) => `${found} found, ${missing} still missing.`,
      }),
    exportReport: (comparison, formats, folder) =>
      jobs.start({
        ...{ kind: 'report', title: `Report of ${comparisons.view(comparison).name}`, unit: 'files' },
        async run(report, signal) {
          const source = reportSource(comparison, { store, comparisons, sounds, doctor: await services.doctor() });
          const onProgress = (done: number, total: number) => report({ done, total, subject: comparison });
          const files = await exportReport(source, formats, folder ?? lab.path('reports'), { signal, onProgress });
          for (const file of files) noteReport(store, file);
          changes.tell('reports');
          return files;
        },
        ended: (files) => files.map(({ path: file }) => file).join(', '),
      }),
    listReports: () => listReports(store),
    reportFile: (comparison, name) => reportFile(store, comparison, name),
    async predict(run, files, signal) {
      await engine.start();
      return predictFiles(lab, run, files, signal);
    },
    async spectrogram(clip, { edit, ...options }, stop) {
      const { signal } = await sounds.sound(clip, { edit });
      return drawSpectrogram(sounds.run, signal, options, stop);
    },
    async overlay(clip, { edit, ...options }, stop) {
      const { signal } = await sounds.sound(clip, { edit });
      return trackOnThread(sounds.run, signal, options, stop);
    },
    welcome() {
      if (readSetting(store, SAMPLE_OFFERED) !== null || listDatasets(store).length > 0) return;
      services.renderSample().result.then(
        () => writeSetting(store, SAMPLE_OFFERED, 'yes'),
        // The job keeps the failure for the window; the next start tries again.
        () => {},
      );
    },
    async close() {
      stopListening();
      engine.close();
      await Promise.all([jobs.close(), comparisons.close()]);
      await Promise.all([pool, drawing, rendering].map((threads) => threads.close()));
    },
  };
  return services;
}

const importedWords = ({ clips, added, classes, skipped }: ImportResult): string =>
  `${clips} clips (${added} new), ${classes.length} classes${skipped.length > 0 ? `, ${skipped.length} left out` : ''}.`;

function freeDiskGB(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return Math.round((bavail * bsize) / 1e8) / 10;
  } catch {
    return null;
  }
}
