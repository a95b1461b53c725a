import path from 'node:path';
import { type ExportedLabels, exportLabels, type LabelExport } from '#main/datasets/labels/export.ts';
import { type ImportedLabels, importLabels, type LabelImport } from '#main/datasets/labels/import.ts';
import type { StartedJob } from '../jobs.ts';
import type { Services } from '../services.ts';

const sentence = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
const leftOut = (skipped: readonly unknown[]): string =>
  skipped.length > 0 ? ` ${sentence(skipped.length, 'thing', 'things')} left out or changed.` : '';

/** Brings labels in as a job; stopped, nothing has changed. */
export function importLabelFiles(
  { lab, jobs, changes }: Pick<Services, 'lab' | 'jobs' | 'changes'>,
  asked: LabelImport,
): StartedJob<ImportedLabels> {
  return jobs.start({
    ...{ kind: 'import', title: `Labels from ${path.basename(asked.path)}`, unit: 'files' },
    async run(report, signal) {
      report({ subject: asked.dataset });
      const onProgress = (done: number, total: number) => report({ done, total });
      const result = await importLabels(lab.store, asked, { signal, onProgress });
      if (result.clips > 0) changes.tell('studio', 'clips', 'datasets', 'comparisons', 'history');
      return result;
    },
    ended: ({ clips, regions, skipped }) =>
      `${sentence(regions, 'region', 'regions')} of ${sentence(clips, 'clip', 'clips')}.${leftOut(skipped)}`,
  });
}

/** Writes labels as a job. `folder` null: the lab's own. */
export function exportLabelFiles(
  { lab, jobs }: Pick<Services, 'lab' | 'jobs'>,
  asked: Omit<LabelExport, 'folder'> & { folder: string | null },
): StartedJob<ExportedLabels> {
  const folder = asked.folder ?? lab.path('reports', 'labels');
  return jobs.start({
    ...{ kind: 'export', title: `Labels of ${sentence(asked.clips.length, 'clip', 'clips')}`, unit: 'clips' },
    run(report, signal) {
      const onProgress = (done: number, total: number) => report({ done, total });
      return exportLabels(lab.store, { ...asked, folder }, { signal, onProgress });
    },
    ended: ({ files, skipped }) => `${sentence(files.length, 'file', 'files')} in ${folder}.${leftOut(skipped)}`,
  });
}
