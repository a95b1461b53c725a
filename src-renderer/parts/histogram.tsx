import { VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { count, plural } from './format.ts';
import axes from './chart/chart.module.css';
import classes from './histogram.module.css';
import { linearTicks } from './sound/axis.ts';
import { useSize } from './sound/use-size.ts';

interface Props {
  /** Bin i reaches from edges[i] to edges[i + 1]. */
  edges: readonly number[];
  counts: readonly number[];
  /** What is counted: "clip". */
  one: string;
  /** Name of the axis with its unit, and a value on it in words. */
  axis: string;
  words(value: number): string;
  height?: number;
}

const LEFT = 48;
const BOTTOM = 34;
const TOP = 8;

/** Counts over ranges of a value, from zero up; the same as a table for those who do not see it. */
export function Histogram({ edges, counts, one, axis, words, height = 180 }: Props) {
  const { ref, width } = useSize<HTMLDivElement>();
  const [under, setUnder] = useState<number | null>(null);
  const low = edges[0] ?? 0;
  const high = edges.at(-1) ?? 1;
  const span = high - low || 1;
  const most = Math.max(1, ...counts);
  const room = { width: Math.max(0, width - LEFT - 8), height: height - TOP - BOTTOM };
  const x = (value: number) => LEFT + ((value - low) / span) * room.width;
  const y = (value: number) => TOP + room.height * (1 - value / most);
  const range = (bin: number) => `${words(edges[bin])} to ${words(edges[bin + 1])}`;

  return (
    <div ref={ref} className={`${axes.chart} ${classes.histogram}`} style={{ height }}>
      {width > 0 && (
        <svg width={width} height={height} aria-hidden onPointerLeave={() => setUnder(null)}>
          {linearTicks(0, most, room.height / 26)
            .filter(Number.isInteger)
            .map((tick) => (
              <g key={tick}>
                <line className={axes.grid} x1={LEFT} x2={width - 8} y1={y(tick)} y2={y(tick)} />
                <text x={LEFT - 6} y={y(tick)} textAnchor="end" dominantBaseline="central">
                  {count(tick)}
                </text>
              </g>
            ))}
          {counts.map((value, bin) => (
            <g key={bin} onPointerEnter={() => setUnder(bin)}>
              <rect
                className={axes.sense}
                x={x(edges[bin])}
                y={TOP}
                width={room.width / counts.length}
                height={room.height}
              />
              <rect
                className={classes.bar}
                data-under={under === bin || undefined}
                x={x(edges[bin]) + 0.5}
                y={y(value)}
                width={Math.max(1, x(edges[bin + 1]) - x(edges[bin]) - 1)}
                height={TOP + room.height - y(value)}
              />
            </g>
          ))}
          {linearTicks(low, high, room.width / 80).map((tick) => (
            <text key={tick} x={x(tick)} y={TOP + room.height + 14} textAnchor="middle">
              {Number(tick.toPrecision(6))}
            </text>
          ))}
          <text x={LEFT + room.width / 2} y={height - 3} textAnchor="middle">
            {under === null ? axis : `${range(under)}: ${plural(counts[under], one)}`}
          </text>
        </svg>
      )}
      <VisuallyHidden>
        <table>
          <caption>{axis}</caption>
          <tbody>
            {counts.map((value, bin) => (
              <tr key={bin}>
                <th scope="row">{range(bin)}</th>
                <td>{plural(value, one)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </div>
  );
}
