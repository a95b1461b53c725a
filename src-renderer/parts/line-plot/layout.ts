import type { Cell } from '#shared/domain/model-spec.ts';
import { linearTicks } from '../sound/axis.ts';

/** Where everything of a chart of lines lies: the screen and the saved picture draw the same. */

export interface PlotPoint {
  x: number;
  /** null: there is none; the line has a gap. */
  y: number | null;
  /** What lies around it: quartiles, percentiles. */
  low?: number | null;
  high?: number | null;
}

export interface PlotLine {
  id: string;
  cell: Cell;
  /** What it is, for whoever points at it. */
  name: string;
  /** In a word, at its end, where lines of a cell are several. */
  label?: string;
  /** Stands back behind the others. */
  quiet?: boolean;
  points: readonly PlotPoint[];
}

export interface PlotData {
  x: {
    /** With its unit. */
    title: string;
    domain: readonly [number, number];
    /** A value in full: "20 frames back". */
    words: (value: number) => string;
  };
  y: {
    title: string;
    scale: 'log' | 'linear';
    /** Beyond what the values need; on a linear axis from here at least. */
    domain?: readonly [number, number];
    /** On a linear axis, without the unit. */
    tick?: (value: number) => string;
    words: (value: number) => string;
  };
  lines: readonly PlotLine[];
  /** Level lines. */
  references?: readonly { y: number; words: string }[];
}

export interface PlacedLine {
  line: PlotLine;
  /** Without gaps each: x, y, x, y, ... */
  pieces: readonly (readonly (readonly [number, number])[])[];
  /** Outlines of what lies around. */
  bands: readonly (readonly (readonly [number, number])[])[];
  /** Some of its points, for the cell's marker. */
  marks: readonly (readonly [number, number])[];
  end: { x: number; y: number; label: string } | null;
}

export interface PlotLayout {
  plot: { left: number; top: number; right: number; bottom: number };
  toX: (value: number) => number;
  toY: (value: number) => number;
  xTicks: readonly { x: number; words: string }[];
  yTicks: readonly { y: number; words: string }[];
  lines: readonly PlacedLine[];
  references: readonly { y: number; words: string }[];
}

const MARGIN = { left: 50, top: 10, right: 14, bottom: 38 };
/** Beside the plot, for the ends' labels. */
const LABELS = 26;
/** Between two labels, markers and ticks, pixels. */
const [LABEL_ROW, MARKS_APART, X_APART, Y_APART] = [12, 90, 70, 28];
/** Powers of ten in sight at most: what is smaller is nothing. */
const MOST_DECADES = 12;

/** @param width of the whole chart, pixels */
export function plotLayout(data: PlotData, width: number, height: number): PlotLayout {
  const labelled = data.lines.some(({ label }) => label !== undefined);
  const plot = {
    left: MARGIN.left,
    top: MARGIN.top,
    right: Math.max(MARGIN.left + 1, width - MARGIN.right - (labelled ? LABELS : 0)),
    bottom: Math.max(MARGIN.top + 1, height - MARGIN.bottom),
  };
  const [xLow, xHigh] = data.x.domain;
  const toX = (value: number) => plot.left + ((value - xLow) / (xHigh - xLow || 1)) * (plot.right - plot.left);
  const axis =
    data.y.scale === 'log' ? logAxis(data, plot.bottom - plot.top) : linearAxis(data, plot.bottom - plot.top);
  const toY = (value: number) => plot.bottom - axis.share(value) * (plot.bottom - plot.top);
  const lines = data.lines.map((line, index) => placeLine(line, index, toX, toY));
  spread(
    lines.flatMap(({ end }) => (end ? [end] : [])),
    plot,
  );
  return {
    ...{ plot, toX, toY, lines },
    xTicks: linearTicks(xLow, xHigh, (plot.right - plot.left) / X_APART)
      .filter(Number.isInteger)
      .map((value) => ({ x: toX(value), words: String(value) })),
    yTicks: axis.ticks.map(({ value, words }) => ({ y: toY(value), words })),
    references: (data.references ?? []).map(({ y, words }) => ({ y: toY(y), words })),
  };
}

interface Axis {
  /** 0 at the foot, 1 at the top. */
  share: (value: number) => number;
  ticks: readonly { value: number; words: string }[];
}

/** All that has to be in sight, what lies around too. */
function valuesOf({ lines, references = [] }: PlotData): number[] {
  const points = lines.flatMap((line) => line.points);
  return [...points.flatMap(({ y, low, high }) => [y, low, high]), ...references.map(({ y }) => y)].filter(
    (value) => value !== null && value !== undefined,
  );
}

function logAxis(data: PlotData, height: number): Axis {
  const logs = [...valuesOf(data), ...(data.y.domain ?? [])].filter((value) => value > 0).map(Math.log10);
  const most = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  const least = logs.reduce((a, b) => Math.min(a, b), Infinity);
  if (logs.length === 0) return { share: () => 0, ticks: [] };
  const top = most + 0.05 * Math.max(1, most - least);
  const foot = Math.max(Math.min(least, top - 1), top - MOST_DECADES) - 0.03 * (top - least);
  const perDecade = height / (top - foot);
  const every = Math.max(1, Math.ceil(Y_APART / perDecade));
  const decades = Array.from({ length: Math.floor(top) - Math.ceil(foot) + 1 }, (_, index) => Math.ceil(foot) + index);
  const ticks = decades
    .filter((decade) => decade % every === 0)
    .map((decade) => ({ value: 10 ** decade, words: powerWords(decade) }));
  // Of a decade or two the powers alone say little.
  if (perDecade > 4 * Y_APART)
    for (const decade of [Math.floor(foot), ...decades])
      for (const factor of [2, 5]) {
        const value = factor * 10 ** decade;
        if (Math.log10(value) >= foot && Math.log10(value) <= top) ticks.push({ value, words: plainWords(value) });
      }
  return { share: (value) => (Math.log10(Math.max(value, 1e-300)) - foot) / (top - foot), ticks };
}

function linearAxis(data: PlotData, height: number): Axis {
  const values = [...valuesOf(data), ...(data.y.domain ?? [])];
  const low = values.reduce((a, b) => Math.min(a, b), 0);
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  const top = data.y.domain && high === data.y.domain[1] ? high : high + 0.05 * (high - low || 1);
  const tick = data.y.tick ?? String;
  return {
    share: (value) => (value - low) / (top - low || 1),
    ticks: linearTicks(low, top, height / Y_APART / 1.5).map((value) => ({ value, words: tick(value) })),
  };
}

const plainWords = (value: number): string =>
  value >= 1e-3 && value < 1e4 ? String(Number(value.toPrecision(3))) : '';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 10⁻³; 0.1, 1, 10 and 100 as they are. */
export function powerWords(decade: number): string {
  if (decade >= -1 && decade <= 2) return String(10 ** decade);
  const digits = [...String(Math.abs(decade))].map((digit) => SUPERSCRIPTS[Number(digit)]).join('');
  return `10${decade < 0 ? '⁻' : ''}${digits}`;
}

function placeLine(
  line: PlotLine,
  index: number,
  toX: (value: number) => number,
  toY: (value: number) => number,
): PlacedLine {
  const pieces: [number, number][][] = [];
  const bands: [number, number][][] = [];
  const marks: [number, number][] = [];
  let piece: [number, number][] = [];
  let [upper, lower]: [number, number][][] = [[], []];
  // Markers of lines beside each other do not lie upon each other.
  let nextMark = toX(line.points[0]?.x ?? 0) + (MARKS_APART / 4) * (1 + (index % 4));
  const closeBand = () => {
    if (upper.length > 1) bands.push([...upper, ...lower.toReversed()]);
    [upper, lower] = [[], []];
  };
  const close = () => {
    if (piece.length > 0) pieces.push(piece);
    piece = [];
    closeBand();
  };
  for (const { x, y, low, high } of line.points) {
    if (y === null) {
      close();
      continue;
    }
    const at: [number, number] = [toX(x), toY(y)];
    piece.push(at);
    if (at[0] >= nextMark) {
      marks.push(at);
      nextMark = at[0] + MARKS_APART;
    }
    if (low === null || low === undefined || high === null || high === undefined) closeBand();
    else {
      upper.push([at[0], toY(high)]);
      lower.push([at[0], toY(low)]);
    }
  }
  close();
  const last = pieces.at(-1)?.at(-1);
  // A line of one point would not be seen at all.
  for (const [only, ...others] of pieces) if (others.length === 0) marks.push(only);
  return {
    ...{ line, pieces, bands, marks },
    end: last && line.label !== undefined ? { x: last[0], y: last[1], label: line.label } : null,
  };
}

/** Moves labels that would lie upon each other apart, in place. */
function spread(ends: { x: number; y: number }[], { top, bottom }: PlotLayout['plot']): void {
  const sorted = ends.sort((a, b) => a.y - b.y);
  for (const [index, end] of sorted.entries())
    end.y = Math.max(index === 0 ? top : sorted[index - 1].y + LABEL_ROW, end.y);
  let floor = bottom;
  for (const end of sorted.toReversed()) {
    end.y = Math.min(end.y, floor);
    floor = end.y - LABEL_ROW;
  }
}

export const pathOf = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)},${y.toFixed(1)}`).join('');
