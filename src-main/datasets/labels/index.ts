import type { LabelFormat } from '#shared/domain/region.ts';
import { audacity } from './audacity.ts';
import { csv } from './csv.ts';
import type { LabelFileFormat } from './format.ts';
import { labelStudio } from './label-studio.ts';
import { rttm } from './rttm.ts';
import { textGrid } from './textgrid.ts';
import { timitPhones, timitWords } from './timit.ts';

/** All formats of label files, the surest to be told first. Another one is one more file, and one more name here. */
export const labelFormats: readonly LabelFileFormat[] = [
  ...[textGrid, labelStudio, timitPhones, timitWords, rttm, csv, audacity],
];

export function labelFormat(format: LabelFormat): LabelFileFormat {
  return labelFormats.find((each) => each.format === format)!;
}

/** The format of a label file by what is in it and how it is called; null when it is none. */
export function recogniseLabels(text: string, name: string): LabelFileFormat | null {
  return labelFormats.find((format) => format.match(text, name)) ?? null;
}

/** Whether a file may hold labels, by its ending. */
export function isLabelName(name: string): boolean {
  const ending = /\.(\w+)$/.exec(name)?.[1].toLowerCase();
  return labelFormats.some(({ extensions }) => extensions.includes(ending ?? ''));
}
