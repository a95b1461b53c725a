import path from 'node:path';
import type { ReportFile, ReportFormat } from '#shared/contract/reports.ts';
import type { ImportResult, Layout } from '#shared/domain/dataset.ts';
import { MEMORY_TASK_WORDS, type KeptMemoryRun, type MemorySettings } from '#shared/domain/memory.ts';
import type { SuspectSearch } from '#shared/domain/queue.ts';
import type { Doctor } from '#shared/domain/system.ts';
import type { SoundCoding } from '#main/audio/encode/sound.ts';
import type { Signal } from '#main/audio/signal/signal.ts';
import type { ClipSounds } from '#main/audio/sounds/types.ts';
import { type ExportOptions, exportSounds } from '#main/datasets/export-sounds.ts';
import { relocate } from '#main/datasets/files.ts';
import { importDataset } from '#main/datasets/import.ts';
import type { Inspect } from '#main/datasets/inspect.ts';
import { importSample } from '#main/datasets/sample/render.ts';
import type { MemoryLaboratory } from '#main/experiments/memory/memory.ts';
import type { SearchOptions } from '#main/experiments/suspects/recipe.ts';
import type { Suspects } from '#main/experiments/suspects/suspects.ts';
import type { Comparisons } from '#main/experiments/types.ts';
import { getDataset } from '#main/lab/datasets.ts';
import type { Lab } from '#main/lab/lab.ts';
import { noteReport } from '#main/lab/reports.ts';
import { exportReport } from '#main/reports/export.ts';
import type { Changes } from './changes.ts';
import type { Jobs, StartedJob } from './jobs.ts';
import { reportSource } from './report-source.ts';

type SoundExport = Pick<ExportOptions, 'clips' | 'coding' | 'regions'> & { folder: string | null };
type Exported = Awaited<ReturnType<typeof exportSounds>>;

/** What takes longer than a click: each is a job, with progress, that can be cancelled. */
export interface LongWork {
  importFolder(options: { path: string; layout: Layout | null; name: string | null }): StartedJob<ImportResult>;
  renderSample(): StartedJob<ImportResult>;
  relocate(dataset: number, folder: string): StartedJob<{ found: number; missing: number }>;
  findSuspects(options: SearchOptions): StartedJob<SuspectSearch>;
  /** Only one at a time. */
  runMemory(settings: MemorySettings): StartedJob<KeptMemoryRun>;
  exportReport(comparison: number, formats: ReportFormat[], folder: string | null): StartedJob<ReportFile[]>;
  /** Writes clips as they sound now; a job, which the signal stops too. */
  exportSounds(options: SoundExport, signal?: AbortSignal): Promise<Exported>;
}

export interface LongWorkParts {
  lab: Lab;
  jobs: Jobs;
  changes: Changes;
  inspect: Inspect;
  sounds: ClipSounds;
  comparisons: Comparisons;
  suspects: Suspects;
  memory: MemoryLaboratory;
  writeSound: (sound: Signal, file: string, coding: SoundCoding) => Promise<void>;
  doctor: () => Promise<Doctor>;
}

export function createLongWork(parts: LongWorkParts): LongWork {
  const { lab, jobs, changes, inspect, sounds, comparisons, suspects, memory, writeSound, doctor } = parts;
  const { store } = lab;
  return {
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
    findSuspects: (options) =>
      jobs.start({
        ...{ kind: 'suspects', title: `Suspect labels of ${getDataset(store, options.dataset).name}`, unit: 'epochs' },
        async run(report, signal) {
          report({ subject: options.dataset });
          try {
            return await suspects.find(options, { signal, report });
          } finally {
            changes.tell('studio');
          }
        },
        ended: ({ clips, accuracy }) =>
          `${clips} clips judged; ${(100 * accuracy).toFixed(1)} % of their labels are believed.`,
      }),
    runMemory: (settings) =>
      jobs.start({
        ...{ kind: 'memory', title: `Memory: ${MEMORY_TASK_WORDS[settings.task].name}`, unit: 'frames' },
        run: (report, signal) => memory.run(settings, { report, signal }, () => changes.tell('memory')),
        ended: ({ points, settings: { distances } }) =>
          `${points.length} points at distances from ${distances[0]} to ${distances.at(-1)}.`,
      }),
    exportReport: (comparison, formats, folder) =>
      jobs.start({
        ...{ kind: 'report', title: `Report of ${comparisons.view(comparison).name}`, unit: 'files' },
        async run(report, signal) {
          const source = reportSource(comparison, { store, comparisons, sounds, doctor: await doctor() });
          const onProgress = (done: number, total: number) => report({ done, total, subject: comparison });
          const files = await exportReport(source, formats, folder ?? lab.path('reports'), { signal, onProgress });
          for (const file of files) noteReport(store, file);
          changes.tell('reports');
          return files;
        },
        ended: (files) => files.map(({ path: file }) => file).join(', '),
      }),
    exportSounds: ({ folder, ...options }, stop) => {
      const { clips } = options;
      const job = jobs.start({
        ...{ kind: 'export', title: `Export ${clips.length} ${clips.length === 1 ? 'clip' : 'clips'}`, unit: 'clips' },
        run: (report, signal) =>
          exportSounds(store, {
            ...{ ...options, signal, folder: folder ?? lab.path('audio', 'exports') },
            render: async (clip) => (await sounds.sound(clip, { signal })).signal,
            write: writeSound,
            onProgress: (done, total) => report({ done, total }),
          }),
        ended: ({ files, folder: place, skipped }) =>
          `${files.length} files in ${place}${skipped.length > 0 ? `, ${skipped.length} clips left out` : ''}.`,
      });
      stop?.addEventListener('abort', () => jobs.cancel(job.id));
      return job.result;
    },
  };
}

const importedWords = ({ clips, added, classes, skipped }: ImportResult): string =>
  `${clips} clips (${added} new), ${classes.length} classes${skipped.length > 0 ? `, ${skipped.length} left out` : ''}.`;
