import { decimal, linesOf, oneLine, sixDigits } from './files.ts';
import type { LabelFileFormat, Problem, ReadRegion } from './format.ts';

/**
 * A label track of Audacity, as its manual has it: "start TAB end TAB label" in seconds; a line "\ TAB low TAB high" after it gives
 * the frequencies (Hz) of a spectral selection. A track has no name in the file.
 */
export const audacity: LabelFileFormat = {
  ...{ format: 'audacity', extensions: ['txt'], filePer: 'tier' },
  holds: { frequencies: true, notes: false, overlaps: true, points: true, blanks: false, clipLabels: false },
  match(text) {
    const first = linesOf(text)[0]?.words.split('\t') ?? [];
    return first.length >= 2 && !Number.isNaN(decimal(first[0])) && !Number.isNaN(decimal(first[1]));
  },
  read(text, { tier }) {
    const regions: ReadRegion[] = [];
    const problems: Problem[] = [];
    /** The label a frequency line would belong to. */
    let last: ReadRegion | null = null;
    for (const { line, words } of linesOf(text)) {
      const fields = words.split('\t');
      if (fields[0].trim() === '\\') {
        const [low, high] = [decimal(fields[1]), decimal(fields[2])];
        if (!last || Number.isNaN(low) || Number.isNaN(high))
          problems.push({ line, reason: 'A line of frequencies without a label before it, or without two numbers.' });
        // A frequency below 0 stands for none.
        else if (low >= 0 && high > 0) [last.fMin, last.fMax] = [low, high];
        else if (low >= 0 || high > 0)
          problems.push({ line, reason: 'A box open to one side is held as all frequencies.' });
        last = null;
        continue;
      }
      const [start, end] = [decimal(fields[0]), decimal(fields[1])];
      if (Number.isNaN(start) || Number.isNaN(end)) {
        last = null;
        problems.push({ line, reason: 'The line is not start, end and label with tabs between. It was left out.' });
        continue;
      }
      last = { line, start, end, fMin: null, fMax: null, label: fields.slice(2).join(' ').trim(), note: '' };
      regions.push(last);
    }
    return { clips: [{ file: null, label: null, tiers: [{ name: tier, kind: 'regions', regions }] }], problems };
  },
  write: ([{ tiers }]) =>
    tiers
      .flatMap(({ regions }) => regions)
      .map(({ start, end, label, fMin, fMax }) => {
        const line = [sixDigits(start), sixDigits(end), oneLine(label)].join('\t');
        const box = fMin === null || fMax === null ? '' : `\\\t${sixDigits(fMin)}\t${sixDigits(fMax)}\n`;
        return `${line}\n${box}`;
      })
      .join(''),
};
