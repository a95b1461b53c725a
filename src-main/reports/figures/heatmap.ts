import type { MatrixView } from '#shared/contract/compare.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { count, name, shorten } from '../words.ts';
import { textWidth, type Drawing, type Shape } from './drawing.ts';

/** With more classes than this a cell has no room for its number. */
const NUMBERS_UP_TO = 16;

/**
 * A confusion matrix: rows truth, columns prediction, shade the share of the row (so that classes of unlike size can be
 * read side by side), the count as a number in it; off the diagonal in the colour of errors.
 */
export function drawMatrix(matrix: MatrixView): Drawing {
  const { classes, counts } = matrix;
  const size = classes.length;
  const side = Math.min(44, Math.max(9, 330 / size));
  const labelSize = Math.min(9.5, Math.max(6.5, side * 0.72));
  const labels = classes.map((label) => shorten(name(label), size > 20 ? 12 : 14));
  const labelWidth = Math.max(18, ...labels.map((label) => textWidth(label, labelSize))) + 6;
  // Column labels stand upright where they would run into each other.
  const upright = labels.some((label) => textWidth(label, labelSize) > side - 2);
  const left = labelWidth + 14;
  const top = 34 + (upright ? labelWidth : 14);
  const numberSize = Math.min(11, side * 0.36);
  const rowTotals = counts.map((row) => row.reduce((sum, value) => sum + value, 0));

  const cells = counts.flatMap((row, truth) =>
    row.flatMap((value, predicted): Shape[] => {
      const share = rowTotals[truth] > 0 ? value / rowTotals[truth] : 0;
      const right = truth === predicted;
      const x = left + predicted * side;
      const y = top + truth * side;
      // A single error must be visible; its shade is therefore the root of its share.
      const opacity = value === 0 ? 0 : right ? 0.08 + 0.86 * share : 0.12 + 0.8 * Math.sqrt(share);
      const shapes: Shape[] = [];
      if (value > 0)
        shapes.push({ kind: 'rect', x, y, width: side, height: side, fill: right ? 'heat' : 'error', opacity });
      if (size <= NUMBERS_UP_TO && value > 0)
        shapes.push({
          kind: 'text',
          x: x + side / 2,
          y: y + side / 2 + numberSize * 0.36,
          text: count(value),
          size: numberSize,
          anchor: 'middle',
          fill: opacity > 0.62 ? 'onHeat' : 'text',
        });
      return shapes;
    }),
  );
  const rules = Array.from({ length: size + 1 }, (_, index): Shape[] => {
    const at = index * side;
    const grid = { kind: 'path', stroke: 'grid', strokeWidth: 0.6 } as const;
    return [
      { ...grid, points: [[left + at, top], [left + at, top + size * side]] }, // prettier-ignore
      { ...grid, points: [[left, top + at], [left + size * side, top + at]] }, // prettier-ignore
    ];
  }).flat();
  const names = labels.flatMap((label, index): Shape[] => {
    const middle = (index + 0.5) * side;
    return [
      { kind: 'text', x: left - 5, y: top + middle + labelSize * 0.36, text: label, size: labelSize, anchor: 'end' },
      upright
        ? { kind: 'text', x: left + middle + labelSize * 0.36, y: top - 5, text: label, size: labelSize, rotate: -90 }
        : { kind: 'text', x: left + middle, y: top - 5, text: label, size: labelSize, anchor: 'middle' },
    ];
  });
  const width = left + size * side + 2;
  const errors = matrix.clips - counts.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
  return {
    width: Math.max(width, 150),
    height: top + size * side + 4,
    label: `Confusion matrix of ${CELL_NAMES[matrix.cell]}: ${count(errors)} errors in ${count(matrix.clips)} answers`,
    shapes: [
      { kind: 'text', x: 0, y: 11, text: CELL_NAMES[matrix.cell], size: 12, bold: true },
      { kind: 'text', x: left + (size * side) / 2, y: 25, text: 'Predicted', size: 9, anchor: 'middle', fill: 'muted' },
      {
        kind: 'text',
        x: 9,
        y: top + (size * side) / 2,
        text: 'Truth',
        size: 9,
        anchor: 'middle',
        fill: 'muted',
        rotate: -90,
      },
      ...cells,
      ...rules,
      ...names,
    ],
  };
}
