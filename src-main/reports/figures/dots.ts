import { CELL_NAMES, type Cell } from '#shared/domain/model-spec.ts';
import { niceTicks } from './axes.ts';
import { CELL_STYLES } from './cell-style.ts';
import { line, type Drawing, type Shape } from './drawing.ts';

export interface DotRow {
  cell: Cell;
  value: number;
  interval: readonly [number, number];
  /** Each seed's value, drawn small. */
  seeds: readonly number[];
  /** Written at the end of the row. */
  words: string;
}

const WIDTH = 640;
const ROW = 34;
const LEFT = 56;
const RIGHT = WIDTH - 150;

/** One row a cell: its accuracy as a dot, the 95 % interval as a whisker, each seed as a small dot. Shares from 0 to 1. */
export function drawDots(title: string, rows: readonly DotRow[]): Drawing {
  const lowest = Math.min(...rows.flatMap((row) => [row.interval[0], ...row.seeds]));
  const highest = Math.max(...rows.flatMap((row) => [row.interval[1], ...row.seeds]));
  const margin = Math.max(0.005, (highest - lowest) * 0.08);
  const low = Math.max(0, lowest - margin);
  const high = Math.min(1, highest + margin);
  const x = (value: number) => LEFT + ((value - low) / (high - low)) * (RIGHT - LEFT);
  const bottom = 10 + rows.length * ROW;
  const ticks = niceTicks(low, high, 6);
  const digits = ticks.length > 1 && ticks[1] - ticks[0] < 0.0099 ? 1 : 0;
  return {
    width: WIDTH,
    height: bottom + 34,
    label: `${title}: ${rows.map((row) => `${CELL_NAMES[row.cell]} ${row.words}`).join('; ')}`,
    shapes: [
      ...ticks.flatMap((tick): Shape[] => [
        line(x(tick), 6, x(tick), bottom, 'grid', 0.75),
        {
          kind: 'text',
          x: x(tick),
          y: bottom + 13,
          text: `${(100 * tick).toFixed(digits)}`,
          size: 9.5,
          anchor: 'middle',
          fill: 'muted',
        },
      ]),
      line(LEFT, bottom, RIGHT, bottom, 'muted', 0.75),
      {
        kind: 'text',
        x: (LEFT + RIGHT) / 2,
        y: bottom + 28,
        text: `${title}, %`,
        size: 9.5,
        anchor: 'middle',
        fill: 'muted',
      },
      ...rows.flatMap((row, index) => drawRow(row, 10 + (index + 0.5) * ROW, x)),
    ],
  };
}

function drawRow(row: DotRow, y: number, x: (value: number) => number): Shape[] {
  const { ink, marker } = CELL_STYLES[row.cell];
  const [low, high] = row.interval;
  return [
    { kind: 'text', x: 0, y: y + 4, text: CELL_NAMES[row.cell], size: 12, bold: true },
    line(x(low), y, x(high), y, ink, 2),
    line(x(low), y - 5, x(low), y + 5, ink, 1.5),
    line(x(high), y - 5, x(high), y + 5, ink, 1.5),
    ...(row.seeds.length > 1 ? row.seeds : []).map((value): Shape => ({
      kind: 'marker',
      marker: 'circle',
      x: x(value),
      y: y + 10,
      size: 1.8,
      fill: ink,
      opacity: 0.75,
    })),
    { kind: 'marker', marker, x: x(row.value), y, size: 5.2, fill: ink },
    { kind: 'text', x: RIGHT + 12, y: y + 3.5, text: row.words, size: 10 },
  ];
}
