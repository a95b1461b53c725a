import type { ReportFile } from '#shared/contract/reports.ts';

/** Reports by comparison, the one written last first; within, the newest files first. */
export function groupReports(files: readonly ReportFile[]): { comparison: number; files: ReportFile[] }[] {
  const groups = new Map<number, ReportFile[]>();
  for (const file of [...files].sort((a, b) => b.createdAt.localeCompare(a.createdAt)))
    groups.set(file.comparison, [...(groups.get(file.comparison) ?? []), file]);
  return [...groups].map(([comparison, own]) => ({ comparison, files: own }));
}
