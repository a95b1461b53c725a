import type { Cell } from '#shared/domain/model-spec.ts';
import { linearTicks, niceStep } from '../sound/axis.ts';

/** Where everything of a chart of levels lies: the screen and the saved picture draw the same. */

/** A place along the axis. */
export interface Slot {
  /** Its value; null: none, all, or a name. */
  at: number | null;
  words: string;
  /** On the axis, where a unit would stand too often. */
  tick?: string;
  /** Stands at the place while there is nothing else: "waiting", "failed". */
  note?: string | undefined;
}

export interface LevelPoint {
  /** Index into the slots. */
  slot: number;
  cell: Cell;
  value: number;
  /** 95 %; null where there is none. */
  interval: readonly [number, number] | null;
}

/** Points that belong together: joined by a line where the axis has distances. */
export interface LevelSeries {
  id: string;
  name: string;
  /** Markers are outlines, to be told from others of the same cell. */
  hollow?: boolean;
  points: readonly LevelPoint[];
}

export interface LevelData {
  slots: readonly Slot[];
  scale: 'log' | 'linear' | 'names';
  /** What is along, with its unit. */
  axis: string;
  value: {
    /** What is upwards, with its unit. */
    title: string;
    domain: readonly [number, number];
    /** Drawn as bars from zero where levels are names: a length means an amount. */
    amount: boolean;
    /** On the axis, without the unit. */
    tick: (value: number) => string;
    /** In full. */
    words: (value: number) => string;
  };
  series: readonly LevelSeries[];
  /** A level line: chance. */
  reference?: { value: number; words: string };
}

export interface Mark {
  series: number;
  point: LevelPoint;
  hollow: boolean;
  x: number;
  y: number;
  /** Ends of the interval: the upper and the lower one. */
  whisker: readonly [number, number] | null;
  /** Foot and width of a bar; null: a marker. */
  bar: { foot: number; width: number } | null;
}

export interface LevelLayout {
  plot: { left: number; top: number; right: number; bottom: number };
  /** Middle and width of each slot. */
  slots: readonly { x: number; width: number }[];
  /** Where numbers end and what is none begins; null: all are numbers, or none. */
  breakAt: number | null;
  values: readonly { y: number; words: string }[];
  marks: readonly Mark[];
  lines: readonly { cell: Cell; points: readonly (readonly [number, number])[] }[];
  reference: number | null;
}

const MARGIN = { left: 46, top: 14, right: 14, bottom: 42 };
/** Pixels between what several series have at one level, so that no interval hides another. */
const APART = { line: 8, names: 30 };
/** Of a slot's width, what may be used. */
const FILLED = 0.7;
const PIXELS_A_TICK = 42;

/** @param width pixels, as `height` */
export function levelLayout(data: LevelData, width: number, height: number): LevelLayout {
  const plot = { left: MARGIN.left, top: MARGIN.top, right: width - MARGIN.right, bottom: height - MARGIN.bottom };
  const { slots, breakAt } = placed(data, plot.left, plot.right);
  const [low, high] = data.value.domain;
  const y = (value: number) => plot.bottom - ((value - low) / (high - low)) * (plot.bottom - plot.top);
  const named = data.scale === 'names';
  const many = data.series.length;
  const marks = data.series.flatMap(({ points, hollow = false }, series) =>
    points.map((point): Mark => {
      const { x, width: room } = slots[point.slot];
      const apart = Math.min(named ? APART.names : APART.line, (FILLED * room) / many);
      return {
        ...{ series, point, hollow, y: y(point.value), x: x + (series - (many - 1) / 2) * apart },
        whisker: point.interval && [y(point.interval[1]), y(point.interval[0])],
        bar: named && data.value.amount ? { foot: y(0), width: 0.8 * apart } : null,
      };
    }),
  );
  return {
    ...{ plot, slots, breakAt, marks },
    values: linearTicks(low, high, (plot.bottom - plot.top) / PIXELS_A_TICK).map((value) => ({
      y: y(value),
      words: data.value.tick(value),
    })),
    lines: named ? [] : data.series.flatMap((_, series) => joined(marks, series, data.slots)),
    reference: data.reference ? y(data.reference.value) : null,
  };
}

/** Numbers by their distance, names side by side; what is none stands behind the numbers. */
function placed({ slots, scale }: LevelData, left: number, right: number) {
  const numbers = slots.flatMap(({ at }) => (at === null ? [] : [at]));
  const room = (right - left) / slots.length;
  if (scale === 'names' || numbers.length === 0)
    return { slots: slots.map((_, index) => ({ x: left + room * (index + 0.5), width: room })), breakAt: null };
  const warp = scale === 'log' ? Math.log : (value: number) => value;
  const [low, high] = [warp(Math.min(...numbers)), warp(Math.max(...numbers))];
  const end = left + room * numbers.length;
  const from = left + room / 2;
  const across = (value: number) =>
    high > low ? from + ((warp(value) - low) / (high - low)) * (end - room / 2 - from) : (left + end) / 2;
  const middles = slots.map(({ at }) => (at === null ? null : across(at)));
  let after = 0;
  const all = middles.map((middle) => middle ?? end + room * (after++ + 0.5));
  const sorted = all.toSorted((a, b) => a - b);
  return {
    // As wide as to the middle between it and its nearer neighbour.
    slots: all.map((x) => {
      const at = sorted.indexOf(x);
      const gaps = [sorted[at] - sorted[at - 1], sorted[at + 1] - sorted[at]].filter((gap) => gap > 0);
      return { x, width: Math.min(room, ...gaps) };
    }),
    breakAt: numbers.length < slots.length ? end : null,
  };
}

/** A series' line, from number to number. */
function joined(marks: readonly Mark[], series: number, slots: readonly Slot[]) {
  const own = marks
    .filter((mark) => mark.series === series && slots[mark.point.slot].at !== null)
    .toSorted((a, b) => a.x - b.x);
  return own.length > 1 ? [{ cell: own[0].point.cell, points: own.map(({ x, y }): [number, number] => [x, y]) }] : [];
}

/** Ends of an axis of amounts: from zero to a round number above all. */
export function amountDomain(values: readonly number[]): [number, number] {
  const most = Math.max(0, ...values);
  if (most === 0) return [0, 1];
  const step = niceStep(0, most, 5);
  return [0, Math.ceil(most / step - 1e-9) * step];
}
