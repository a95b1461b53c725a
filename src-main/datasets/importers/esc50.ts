import path from 'node:path';
import type { Layout } from '#shared/domain/dataset.ts';
import { HarkError } from '#shared/domain/errors.ts';
import type { FolderLook } from '../look.ts';
import { type Importer, wholeFile } from './importer.ts';
import { type KnownTable, knownTable, planTable } from './table.ts';

const TABLES = ['meta/esc50.csv', 'esc50.csv'];
const HEADERS = ['filename', 'fold', 'category', 'esc10', 'src_file'];

const isTen = (row: KnownTable['rows'][number]) => row.value('esc10').toLowerCase() === 'true';

/** The dataset's folder, also where its table was pointed at. */
function folderOf(look: FolderLook): string {
  if (!look.isFile) return look.path;
  const folder = path.dirname(look.path);
  return path.basename(folder) === 'meta' ? path.dirname(folder) : folder;
}

const tableOf = (look: FolderLook) =>
  look.isFile && path.basename(look.path) !== 'esc50.csv'
    ? Promise.resolve(null)
    : knownTable({ path: folderOf(look), isFile: false }, TABLES, HEADERS);

/**
 * ESC-50 (Piczak, 2015): a table of clips in `audio/`, five folds. Clips cut from one recording of Freesound stay in one fold;
 * that recording is their source. ESC-10 is those of its rows that say so.
 */
function escImporter(layout: Layout, ten: boolean): Importer {
  const wanted = (table: KnownTable) => table.rows.filter((row) => !ten || isTen(row));
  return {
    layout,
    looks: `meta/esc50.csv with columns filename, fold, category, src_file, and the files in audio/${ten ? '; of it the rows with esc10 = True' : ''}`,
    async match(look) {
      const table = await tableOf(look);
      const tens = table?.rows.filter(isTen).length ?? 0;
      if (!table || table.rows.length === 0 || (ten && tens === 0)) return null;
      const only = tens === table.rows.length;
      const score = ten === only ? 1.2 : 1.1;
      return { score, reason: ten ? `${tens} rows of ${table.file} are of ESC-10` : `${table.file} with folds` };
    },
    root: folderOf,
    async open(look) {
      const table = await tableOf(look);
      if (!table)
        throw new HarkError('bad-input', 'There is no table esc50.csv of ESC-50 here.', {
          where: look.path,
          remedy: 'Choose the folder that holds meta and audio.',
        });
      return planTable({ ...table, rows: wanted(table) }, (row) => {
        const [file, label] = [row.value('filename'), row.value('category')];
        if (!file || !label) return 'The row lacks a file name or a category.';
        const [source, fold] = [row.value('src_file') || null, row.value('fold') || null];
        return wholeFile(`audio/${file}`, label, { source, fold });
      });
    },
  };
}

export const esc50 = escImporter('esc50', false);
export const esc10 = escImporter('esc10', true);
