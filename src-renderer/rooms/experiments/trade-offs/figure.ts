import { CELLS, CELL_NAMES } from '#shared/domain/model-spec.ts';
import type { TradeOff } from '#shared/domain/sweep.ts';
import { cellStyle, MARKER_OUTLINES } from '../../../parts/cells.ts';
import { sheet } from '../../../parts/figure/sheet.ts';
import { FAINT, fixed, GRID, INK, line, marker, text, type Figure } from '../../../parts/figure/svg.ts';
import type { Quantity } from '../quantities.ts';
import { bubbleLayout } from './layout.ts';

const [WIDTH, CHART] = [900, 460];

/** The bubble plot to take away: for paper, dark on white. @param notes what every number rests on, a line each */
export function tradeOffsFigure(
  rows: readonly TradeOff[],
  cost: Quantity,
  size: Quantity,
  title: string,
  notes: readonly string[],
): Figure {
  const { plot, costs, worths, bubbles, front, sizes } = bubbleLayout(rows, cost, size, WIDTH, CHART);
  const drawing = [
    ...worths.flatMap(({ y, words }) => [
      line(plot.left, y, plot.right, y, `stroke="${GRID}"`),
      text(plot.left - 6, y + 4, words, 'text-anchor="end"'),
    ]),
    ...costs.flatMap(({ x, words }) => [
      line(x, plot.top, x, plot.bottom, `stroke="${GRID}"`),
      text(x, plot.bottom + 16, words, 'text-anchor="middle"'),
    ]),
    line(plot.left, plot.bottom, plot.right, plot.bottom, `stroke="${INK}"`),
    text(
      (plot.left + plot.right) / 2,
      CHART - 6,
      `${cost.title}, logarithmic axis`,
      `text-anchor="middle" fill="${FAINT}"`,
    ),
    `<polyline points="${front.map(([x, y]) => `${fixed(x)},${fixed(y)}`).join(' ')}" fill="none" stroke="${INK}" stroke-width="1.5"/>`,
    ...bubbles.map(({ row, x, y, radius, whisker: [top, bottom], onFront }) => {
      const { colour, marker: shape } = cellStyle(row.cell, 'light');
      return (
        line(x, top, x, bottom, `stroke="${colour}" stroke-opacity="0.4"`) +
        `<path d="${MARKER_OUTLINES[shape]}" transform="translate(${fixed(x)} ${fixed(y)}) scale(${fixed(radius)})" fill="${colour}" fill-opacity="${onFront ? 0.75 : 0.35}" stroke="${colour}" stroke-width="${fixed((onFront ? 2 : 1) / radius)}"/>`
      );
    }),
  ];
  const cells = CELLS.filter((cell) => rows.some((row) => row.cell === cell));
  const legend = cells.map((cell, index) => {
    const x = 20 + 80 * index;
    return marker(cellStyle(cell, 'light'), x, 0, 5) + text(x + 10, 4, CELL_NAMES[cell]);
  });
  let at = 20 + 80 * cells.length + 20;
  for (const { value, radius } of sizes) {
    const words = size.words(value);
    legend.push(
      `<circle cx="${fixed(at + radius)}" cy="0" r="${fixed(radius)}" fill="none" stroke="${INK}"/>`,
      text(at + 2 * radius + 6, 4, words),
    );
    at += 2 * radius + 24 + 7 * words.length;
  }
  return sheet({
    ...{ title, width: WIDTH, height: CHART, drawing: drawing.join(''), legend: legend.join('') },
    legendHeight: Math.max(8, ...sizes.map(({ radius }) => radius)),
    notes: [
      `Upwards: test accuracy (%), with 95 % intervals. Area: ${size.title}, from 0; the largest is ${size.words(Math.max(...rows.map(size.value)))}.`,
      'Line: the Pareto front; none of the others is both as cheap and as good.',
      ...notes,
    ],
  });
}
