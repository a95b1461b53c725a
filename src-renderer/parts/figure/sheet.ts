import { FAINT, figureOf, text, wrapped, type Figure } from './svg.ts';

interface Sheet {
  title: string;
  /** What stands for what, drawn around a line at 0; and how far it reaches up and down. */
  legend: string;
  legendHeight: number;
  /** The chart itself, from 0 to `height`. */
  drawing: string;
  width: number;
  height: number;
  /** What every number rests on, a paragraph each. */
  notes: readonly string[];
}

const MARGIN = 16;
const TITLE = { line: 19, characters: 88 };
const NOTE = { line: 15, characters: 132 };

/** A chart with its title and legend above and its notes below, however long those are. */
export function sheet({ title, legend, legendHeight, drawing, width, height, notes }: Sheet): Figure {
  const titles = wrapped(title, TITLE.characters);
  const lines = notes.flatMap((note) => wrapped(note, NOTE.characters));
  const legendAt = 12 + TITLE.line * titles.length + legendHeight;
  const top = legendAt + legendHeight + 4;
  const foot = top + height + NOTE.line;
  return figureOf(width, foot + NOTE.line * lines.length, [
    ...titles.map((words, row) => text(MARGIN, 22 + TITLE.line * row, words, 'font-size="15" font-weight="600"')),
    `<g transform="translate(0 ${legendAt})">${legend}</g>`,
    `<g transform="translate(0 ${top})">${drawing}</g>`,
    ...lines.map((words, row) => text(MARGIN, foot + NOTE.line * row, words, `font-size="10.5" fill="${FAINT}"`)),
  ]);
}
