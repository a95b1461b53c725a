import { existsSync } from 'node:fs';
import path from 'node:path';
import { HarkError } from '#shared/domain/errors.ts';
import type { FolderLook } from '../look.ts';
import { relativeTo } from '../walk.ts';
import { PART_NAMES } from './folder.ts';
import { type Importer, type ImportPlan, type PlannedClip, wholeFile } from './importer.ts';
import { readTable, type TableRow } from './table.ts';

/** What a manifest may say of a clip, and the headers that say it (letter case ignored). */
const COLUMNS = {
  path: ['path', 'file', 'filename', 'file_name', 'filepath', 'file_path', 'slice_file_name'],
  label: ['label', 'class', 'category'],
  speaker: ['speaker', 'speaker_id', 'client_id'],
  source: ['source', 'src_file'],
  split: ['split', 'part', 'subset'],
  fold: ['fold'],
  start: ['start'],
  end: ['end'],
};
type Column = keyof typeof COLUMNS;

/** Folders beside a manifest (or beside its folder) in which known datasets keep the sound its paths name. */
const SOUND_FOLDERS = ['', 'audio', 'clips', 'wavs', 'recordings'];

/** A table of clips: path and label, optionally speaker, source, split, fold, start and end (seconds). Paths are relative to it. */
export const csvManifest: Importer = {
  layout: 'csv',
  looks:
    'a .csv or .tsv file (or a folder with exactly one) with columns path and label, optionally speaker, split, fold, start, end',
  async match(look) {
    const file = manifestOf(look);
    if (!file) return null;
    const manifest = await readManifest(file).catch(() => null);
    if (!manifest || !('path' in manifest.columns && 'label' in manifest.columns)) return null;
    if (countFound(manifest, soundBase(manifest)) === 0) return null;
    return { score: look.isFile ? 1 : 0.85, reason: `${path.basename(file)} names files and labels` };
  },
  root: (look) => manifestOf(look) ?? look.path,
  async open(look) {
    const file = manifestOf(look);
    if (!file)
      throw new HarkError('bad-input', 'There is not exactly one .csv or .tsv file here.', {
        where: look.path,
        remedy: 'Choose the manifest itself.',
      });
    const manifest = await readManifest(file);
    for (const column of ['path', 'label'] as const)
      if (!(column in manifest.columns))
        throw new HarkError('bad-input', `The manifest has no column for the ${column}.`, {
          where: file,
          remedy: `Name one of its columns ${COLUMNS[column].join(', ')}.`,
        });
    return planRows(manifest);
  },
};

interface Manifest {
  file: string;
  /** Index of each column that is there. */
  columns: Partial<Record<Column, number>>;
  rows: TableRow[];
}

function manifestOf(look: FolderLook): string | null {
  const isTable = (name: string) => /\.(csv|tsv)$/i.test(name);
  if (look.isFile) return isTable(look.path) ? look.path : null;
  const tables = look.files.filter(isTable);
  return tables.length === 1 ? path.join(look.path, tables[0]) : null;
}

async function readManifest(file: string): Promise<Manifest> {
  const { headers, rows } = await readTable(file);
  const columns: Manifest['columns'] = {};
  for (const [column, names] of Object.entries(COLUMNS)) {
    const name = names.find((candidate) => headers.includes(candidate));
    if (name !== undefined) columns[column as Column] = headers.indexOf(name);
  }
  return { file, columns, rows };
}

function planRows(manifest: Manifest): ImportPlan {
  const plan: ImportPlan = { clips: [], backgrounds: [], skipped: [] };
  const name = path.basename(manifest.file);
  const folder = path.dirname(manifest.file);
  const base = soundBase(manifest);
  const lines = new Map<string, number>();
  for (const { line, values } of manifest.rows) {
    const row = `${name}:${line}`;
    const clip = readRow(manifest, values, (file) => relativeTo(folder, path.resolve(base, file)));
    const key = typeof clip === 'string' ? '' : `${clip.file}\n${clip.start}\n${clip.end}`;
    const earlier = lines.get(key);
    if (typeof clip === 'string') plan.skipped.push({ file: row, reason: clip });
    else if (earlier !== undefined) plan.skipped.push({ file: row, reason: `The same clip as in line ${earlier}.` });
    else {
      lines.set(key, line);
      plan.clips.push({ ...clip, row });
    }
  }
  return plan;
}

/** The clip a row describes, or what is wrong with the row. */
function readRow(manifest: Manifest, values: string[], place: (file: string) => string): PlannedClip | string {
  const value = (column: Column) => values[manifest.columns[column] ?? -1] || null;
  const file = value('path')?.replaceAll('\\', '/');
  const label = value('label');
  if (!file) return 'The row names no file.';
  if (!label) return `The row has no label: ${file}.`;
  const split = value('split');
  const official = split === null ? null : PART_NAMES[split.toLowerCase()];
  if (official === undefined) return `"${split}" is no part; the parts are train, validation and test.`;
  const start = seconds(value('start'));
  const end = seconds(value('end'));
  if (Number.isNaN(start) || Number.isNaN(end)) return 'Start or end is not a number of seconds.';
  if (end !== null && end <= (start ?? 0)) return `The end (${end} s) is not after the start (${start ?? 0} s).`;
  const [speaker, source, fold] = [value('speaker'), value('source'), value('fold')];
  return wholeFile(place(file), label, { speaker, source, official, fold, start, end });
}

function seconds(value: string | null): number | null {
  if (value === null) return null;
  const number = Number(value);
  return number >= 0 && Number.isFinite(number) ? number : NaN;
}

/** The folder most of the first rows' files are found under; the manifest's own when there is no better. */
function soundBase(manifest: Manifest): string {
  const folder = path.dirname(manifest.file);
  const bases = [folder, path.dirname(folder)].flatMap((place) => SOUND_FOLDERS.map((name) => path.join(place, name)));
  let best = { base: folder, found: 0 };
  for (const base of bases) {
    const found = countFound(manifest, base);
    if (found > best.found) best = { base, found };
  }
  return best.base;
}

function countFound(manifest: Manifest, base: string): number {
  const files = manifest.rows.slice(0, 50).map(({ values }) => values[manifest.columns.path ?? -1]);
  return files.filter((file) => file && existsSync(path.resolve(base, file.replaceAll('\\', '/')))).length;
}
