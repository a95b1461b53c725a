import type { Cell } from '#shared/domain/model-spec.ts';
import type { Ink, MarkerKind, Shape } from './drawing.ts';

/** A cell type keeps colour, line and marker in every figure, so that none is told by colour alone. */
export const CELL_STYLES: Record<Cell, { ink: Ink; dash?: readonly number[]; marker: MarkerKind }> = {
  rnn: { ink: 'rnn', dash: [6, 3], marker: 'triangle' },
  lstm: { ink: 'lstm', marker: 'circle' },
  gru: { ink: 'gru', dash: [1.5, 2.5], marker: 'square' },
  dnn: { ink: 'dnn', dash: [8, 3, 1.5, 3], marker: 'diamond' },
};

/** The sample of a cell's line and marker that a legend shows, 26 points wide. */
export function lineSample(cell: Cell, x: number, y: number): Shape[] {
  const { ink, dash, marker } = CELL_STYLES[cell];
  return [
    {
      kind: 'path',
      points: [
        [x, y],
        [x + 26, y],
      ],
      stroke: ink,
      strokeWidth: 2,
      dash,
    },
    { kind: 'marker', marker, x: x + 13, y, size: 3.2, fill: ink },
  ];
}
