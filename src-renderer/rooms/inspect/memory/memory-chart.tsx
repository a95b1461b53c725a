import { CartesianGrid, ErrorBar, Line, LineChart, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import type { MemoryPoint, MemoryRun } from '#shared/domain/memory.ts';
import { CELL_NAMES, type RecurrentCell } from '#shared/domain/model-spec.ts';
import { useCellStyle } from '../../../parts/cells.ts';
import { count, percent } from '../../../parts/format.ts';
import { Marker } from '../../../parts/results/cell-mark.tsx';
import { accuracy, interval } from '../../../parts/results/numbers.ts';
import classes from './memory.module.css';

const HEIGHT = 260;
/** Half a marker's width by the cell's place, pixels: what lies beneath looks out. */
const MARKERS = [7, 6, 4];
const TICK = { fontSize: 11, fill: 'var(--mantine-color-dimmed)' };
/** Room on either side of the outermost points, as a factor of distance. */
const MARGIN = 1.12;

type Row = { distance: number } & Partial<Record<RecurrentCell, number>> &
  Partial<Record<`${RecurrentCell}-bar`, [number, number]>>;

/** Accuracy against distance, a curve a cell. What it shows also stands in MemoryTable. */
export function MemoryChart({ run }: { run: MemoryRun }) {
  const style = useCellStyle();
  const { cells, distances, seeds } = run.settings;
  const chance = 1 / run.classes;
  const n = count(run.testSequences * seeds.length);
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        Right answers (%) by distance from cue to answer (frames, logarithmic axis); n = {n} at each point
      </figcaption>
      <div role="img" aria-label="Accuracy by distance, a curve a cell; as numbers under Table">
        <LineChart
          responsive
          accessibilityLayer={false}
          style={{ width: '100%', height: HEIGHT }}
          data={rowsOf(run)}
          margin={{ top: 8, right: 14, bottom: 0, left: 0 }}
        >
          <CartesianGrid stroke="var(--hark-edge)" vertical={false} />
          <XAxis
            dataKey="distance"
            type="number"
            scale="log"
            domain={[distances[0] / MARGIN, distances.at(-1)! * MARGIN]}
            ticks={distances}
            interval={0}
            tickLine={false}
            tick={TICK}
            stroke="var(--hark-edge)"
          />
          <YAxis
            width={40}
            domain={[0, 1]}
            ticks={[0, 0.25, 0.5, 0.75, 1]}
            tickFormatter={(value: number) => String(Math.round(value * 100))}
            tickLine={false}
            axisLine={false}
            tick={TICK}
          />
          <ReferenceLine
            y={chance}
            stroke="var(--mantine-color-dimmed)"
            strokeDasharray="1 3"
            label={{ value: `chance ${percent(chance)}`, position: 'insideBottomLeft', ...TICK }}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--mantine-color-dimmed)', strokeDasharray: '2 2' }}
            content={({ active, label }) =>
              active ? <Reading points={run.points.filter(({ distance }) => distance === Number(label))} n={n} /> : null
            }
          />
          {cells.map((cell, place) => {
            const look = style(cell);
            return (
              <Line
                key={cell}
                dataKey={cell}
                type="linear"
                stroke={look.colour}
                strokeDasharray={look.dash}
                strokeWidth={2}
                isAnimationActive={false}
                activeDot={false}
                connectNulls
                dot={({ cx, cy, index }: { cx?: number; cy?: number; index?: number }) =>
                  cx === undefined || cy === undefined || cy === null ? (
                    <g key={index} />
                  ) : (
                    <Marker key={index} style={look} x={cx} y={cy} size={MARKERS[place]} />
                  )
                }
              >
                <ErrorBar
                  dataKey={`${cell}-bar`}
                  direction="y"
                  width={5}
                  stroke={look.colour}
                  strokeWidth={1.5}
                  isAnimationActive={false}
                />
              </Line>
            );
          })}
        </LineChart>
      </div>
    </figure>
  );
}

/** One row a distance, with each cell's value and how far its interval reaches down and up. */
function rowsOf({ settings, points }: MemoryRun): Row[] {
  return settings.distances.map((distance) => {
    const row: Row = { distance };
    for (const point of points)
      if (point.distance === distance) {
        const [low, high] = point.interval;
        row[point.cell] = point.accuracy;
        row[`${point.cell}-bar`] = [point.accuracy - low, high - point.accuracy];
      }
    return row;
  });
}

/** The values under the pointer. */
function Reading({ points, n }: { points: readonly MemoryPoint[]; n: string }) {
  const style = useCellStyle();
  if (points.length === 0) return null;
  return (
    <div className={classes.reading}>
      <div className={classes.readingTitle}>
        {points[0].distance} frames, n = {n}
      </div>
      {points.map((point) => (
        <div key={point.cell} className={classes.readingRow}>
          <span className={classes.dot} style={{ background: style(point.cell).colour }} />
          <span>{CELL_NAMES[point.cell]}</span>
          <span>
            {accuracy(point.accuracy)} ({interval(point.interval)})
          </span>
        </div>
      ))}
    </div>
  );
}
