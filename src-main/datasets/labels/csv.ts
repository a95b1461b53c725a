import Papa from 'papaparse';
import { HarkError } from '#shared/domain/errors.ts';
import type { NewTier } from '#main/lab/importing-regions.ts';
import { parseTable } from '../importers/table.ts';
import { decimal } from './files.ts';
import type { LabelFileFormat, Problem, ReadClip, ReadTier } from './format.ts';

const HEADERS = ['file', 'tier', 'kind', 'start', 'end', 'fMin', 'fMax', 'label', 'note'] as const;
type Header = (typeof HEADERS)[number];
const NEEDED: readonly Header[] = ['start', 'end', 'label'];

const lower = (header: Header) => header.toLowerCase();

/**
 * Hark's own table, which holds all there is: a region a row, seconds and Hz. A row without start and end is the label of the clip as
 * a whole. Without a column `file` the rows are of the sound the table is named after; without `tier` of one tier.
 */
export const csv: LabelFileFormat = {
  ...{ format: 'csv', extensions: ['csv', 'tsv'], filePer: 'all' },
  holds: { frequencies: true, notes: true, overlaps: true, points: true, blanks: true, clipLabels: true },
  match(text) {
    const { headers } = parseTable(text.slice(0, 2000));
    return NEEDED.every((header) => headers.includes(lower(header)));
  },
  read(text, context) {
    const { headers, rows } = parseTable(text);
    const missing = NEEDED.find((header) => !headers.includes(lower(header)));
    if (missing)
      throw new HarkError('bad-input', `The table has no column "${missing}".`, {
        remedy: `Its columns may be ${HEADERS.join(', ')}.`,
      });
    const column = Object.fromEntries(HEADERS.map((header) => [header, headers.indexOf(lower(header))]));
    const problems: Problem[] = [];
    const clips = new Map<string, ReadClip>();
    for (const { line, values } of rows) {
      const value = (header: Header) => values[column[header]] ?? '';
      const refuse = (reason: string) => problems.push({ line, reason: `${reason} The row was left out.` });
      const file = value('file');
      let clip = clips.get(file);
      if (!clip) clips.set(file, (clip = { file: file || null, label: null, tiers: [] }));
      if (column['file'] >= 0 && file === '') refuse('It names no file.');
      else if (value('start') === '' && value('end') === '') {
        if (value('label') === '') refuse('It has neither times nor a label.');
        else clip.label = value('label');
      } else {
        const start = decimal(value('start'));
        const end = value('end') === '' ? start : decimal(value('end'));
        const [fMin, fMax] = (['fMin', 'fMax'] as const).map((header) =>
          value(header) === '' ? null : decimal(value(header)),
        );
        if ([start, end, fMin, fMax].some(Number.isNaN)) refuse('A time or a frequency is not a number.');
        else
          tierOf(clip, value('tier') || context.tier, kindOf(value('kind'))).regions.push({
            ...{ line, start, end, fMin, fMax, label: value('label'), note: value('note') },
          });
      }
    }
    return { clips: [...clips.values()], problems };
  },
  write(clips) {
    const rows = clips.flatMap(({ file, label, tiers }) => [
      [file, '', '', '', '', '', '', label, ''],
      ...tiers.flatMap((tier) =>
        tier.regions.map(({ start, end, fMin, fMax, label: name, note }) =>
          [file, tier.name, tier.kind, start, end, fMin ?? '', fMax ?? '', name, note].map(String),
        ),
      ),
    ]);
    return Papa.unparse({ fields: [...HEADERS], data: rows }, { newline: '\n' }) + '\n';
  },
};

const kindOf = (word: string): NewTier['kind'] => (word === 'intervals' || word === 'points' ? word : 'regions');

function tierOf(clip: ReadClip, name: string, kind: NewTier['kind']): ReadTier {
  let tier = clip.tiers.find((each) => each.name === name);
  if (!tier) clip.tiers.push((tier = { name, kind, regions: [] }));
  return tier;
}
