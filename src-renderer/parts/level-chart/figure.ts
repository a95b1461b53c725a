import { cellStyle } from '../cells.ts';
import { sheet } from '../figure/sheet.ts';
import { FAINT, fixed, GRID, INK, line, marker, text, type Figure } from '../figure/svg.ts';
import { levelLayout, type LevelData, type Mark } from './layout.ts';

const [WIDTH, CHART] = [900, 430];

interface Words {
  title: string;
  /** What every number rests on, a line each. */
  notes: readonly string[];
  /** What markers stand for, where it is not the cells alone. */
  legend: readonly LegendEntry[];
}
export interface LegendEntry {
  name: string;
  cell: Parameters<typeof cellStyle>[0];
  hollow?: boolean;
}

/** A chart of levels to take away: for paper, dark on white. */
export function levelFigure(data: LevelData, { title, notes, legend }: Words): Figure {
  const layout = levelLayout(data, WIDTH, CHART);
  const { plot, slots, breakAt, values, marks, lines, reference } = layout;
  const drawing = [
    ...values.flatMap(({ y, words }) => [
      line(plot.left, y, plot.right, y, `stroke="${GRID}"`),
      text(plot.left - 6, y + 4, words, 'text-anchor="end"'),
    ]),
    line(plot.left, plot.bottom, plot.right, plot.bottom, `stroke="${INK}"`),
    breakAt === null ? '' : line(breakAt, plot.top, breakAt, plot.bottom, `stroke="${FAINT}" stroke-dasharray="2 3"`),
    ...slots.map(({ x }, index) =>
      text(x, plot.bottom + 16, data.slots[index].tick ?? data.slots[index].words, 'text-anchor="middle"'),
    ),
    text((plot.left + plot.right) / 2, CHART - 6, data.axis, `text-anchor="middle" fill="${FAINT}"`),
    reference === null
      ? ''
      : line(plot.left, reference, plot.right, reference, `stroke="${FAINT}" stroke-dasharray="1 3"`) +
        text(plot.left + 6, reference - 6, data.reference?.words ?? '', `fill="${FAINT}"`),
    ...lines.map(({ cell, points }) => {
      const { colour, dash } = cellStyle(cell, 'light');
      const places = points.map(([x, y]) => `${fixed(x)},${fixed(y)}`).join(' ');
      return `<polyline points="${places}" fill="none" stroke="${colour}" stroke-width="2"${dash ? ` stroke-dasharray="${dash}"` : ''}/>`;
    }),
    ...marks.map(drawMark),
  ];
  let x = 16;
  const legendParts = legend.map(({ name, cell, hollow }) => {
    const { colour, dash, ...look } = cellStyle(cell, 'light');
    const part =
      line(x, 0, x + 26, 0, `stroke="${colour}" stroke-width="2"${dash ? ` stroke-dasharray="${dash}"` : ''}`) +
      marker({ colour, dash, ...look }, x + 13, 0, 4, hollow) +
      text(x + 32, 4, name);
    x += 50 + 7 * name.length;
    return part;
  });
  return sheet({
    ...{ title, notes, width: WIDTH, height: CHART, legendHeight: 10, drawing: drawing.join('') },
    legend: [...legendParts, text(x + 8, 4, data.value.title, `fill="${FAINT}"`)].join(''),
  });
}

function drawMark({ point, hollow, x, y, whisker, bar }: Mark): string {
  const look = cellStyle(point.cell, 'light');
  const stroke = `stroke="${look.colour}" stroke-width="1.5"`;
  const [from, to] = whisker ?? [];
  return (
    (bar
      ? `<rect x="${fixed(x - bar.width / 2)}" y="${fixed(y)}" width="${fixed(bar.width)}" height="${fixed(Math.max(0, bar.foot - y))}" fill="${look.colour}" fill-opacity="${hollow ? 0.25 : 0.8}" ${stroke}/>`
      : '') +
    (from === undefined || to === undefined
      ? ''
      : line(x, from, x, to, stroke) + line(x - 4, from, x + 4, from, stroke) + line(x - 4, to, x + 4, to, stroke)) +
    (bar ? '' : marker(look, x, y, 4.5, hollow))
  );
}
