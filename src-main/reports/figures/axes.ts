import { line, textWidth, type Shape } from './drawing.ts';

/** Round numbers (1, 2, 2.5 or 5 times a power of ten) that divide [low, high] into about `wanted` parts. */
export function niceTicks(low: number, high: number, wanted = 5): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / wanted;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = magnitude * ([1, 2, 2.5, 5].find((factor) => factor * magnitude >= rough * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

export interface Axis {
  low: number;
  high: number;
  ticks: number[];
  format(value: number): string;
  /** Name with its unit. */
  title: string;
}

export interface Plot {
  /** The axes' lines, ticks and names; to be drawn first. */
  shapes: Shape[];
  x(value: number): number;
  y(value: number): number;
}

export interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const SIZE = 9;

/** Axes about an area (whose margins must hold their labels), with hairlines at the y ticks. */
export function axes(area: Area, xAxis: Axis, yAxis: Axis): Plot {
  const scale = (axis: Axis, from: number, to: number) => (value: number) =>
    from + ((value - axis.low) / (axis.high - axis.low || 1)) * (to - from);
  const x = scale(xAxis, area.left, area.right);
  const y = scale(yAxis, area.bottom, area.top);
  const middle = (area.top + area.bottom) / 2;
  const labelWidth = Math.max(0, ...yAxis.ticks.map((tick) => textWidth(yAxis.format(tick), SIZE)));
  const shapes: Shape[] = [
    ...yAxis.ticks.flatMap((tick): Shape[] => [
      line(area.left, y(tick), area.right, y(tick), 'grid', 0.75),
      {
        kind: 'text',
        x: area.left - 5,
        y: y(tick) + SIZE * 0.35,
        text: yAxis.format(tick),
        size: SIZE,
        anchor: 'end',
        fill: 'muted',
      },
    ]),
    line(area.left, area.bottom, area.right, area.bottom, 'muted', 0.75),
    ...xAxis.ticks.flatMap((tick): Shape[] => [
      line(x(tick), area.bottom, x(tick), area.bottom + 3, 'muted', 0.75),
      {
        kind: 'text',
        x: x(tick),
        y: area.bottom + 13,
        text: xAxis.format(tick),
        size: SIZE,
        anchor: 'middle',
        fill: 'muted',
      },
    ]),
    {
      kind: 'text',
      x: (area.left + area.right) / 2,
      y: area.bottom + 27,
      text: xAxis.title,
      size: SIZE,
      anchor: 'middle',
      fill: 'muted',
    },
  ];
  const titleX = area.left - labelWidth - 13;
  if (yAxis.title !== '')
    shapes.push({
      kind: 'text',
      x: titleX,
      y: middle,
      text: yAxis.title,
      size: SIZE,
      anchor: 'middle',
      fill: 'muted',
      rotate: -90,
    });
  return { shapes, x, y };
}
