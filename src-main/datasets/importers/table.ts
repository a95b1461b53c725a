import { readFile } from 'node:fs/promises';
import path from 'node:path';
import Papa from 'papaparse';
import type { FolderLook } from '../look.ts';
import type { ImportPlan, PlannedClip } from './importer.ts';

export interface TableRow {
  /** In the file, counted from 1. */
  line: number;
  values: string[];
}

/** A table with a row of headers, as text. */
export interface Table {
  /** In lower case. */
  headers: string[];
  rows: TableRow[];
}

/** Parses separated values: commas, semicolons or tabs, whichever its headers have most. Values are trimmed; empty rows are left out. */
export function parseTable(text: string, delimiter?: string): Table {
  const plain = text.replace(/^\uFEFF/, '');
  const { data } = Papa.parse<string[]>(plain, { delimiter: delimiter ?? delimiterOf(plain) });
  const rows: TableRow[] = [];
  let line = 1;
  for (const values of data) {
    if (values.some((value) => value.trim() !== '')) rows.push({ line, values: values.map((value) => value.trim()) });
    // A quoted value may itself run over several lines.
    line += 1 + values.reduce((breaks, value) => breaks + value.split('\n').length - 1, 0);
  }
  const headers = (rows.shift()?.values ?? []).map((header) => header.toLowerCase());
  return { headers, rows };
}

/** What is in the values may hold more of another mark than there are of the one between them; a header hardly. */
function delimiterOf(text: string): string {
  const [headers = ''] = /^.*\S.*$/m.exec(text) ?? [];
  const count = (mark: string) => headers.split(mark).length;
  return [',', ';', '\t'].reduce((most, mark) => (count(mark) > count(most) ? mark : most));
}

/** Reads a .csv or .tsv file. */
export async function readTable(file: string): Promise<Table> {
  return parseTable(await readFile(file, 'utf8'), /\.tsv$/i.test(file) ? '\t' : undefined);
}

/** A table of a known dataset: its file (relative to the dataset's folder, `/` between folders) and its rows by header. */
export interface KnownTable {
  file: string;
  rows: { line: number; value(header: string): string }[];
}

/**
 * The first of the tables that is there and has these headers; null when none is.
 * @param files relative to the folder
 */
export async function knownTable(
  { path: folder, isFile }: Pick<FolderLook, 'path' | 'isFile'>,
  files: readonly string[],
  needed: readonly string[],
): Promise<KnownTable | null> {
  if (isFile) return null;
  for (const file of files) {
    const table = await readTable(path.join(folder, file)).catch(() => null);
    if (!table || !needed.every((header) => table.headers.includes(header))) continue;
    const columns = new Map(table.headers.map((header, index) => [header, index]));
    const rows = table.rows.map(({ line, values }) => ({
      line,
      value: (header: string) => values[columns.get(header) ?? -1] ?? '',
    }));
    return { file, rows };
  }
  return null;
}

/** The plan of a known table: a clip a row, or what is wrong with the row. */
export function planTable(
  table: KnownTable,
  clipOf: (row: KnownTable['rows'][number]) => PlannedClip | string,
): ImportPlan {
  const plan: ImportPlan = { clips: [], backgrounds: [], skipped: [] };
  const lines = new Map<string, number>();
  for (const row of table.rows) {
    const place = `${table.file}:${row.line}`;
    const clip = clipOf(row);
    const earlier = typeof clip === 'string' ? undefined : lines.get(clip.file);
    if (typeof clip === 'string') plan.skipped.push({ file: place, reason: clip });
    else if (earlier !== undefined) plan.skipped.push({ file: place, reason: `The same clip as in line ${earlier}.` });
    else {
      lines.set(clip.file, row.line);
      plan.clips.push({ ...clip, row: place });
    }
  }
  return plan;
}
