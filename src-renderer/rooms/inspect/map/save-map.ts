import type { ClipMap } from '#shared/domain/clip-map.ts';
import { csvOf } from '../../../parts/figure/csv.ts';
import { FAINT, figureOf, fixed, frame, text, type Figure } from '../../../parts/figure/svg.ts';
import { percent } from '../../../parts/format.ts';
import { radiusFor } from './draw.ts';
import { groupsOf, type ColourBy } from './groups.ts';
import { mapWords } from './map-facts.tsx';
import type { LaidOut } from './use-map.ts';
import { toScreen, wholeView } from './view.ts';

/** Of the file, without its ending: "digits-lstm-0-umap". */
export const mapName = (comparison: string, { cell, seed, layout }: ClipMap): string =>
  `${comparison.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')}-${cell}-${seed}-${layout.method}`;

/** One row a clip. */
export function mapCsv({ view, points }: LaidOut): string {
  return csvOf(
    ['file', 'part', 'label', 'prediction', 'probability', 'speaker', 'x', 'y'],
    view.clips.map(({ file, part, truth, predicted, probability, speaker }, place) => [
      ...[file, part, truth, predicted, probability.toFixed(6), speaker],
      ...[points[2 * place], points[2 * place + 1]],
    ]),
  );
}

const [WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM] = [1100, 860, 40, 48, 200, 76];
const ROW = 16;

/** The whole map with its legend, for paper. */
export function mapFigure(comparison: string, { view, points }: LaidOut, by: ColourBy): Figure {
  const { groups, of } = groupsOf(view.clips, by, 'light');
  const room = { width: WIDTH - LEFT - RIGHT, height: HEIGHT - TOP - BOTTOM };
  const whole = wholeView(points, room);
  const size = radiusFor(view.clips.length);
  const signs = Array.from(of, (group, place) => {
    const { x, y } = toScreen(whole, room, { x: points[2 * place], y: points[2 * place + 1] });
    const { colour, path } = groups[group].mark;
    return `<path d="${path}" transform="translate(${fixed(LEFT + x)} ${fixed(TOP + y)}) scale(${size})" fill="${colour}" stroke="#fff" stroke-width="0.3"/>`;
  });
  const most = Math.floor((HEIGHT - TOP - BOTTOM) / ROW) - 1;
  const legend = groups.slice(0, most).map(({ name, count, mark }, row) => {
    const [x, y] = [WIDTH - RIGHT + 24, TOP + 12 + row * ROW];
    const sign = `<path d="${mark.path}" transform="translate(${x} ${y - 4}) scale(4.5)" fill="${mark.colour}"/>`;
    return sign + text(x + 12, y, `${name} (${count})`);
  });
  if (groups.length > most)
    legend.push(text(WIDTH - RIGHT + 24, TOP + 12 + most * ROW, `and ${groups.length - most} more`, `fill="${FAINT}"`));
  const { agreement, axes } = view;
  const axis = (index: number) =>
    axes ? `PC ${index + 1} (${percent(axes[index])} of the variance)` : `UMAP ${index + 1}`;
  const middle = TOP + room.height / 2;
  return figureOf(WIDTH, HEIGHT, [
    text(16, 26, `What the network makes of clips · ${comparison}`, 'font-size="15" font-weight="600"'),
    frame(LEFT, TOP, room.width, room.height),
    ...signs,
    ...legend,
    text(LEFT + room.width / 2, HEIGHT - BOTTOM + 18, axis(0), 'text-anchor="middle"'),
    text(LEFT - 14, middle, axis(1), `text-anchor="middle" transform="rotate(-90 ${LEFT - 14} ${middle})"`),
    text(16, HEIGHT - 32, mapWords(view), `font-size="10.5" fill="${FAINT}"`),
    text(
      16,
      HEIGHT - 16,
      `Of the ${agreement.k} nearest neighbours in the full space ${percent(agreement.share)} bear the clip’s own label (${percent(agreement.chance)} by chance), n = ${agreement.n}`,
      `font-size="10.5" fill="${FAINT}"`,
    ),
  ]);
}
