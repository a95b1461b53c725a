import { HarkError } from '#shared/domain/errors.ts';
import type { FolderLook } from '../look.ts';
import { type Importer, wholeFile } from './importer.ts';
import { knownTable, planTable } from './table.ts';

const TABLES = ['metadata/UrbanSound8K.csv', 'UrbanSound8K.csv'];
const HEADERS = ['slice_file_name', 'fsid', 'fold', 'class'];

const tableOf = (look: FolderLook) => knownTable(look, TABLES, HEADERS);

/**
 * UrbanSound8K (Salamon et al., 2014): slices in `audio/fold1` to `audio/fold10`. The table's start and end are places in the
 * recording of Freesound a slice was cut from (its source), not in the slice.
 */
export const urbanSound8k: Importer = {
  layout: 'urbansound8k',
  looks: 'metadata/UrbanSound8K.csv, and the files in audio/fold1 to audio/fold10',
  async match(look) {
    const table = await tableOf(look);
    return table && table.rows.length > 0 ? { score: 1.2, reason: `${table.file} with folds` } : null;
  },
  async open(look) {
    const table = await tableOf(look);
    if (!table)
      throw new HarkError('bad-input', 'There is no table UrbanSound8K.csv here.', {
        where: look.path,
        remedy: 'Choose the folder that holds metadata and audio.',
      });
    // Some copies have the folds beside the table.
    const base = look.folders.includes('audio') ? 'audio/' : '';
    return planTable(table, (row) => {
      const [file, label, fold] = [row.value('slice_file_name'), row.value('class'), row.value('fold')];
      if (!file || !label || !fold) return 'The row lacks a file name, a class or a fold.';
      const note = row.value('salience') === '2' ? 'In the background of its recording.' : '';
      return wholeFile(`${base}fold${fold}/${file}`, label, { source: row.value('fsid') || null, fold, note });
    });
  },
};
