import { CELL_NAMES, type Cell } from '#shared/domain/model-spec.ts';
import { axes, niceTicks } from './axes.ts';
import { CELL_STYLES, lineSample } from './cell-style.ts';
import type { Drawing, Shape } from './drawing.ts';

/** One cell's curve over the epochs: its mean over the seeds that got so far, and their range. */
export interface Curve {
  cell: Cell;
  /** Drawn thin and pale: the training part beside the validation part. */
  faint: boolean;
  points: { epoch: number; mean: number; low: number; high: number }[];
  /** Mean epoch of the best validation, marked on the curve; null where none is to be marked. */
  best: number | null;
}

export interface CurvesFigure {
  title: string;
  /** Name and unit of the y axis. */
  yTitle: string;
  format(value: number): string;
  /** Largest value the axis may reach, e.g. 1 for accuracy; null: as the curves ask. */
  ceiling: number | null;
  curves: Curve[];
}

const WIDTH = 360;
const HEIGHT = 238;
const AREA = { left: 52, top: 34, right: WIDTH - 10, bottom: HEIGHT - 36 };

/** Curves over epochs, in their cells' colours, lines and markers. */
export function drawCurves({ title, yTitle, format, ceiling, curves }: CurvesFigure): Drawing {
  const points = curves.flatMap((curve) => curve.points);
  const lastEpoch = Math.max(1, ...points.map((point) => point.epoch));
  const low = Math.min(...points.map((point) => point.low), ceiling ?? Infinity);
  const high = Math.max(...points.map((point) => point.high), 0);
  // Loss starts at zero; accuracy, near its ceiling, may start above.
  const bottom = ceiling === null ? 0 : Math.max(0, Math.floor(low * 10) / 10);
  const top = ceiling ?? high * 1.05;
  const firstEpoch = lastEpoch === 1 ? 0 : 1;
  const ticks = niceTicks(firstEpoch, lastEpoch, 6).filter(Number.isInteger);
  const plot = axes(
    AREA,
    { low: firstEpoch, high: lastEpoch, ticks, format: String, title: 'Epoch' },
    { low: bottom, high: top, ticks: niceTicks(bottom, top, 5), format, title: yTitle },
  );
  const drawn = curves.filter((curve) => curve.points.length > 0);
  // Validation last, so that it lies on top.
  const ordered = [...drawn.filter((curve) => curve.faint), ...drawn.filter((curve) => !curve.faint)];
  return {
    width: WIDTH,
    height: HEIGHT,
    label: `${title} over the epochs for ${[...new Set(drawn.map((curve) => CELL_NAMES[curve.cell]))].join(', ')}`,
    shapes: [
      { kind: 'text', x: 0, y: 10, text: title, size: 10.5, bold: true },
      ...legend([...new Set(drawn.map((curve) => curve.cell))]),
      ...plot.shapes,
      ...ordered.flatMap((curve) => drawCurve(curve, plot.x, plot.y)),
    ],
  };
}

function drawCurve(curve: Curve, x: (epoch: number) => number, y: (value: number) => number): Shape[] {
  const { ink, dash, marker } = CELL_STYLES[curve.cell];
  const along = (pick: (point: Curve['points'][number]) => number) =>
    curve.points.map((point) => [x(point.epoch), y(pick(point))] as const);
  const shapes: Shape[] = [];
  if (!curve.faint && curve.points.length > 1 && curve.points.some((point) => point.high > point.low))
    shapes.push({
      kind: 'path',
      points: [...along((point) => point.high), ...along((point) => point.low).reverse()],
      closed: true,
      fill: ink,
      opacity: 0.14,
    });
  shapes.push({
    kind: 'path',
    points: along((point) => point.mean),
    stroke: ink,
    strokeWidth: curve.faint ? 1 : 2,
    dash,
    opacity: curve.faint ? 0.5 : undefined,
  });
  const spacing = Math.max(1, Math.ceil(curve.points.length / 8));
  if (!curve.faint)
    shapes.push(
      ...curve.points
        .filter((_, index) => index % spacing === 0 || curve.points.length === 1)
        .map((point): Shape => ({ kind: 'marker', marker, x: x(point.epoch), y: y(point.mean), size: 2.4, fill: ink })),
    );
  const best = curve.best === null ? undefined : curve.points.find((point) => point.epoch === Math.round(curve.best!));
  if (best) {
    shapes.push(
      { kind: 'marker', marker, x: x(best.epoch), y: y(best.mean), size: 5.6, fill: 'text' },
      { kind: 'marker', marker, x: x(best.epoch), y: y(best.mean), size: 4.2, fill: ink },
    );
  }
  return shapes;
}

function legend(cells: Cell[]): Shape[] {
  return cells.flatMap((cell, index): Shape[] => {
    const x = AREA.left + index * 76;
    return [...lineSample(cell, x, 23), { kind: 'text', x: x + 31, y: 26, text: CELL_NAMES[cell], size: 9 }];
  });
}
