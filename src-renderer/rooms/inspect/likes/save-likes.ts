import type { UnitLikes } from '#shared/domain/likes.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { csvOf } from '../../../parts/figure/csv.ts';
import { sheet } from '../../../parts/figure/sheet.ts';
import { ACCENT, fixed, INK, line, text, type Figure } from '../../../parts/figure/svg.ts';
import { significant } from '../../../parts/format.ts';
import { selectivityWords, signalOf, strengthWords } from './words.ts';

const [WIDTH, LEFT, RIGHT, ROW] = [760, 150, 110, 20];

/** Of the file, without its ending. */
export const likesName = ({ cell, seed, layer, signal, unit }: UnitLikes): string =>
  `${cell}-${seed}-layer-${layer + 1}-${signal}-unit-${unit}`;

/** How strong a unit gets in the clips of each class: bars from 0 up, the strongest first. */
export function likesFigure(likes: UnitLikes): Figure {
  const { cell, seed, layer, reverse, unit, clips, classes } = likes;
  const signal = signalOf(likes);
  const most = classes[0].mean || 1;
  const place = (value: number) => LEFT + (value / most) * (WIDTH - LEFT - RIGHT);
  const bars = classes.map(({ label, mean, n }, row) => {
    const y = row * ROW;
    return (
      text(LEFT - 8, y + 13, label.length > 20 ? `${label.slice(0, 19)}…` : label, 'text-anchor="end"') +
      `<rect x="${LEFT}" y="${y + 3}" width="${fixed(place(mean) - LEFT)}" height="${ROW - 6}" fill="${ACCENT}"/>` +
      text(place(mean) + 6, y + 13, `${significant(mean)} (n = ${n})`)
    );
  });
  const height = classes.length * ROW;
  return sheet({
    title: `What unit ${unit} of the ${CELL_NAMES[cell]} likes: ${signal.name.toLowerCase()} ${signal.symbol}`,
    legend: text(16, 4, `Mean over a class’s clips of the peak of ${strengthWords(signal)}`),
    legendHeight: 8,
    drawing: bars.join('') + line(LEFT, 0, LEFT, height, `stroke="${INK}"`),
    ...{ width: WIDTH, height },
    notes: [
      selectivityWords(likes),
      `Layer ${layer + 1}${reverse ? ', backwards' : ''}, seed ${seed}; over ${clips} test clips.`,
    ],
  });
}

/** A row a moment. */
export const likesCsv = (likes: UnitLikes): string =>
  csvOf(
    ['cell', 'seed', 'layer', 'direction', 'signal', 'unit', 'rank', 'value', 'label', 'time_s', 'file', 'speaker'],
    likes.moments.map(({ value, truth, time, file, speaker }, rank) => [
      ...[likes.cell, likes.seed, likes.layer + 1, likes.reverse ? 'backwards' : 'forwards', likes.signal, likes.unit],
      ...[rank + 1, value, truth, time.toFixed(4), file, speaker],
    ]),
  );
