import type { TradeOff } from '#shared/domain/sweep.ts';
import { whiskerDomain } from '../../../parts/results/whisker.tsx';
import { linearTicks, logTicks } from '../../../parts/sound/axis.ts';
import type { Quantity } from '../quantities.ts';
import { paretoFront } from './front.ts';

/** Where everything of the bubble plot lies: the screen and the saved picture draw the same. */

export interface Bubble {
  row: TradeOff;
  x: number;
  y: number;
  /** Its area is proportional to what it stands for, from zero. */
  radius: number;
  /** Upper and lower end of the 95 % interval. */
  whisker: readonly [number, number];
  onFront: boolean;
}

export interface BubbleLayout {
  plot: { left: number; top: number; right: number; bottom: number };
  costs: readonly { x: number; words: string }[];
  worths: readonly { y: number; words: string }[];
  /** The largest first, so that small ones lie on top. */
  bubbles: readonly Bubble[];
  /** Steps: what accuracy can be had for at most this cost. */
  front: readonly (readonly [number, number])[];
  /** Round amounts and how large they are drawn. */
  sizes: readonly { value: number; radius: number }[];
}

const MARGIN = { left: 46, top: 16, right: 16, bottom: 42 };
const LARGEST = 16;
/** A marker has to be seen and met. */
const SMALLEST = 2.5;
/** Room on either side of the cheapest and the dearest, as a factor of cost. */
const BEYOND = 1.25;

/** The radius of a bubble: area proportional to the amount, the largest amount as large as may be. */
export const radiusOf = (value: number, most: number): number =>
  Math.max(SMALLEST, most > 0 ? LARGEST * Math.sqrt(value / most) : 0);

/** Round amounts and how large they are drawn, for the legend. */
export function sizesOf(rows: readonly TradeOff[], size: Quantity): { value: number; radius: number }[] {
  const most = Math.max(...rows.map(size.value));
  return linearTicks(0, most, 4)
    .slice(1)
    .map((value) => ({ value, radius: radiusOf(value, most) }));
}

/** @param rows not empty @param width pixels, as `height` */
export function bubbleLayout(
  rows: readonly TradeOff[],
  cost: Quantity,
  size: Quantity,
  width: number,
  height: number,
): BubbleLayout {
  const plot = { left: MARGIN.left, top: MARGIN.top, right: width - MARGIN.right, bottom: height - MARGIN.bottom };
  const offers = rows.map((row) => ({ row, cost: cost.value(row), worth: row.accuracy }));
  const costs = offers.map((offer) => offer.cost).filter((value) => value > 0);
  const [low, high] = [Math.min(...costs) / BEYOND, Math.max(...costs) * BEYOND];
  const x = (value: number) =>
    plot.left + (Math.log(Math.max(low, value) / low) / Math.log(high / low)) * (plot.right - plot.left);
  const [worst, best] = whiskerDomain(rows.map((row) => row.interval));
  const y = (value: number) => plot.bottom - ((value - worst) / (best - worst)) * (plot.bottom - plot.top);
  const most = Math.max(...rows.map(size.value));
  const front = paretoFront(offers);
  const onFront = new Set(front.map(({ row }) => row));
  return {
    plot,
    costs: logTicks(low, high, (plot.right - plot.left) / 70).map((value) => ({
      x: x(value),
      words: cost.tick(value),
    })),
    worths: linearTicks(worst, best, (plot.bottom - plot.top) / 42).map((value) => ({
      y: y(value),
      words: String(Number((value * 100).toFixed(1))),
    })),
    bubbles: offers
      .map(({ row, cost: at, worth }) => ({
        ...{ row, x: x(at), y: y(worth), radius: radiusOf(size.value(row), most), onFront: onFront.has(row) },
        whisker: [y(row.interval[1]), y(row.interval[0])] as const,
      }))
      .toSorted((a, b) => b.radius - a.radius),
    front: front.flatMap(({ cost: at, worth }, index) => {
      const here: [number, number] = [x(at), y(worth)];
      const before = front[index - 1];
      return before ? [[x(at), y(before.worth)], here] : [here];
    }),
    sizes: sizesOf(rows, size),
  };
}
