import { ACTIVATION_IDS, ACTIVATIONS, type ActivationId } from '#shared/math/activations.ts';
import { sheet } from '../../../parts/figure/sheet.ts';
import { ACCENT, FAINT, fixed, INK, line, text, type Figure } from '../../../parts/figure/svg.ts';
import { linearTicks } from '../../../parts/sound/axis.ts';
import { EDGE, LIMITS, type ValueHistogram } from './activation-chart.tsx';
import { curvePath } from './curve.ts';
import { planeOf, type Plane } from './plane.ts';
import { DASHES, EDGE as PRODUCT_EDGE, LOWEST, powerWords, productLine } from './product-chart.tsx';
import { RANGE, STEPS } from './state.ts';

/** A heading, and rows under it. */
export interface Numbers {
  head: string[];
  rows: (number | null)[][];
}

const SIZE = { width: 760, height: 380 };
/** Of the rows of a table; the bars of a histogram are as wide. */
const STEP = 0.25;

/** A function and its derivative, and how many values fell within a step around each x. */
export function activationNumbers(id: ActivationId, bars?: ValueHistogram): Numbers {
  const { value, derivative } = ACTIVATIONS[id];
  const count = Math.round((RANGE.max - RANGE.min) / STEP);
  return {
    head: ['x', 'f', 'derivative', ...(bars ? ['values'] : [])],
    rows: Array.from({ length: count }, (_, row) => {
      const x = RANGE.min + (row + 0.5) * STEP;
      return [x, value(x), derivative(x), ...(bars ? [bars.counts[row]] : [])];
    }),
  };
}

/** What is left of a gradient after each number of steps, by function. */
export const productNumbers = (x: number): Numbers => ({
  head: ['steps', ...ACTIVATION_IDS],
  rows: Array.from({ length: STEPS.max }, (_, index) => [
    index + 1,
    ...ACTIVATION_IDS.map((id) => ACTIVATIONS[id].derivative(x) ** (index + 1)),
  ]),
});

/** @param notes what the bars rest on */
export function activationFigure(id: ActivationId, bars: ValueHistogram | undefined, notes: readonly string[]): Figure {
  const { name, value, derivative } = ACTIVATIONS[id];
  const { low, high } = LIMITS[id];
  const plane = planeOf(SIZE, EDGE, [RANGE.min, RANGE.max], [low, high]);
  const { toX, toY, bottom, top } = plane;
  const most = Math.max(1, ...(bars?.counts ?? []));
  const drawing = [
    ...(bars?.counts ?? []).map((count, bin) => {
      const [from, to] = [toX(bars!.edges[bin]), toX(bars!.edges[bin + 1])];
      const tall = (count / most) * (bottom - top);
      return `<rect x="${fixed(from)}" y="${fixed(bottom - tall)}" width="${fixed(to - from)}" height="${fixed(tall)}" fill="${FAINT}" fill-opacity="0.3"/>`;
    }),
    axes(plane, linearTicks(RANGE.min, RANGE.max, 6), linearTicks(low, high, 5), minus, 'x'),
    `<path d="${curvePath(value, toX, toY)}" fill="none" stroke="${INK}" stroke-width="2"/>`,
    `<path d="${curvePath(derivative, toX, toY)}" fill="none" stroke="${ACCENT}" stroke-width="2" stroke-dasharray="6 4"/>`,
  ];
  const legend = [
    { name: 'f(x)', stroke: `stroke="${INK}" stroke-width="2"` },
    { name: 'f ′(x)', stroke: `stroke="${ACCENT}" stroke-width="2" stroke-dasharray="6 4"` },
  ];
  return sheet({ title: name, ...keyOf(legend), drawing: drawing.join(''), ...SIZE, notes });
}

/** What is left of a gradient over many steps, each of which multiplies it by f'(x); logarithmic. */
export function productFigure(x: number): Figure {
  const plane = planeOf(SIZE, PRODUCT_EDGE, [STEPS.min, STEPS.max], [LOWEST, 0]);
  const { toX, toY } = plane;
  const strokeOf = (id: ActivationId) =>
    `stroke="${ACCENT}" stroke-width="2"${DASHES[id] ? ` stroke-dasharray="${DASHES[id]}"` : ''}`;
  const drawing = [
    axes(plane, [1, 10, 20, 30, 40, 50], linearTicks(LOWEST, 0, 4), powerWords, 'steps n'),
    ...ACTIVATION_IDS.map((id) => {
      const product = productLine(id, x);
      if (!product) return '';
      const { each, last } = product;
      return line(toX(STEPS.min), toY(each), toX(last), toY(each * last), strokeOf(id));
    }),
  ];
  const legend = ACTIVATION_IDS.map((id) => ({ name: ACTIVATIONS[id].name, stroke: strokeOf(id) }));
  const notes = [`Each step multiplies the gradient by the slope at x = ${minus(x)}.`];
  return sheet({ title: 'Slopes over many steps', ...keyOf(legend), drawing: drawing.join(''), ...SIZE, notes });
}

const minus = (value: number): string => String(value).replace('-', '−');

function axes(
  { left, right, bottom, toX, toY }: Plane,
  across: readonly number[],
  up: readonly number[],
  words: (value: number) => string,
  title: string,
): string {
  return [
    ...up.flatMap((tick) => [
      line(left, toY(tick), right, toY(tick), 'stroke="#d9dce5"'),
      text(left - 6, toY(tick) + 4, words(tick), 'text-anchor="end"'),
    ]),
    ...across.map((tick) => text(toX(tick), bottom + 14, minus(tick), 'text-anchor="middle"')),
    text((left + right) / 2, bottom + 28, title, `text-anchor="middle" fill="${FAINT}"`),
  ].join('');
}

function keyOf(entries: readonly { name: string; stroke: string }[]): { legend: string; legendHeight: number } {
  const legend = entries.map(
    ({ name, stroke }, index) =>
      line(16 + 130 * index, 0, 46 + 130 * index, 0, stroke) + text(54 + 130 * index, 4, name),
  );
  return { legend: legend.join(''), legendHeight: 8 };
}
