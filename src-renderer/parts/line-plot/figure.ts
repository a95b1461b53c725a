import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { cellStyle } from '../cells.ts';
import { FAINT, figureOf, INK, line, marker, text, type Figure } from '../figure/svg.ts';
import { pathOf, plotLayout, type PlotData } from './layout.ts';

const [WIDTH, TOP, CHART] = [900, 54, 400];
const ROW = 16;
const GRID = '#d9dce5';
const CLIP = 'plot-area';

interface Words {
  title: string;
  /** What every number rests on, a line each. */
  notes: readonly string[];
}

/** A chart of lines to take away: for paper, dark on white. */
export function plotFigure(data: PlotData, { title, notes }: Words): Figure {
  const { plot, xTicks, yTicks, lines, references } = plotLayout(data, WIDTH, CHART);
  const cells = [...new Set(data.lines.map(({ cell }) => cell))];
  const stroke = (cell: (typeof cells)[number], width: number) => {
    const { colour, dash } = cellStyle(cell, 'light');
    return `stroke="${colour}" stroke-width="${width}"${dash ? ` stroke-dasharray="${dash}"` : ''}`;
  };
  const drawing = [
    ...yTicks.flatMap(({ y, words }) => [
      line(plot.left, y, plot.right, y, `stroke="${GRID}"`),
      text(plot.left - 6, y + 4, words, 'text-anchor="end"'),
    ]),
    line(plot.left, plot.bottom, plot.right, plot.bottom, `stroke="${INK}"`),
    ...xTicks.map(({ x, words }) => text(x, plot.bottom + 16, words, 'text-anchor="middle"')),
    text((plot.left + plot.right) / 2, CHART - 4, data.x.title, `text-anchor="middle" fill="${FAINT}"`),
    `<g clip-path="url(#${CLIP})">`,
    ...lines.flatMap(({ line: { cell }, bands }) =>
      bands.map((band) => `<path d="${pathOf(band)}Z" fill="${cellStyle(cell, 'light').colour}" fill-opacity="0.14"/>`),
    ),
    ...references.map(
      ({ y, words }) =>
        line(plot.left, y, plot.right, y, `stroke="${FAINT}" stroke-dasharray="1 3"`) +
        text(plot.right - 4, y - 5, words, `text-anchor="end" fill="${FAINT}"`),
    ),
    ...lines.map(({ line: { cell, quiet }, pieces, marks }) => {
      const path = `<path d="${pieces.map(pathOf).join('')}" fill="none" ${stroke(cell, quiet ? 1.2 : 2)}/>`;
      const places = quiet ? [] : marks.map(([x, y]) => marker(cellStyle(cell, 'light'), x, y, 3.8));
      return `<g${quiet ? ' opacity="0.5"' : ''}>${path}${places.join('')}</g>`;
    }),
    '</g>',
    ...lines.map(({ line: { cell }, end }) =>
      end ? text(end.x + 7, end.y + 4, end.label, `font-weight="600" fill="${cellStyle(cell, 'light').colour}"`) : '',
    ),
  ];
  const legend = cells.map((cell, index) => {
    const x = plot.left + index * 100;
    return (
      line(x, 42, x + 30, 42, stroke(cell, 2)) +
      marker(cellStyle(cell, 'light'), x + 15, 42, 4) +
      text(x + 38, 46, CELL_NAMES[cell])
    );
  });
  const area = `<clipPath id="${CLIP}"><rect x="${plot.left}" y="${plot.top - 4}" width="${plot.right - plot.left + 4}" height="${plot.bottom - plot.top + 5}"/></clipPath>`;
  return figureOf(
    WIDTH,
    TOP + CHART + 14 + notes.length * ROW,
    [
      text(16, 22, title, 'font-size="15" font-weight="600"'),
      ...legend,
      text(WIDTH - 16, 46, data.y.title, `text-anchor="end" fill="${FAINT}"`),
      `<g transform="translate(0 ${TOP})">${drawing.join('')}</g>`,
      ...notes.map((note, row) => text(16, TOP + CHART + 18 + row * ROW, note, `font-size="10.5" fill="${FAINT}"`)),
    ],
    `<defs>${area}</defs>`,
  );
}
