import type { ReportFile } from '#shared/contract/reports.ts';
import { HarkError } from '#shared/domain/errors.ts';
import path from 'node:path';
import type { Store } from './store.ts';

type Row = Omit<ReportFile, 'name'>;

const COLUMNS = 'comparison_id as comparison, format, path, bytes, created_at as createdAt';
const named = (row: Row): ReportFile => ({ ...row, name: path.basename(row.path) });

/** The reports written so far, the newest first. */
export function listReports(store: Store): ReportFile[] {
  return (store.prepare(`select ${COLUMNS} from report order by created_at desc, path`).all() as Row[]).map(named);
}

/** Notes a report's file; one written again replaces itself. */
export function noteReport(store: Store, { comparison, format, path: file, bytes, createdAt }: ReportFile): void {
  store
    .prepare('insert or replace into report (comparison_id, format, path, bytes, created_at) values (?, ?, ?, ?, ?)')
    .run(comparison, format, file, bytes, createdAt);
}

/** A comparison's report by its file name: only files that Hark has written are ever served. @throws HarkError `not-found` */
export function reportFile(store: Store, comparison: number, name: string): ReportFile {
  const found = listReports(store).find((file) => file.comparison === comparison && file.name === name);
  if (!found) throw new HarkError('not-found', 'There is no such report.', { where: name });
  return found;
}
