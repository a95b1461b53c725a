import { count, name, shorten } from '../words.ts';
import { axes, niceTicks } from './axes.ts';
import { textWidth, type Drawing, type Shape } from './drawing.ts';

const WIDTH = 360;

/** One lying bar a class, its number of clips at the end. */
export function drawClassCounts(classes: readonly { name: string; clips: number }[]): Drawing {
  const row = classes.length > 20 ? 11 : classes.length > 12 ? 14 : 18;
  const size = Math.min(10, row * 0.72);
  const labels = classes.map((entry) => shorten(name(entry.name), 18));
  const left = Math.max(20, ...labels.map((label) => textWidth(label, size))) + 8;
  const most = Math.max(1, ...classes.map((entry) => entry.clips));
  const right = WIDTH - textWidth(count(most), size) - 8;
  return {
    width: WIDTH,
    height: 20 + classes.length * row,
    label: `Clips in each class: ${classes.map((entry) => `${name(entry.name)} ${count(entry.clips)}`).join(', ')}`,
    shapes: [
      { kind: 'text', x: 0, y: 10, text: 'Clips in each class', size: 10.5, bold: true },
      ...classes.flatMap((entry, index): Shape[] => {
        const y = 18 + index * row;
        const length = (entry.clips / most) * (right - left);
        const baseline = y + row / 2 + size * 0.36;
        return [
          { kind: 'text', x: left - 6, y: baseline, text: labels[index], size, anchor: 'end' },
          { kind: 'rect', x: left, y: y + row * 0.14, width: length, height: row * 0.72, fill: 'data' },
          { kind: 'text', x: left + length + 4, y: baseline, text: count(entry.clips), size, fill: 'muted' },
        ];
      }),
    ],
  };
}

/** Histogram of durations in seconds; bin i reaches from edges[i] to edges[i + 1]. */
export function drawDurations({ edges, counts }: { edges: number[]; counts: number[] }): Drawing {
  const height = 198;
  const most = Math.max(1, ...counts);
  const [low, high] = [edges[0] ?? 0, edges.at(-1) ?? 1];
  const plot = axes(
    { left: 48, top: 22, right: WIDTH - 10, bottom: height - 36 },
    { low, high, ticks: niceTicks(low, high, 6), format: String, title: 'Duration, s' },
    { low: 0, high: most, ticks: niceTicks(0, most, 4).filter(Number.isInteger), format: count, title: 'Clips' },
  );
  return {
    width: WIDTH,
    height,
    label: `Histogram of the clips’ durations from ${low} to ${high} seconds`,
    shapes: [
      { kind: 'text', x: 0, y: 10, text: 'Durations', size: 10.5, bold: true },
      ...plot.shapes,
      ...counts.flatMap((clips, index): Shape[] => {
        const x = plot.x(edges[index]);
        const width = Math.max(0.5, plot.x(edges[index + 1]) - x - 0.8);
        return clips === 0
          ? []
          : [{ kind: 'rect', x, y: plot.y(clips), width, height: plot.y(0) - plot.y(clips), fill: 'data' }];
      }),
    ],
  };
}
