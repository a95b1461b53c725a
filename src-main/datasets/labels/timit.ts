import type { LabelFormat } from '#shared/domain/region.ts';
import type { LabelFileFormat, Problem, ReadRegion } from './format.ts';
import { linesOf, oneLine } from './files.ts';

const SEGMENT = /^\s*(\d{1,12})\s+(\d{1,12})\s+(\S.*?)\s*$/;

/** Lines "start end label", in sample numbers at the sound's rate. */
export function readSegments(text: string, sampleRate: number): { regions: ReadRegion[]; problems: Problem[] } {
  const regions: ReadRegion[] = [];
  const problems: Problem[] = [];
  for (const { line, words } of linesOf(text)) {
    const [, start, end, label] = SEGMENT.exec(words) ?? [];
    if (label === undefined)
      problems.push({ line, reason: 'The line is not two sample numbers and a label. It was left out.' });
    else {
      const [from, to] = [Number(start) / sampleRate, Number(end) / sampleRate];
      regions.push({ line, start: from, end: to, fMin: null, fMax: null, label, note: '' });
    }
  }
  return { regions, problems };
}

/** TIMIT's .phn and .wrd: one tier of intervals. Their times are sample numbers: nothing else says at which rate. */
function timitFormat(format: LabelFormat, ending: string, tier: string): LabelFileFormat {
  return {
    ...{ format, extensions: [ending], filePer: 'clip', tier },
    holds: { frequencies: false, notes: false, overlaps: false, points: false, blanks: false, clipLabels: false },
    match: (text, name) => name.toLowerCase().endsWith(`.${ending}`) && SEGMENT.test(linesOf(text)[0]?.words ?? ''),
    read(text, { sound }) {
      const { regions, problems } = readSegments(text, sound!.sampleRate);
      return { clips: [{ file: null, label: null, tiers: [{ name: tier, kind: 'intervals', regions }] }], problems };
    },
    write: ([{ sampleRate, tiers }]) =>
      tiers
        .flatMap(({ regions }) => regions)
        .map(
          ({ start, end, label }) =>
            [start, end].map((at) => Math.round(at * sampleRate)).join(' ') + ` ${oneLine(label)}\n`,
        )
        .join(''),
  };
}

export const timitPhones = timitFormat('timit-phn', 'phn', 'phones');
export const timitWords = timitFormat('timit-wrd', 'wrd', 'words');
