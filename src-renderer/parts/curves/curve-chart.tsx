import { CartesianGrid, Line, LineChart, ReferenceDot, Tooltip, XAxis, YAxis } from 'recharts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { useCellStyle } from '../cells.ts';
import { Reading, ReadingRow } from '../chart/reading.tsx';
import { significant } from '../format.ts';
import { accuracy } from '../results/numbers.ts';
import { Marker } from '../results/cell-mark.tsx';
import { epochTicks } from './smooth.ts';
import type { CurveData, CurveLine, Metric } from './series.ts';
import classes from './curves.module.css';

export const METRIC_NAMES: Record<Metric, string> = { loss: 'Loss', accuracy: 'Accuracy' };
const AXIS_NAMES: Record<Metric, string> = { loss: 'cross-entropy (nats)', accuracy: 'accuracy (%)' };
export const valueWords = (metric: Metric, value: number | null): string =>
  metric === 'accuracy' ? accuracy(value) : value === null ? '–' : significant(value);

/** How a line is told from its like: the mean above its seeds, validation above training. */
const WEIGHT: Record<CurveLine['kind'], { width: number; opacity: number }> = {
  main: { width: 2, opacity: 1 },
  seed: { width: 1, opacity: 0.4 },
  raw: { width: 1, opacity: 0.35 },
};
const TRAIN_OPACITY = 0.55;

interface Props {
  metric: Metric;
  data: CurveData;
  /** Logarithmic value axis (loss only). */
  log: boolean;
  height: number;
}

/** One chart of learning curves. What it shows also stands in the table of EpochTable. */
export function CurveChart({ metric, data, log, height }: Props) {
  const style = useCellStyle();
  const both = new Set(data.lines.map((line) => line.part)).size > 1;
  const last = data.rows.at(-1)?.epoch ?? 1;
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        {METRIC_NAMES[metric]} <span className={classes.unit}>{AXIS_NAMES[metric]} by epoch</span>
      </figcaption>
      <div role="img" aria-label={`${METRIC_NAMES[metric]} by epoch, ${last} epochs; as numbers under Table`}>
        <LineChart
          responsive
          accessibilityLayer={false}
          style={{ width: '100%', height }}
          data={data.rows}
          margin={{ top: 6, right: 14, bottom: 0, left: 0 }}
        >
          <CartesianGrid stroke="var(--hark-edge)" vertical={false} />
          <XAxis
            dataKey="epoch"
            type="number"
            domain={[1, Math.max(2, last)]}
            ticks={epochTicks(last)}
            tickLine={false}
            tick={TICK}
            minTickGap={24}
            stroke="var(--hark-edge)"
          />
          <YAxis
            width={44}
            scale={log ? 'log' : 'linear'}
            domain={log ? ['auto', 'auto'] : metric === 'accuracy' ? [0, 1] : [0, 'auto']}
            allowDataOverflow={log}
            tickFormatter={(value: number) =>
              metric === 'accuracy' ? String(Math.round(value * 100)) : significant(value, 2)
            }
            tickLine={false}
            axisLine={false}
            tick={TICK}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--mantine-color-dimmed)', strokeDasharray: '2 2' }}
            content={({ active, payload, label }) =>
              active ? <EpochReading metric={metric} lines={data.lines} epoch={Number(label)} values={payload} /> : null
            }
          />
          {data.lines.map((line) => {
            const { colour, dash } = style(line.cell);
            const { width, opacity } = WEIGHT[line.kind];
            const quiet = both && line.part === 'train';
            return (
              <Line
                key={line.key}
                dataKey={line.key}
                type="linear"
                stroke={colour}
                strokeDasharray={dash}
                strokeWidth={quiet ? Math.min(width, 1.25) : width}
                strokeOpacity={quiet ? opacity * TRAIN_OPACITY : opacity}
                dot={false}
                activeDot={line.kind === 'main' ? { r: 3 } : false}
                isAnimationActive={false}
                connectNulls
              />
            );
          })}
          {data.best.map((mark) => (
            <ReferenceDot
              key={mark.run}
              x={mark.epoch}
              y={mark.value}
              shape={({ cx, cy }: { cx?: number; cy?: number }) => (
                <Marker style={style(mark.cell)} x={cx ?? 0} y={cy ?? 0} hollow />
              )}
            />
          ))}
        </LineChart>
      </div>
    </figure>
  );
}

const TICK = { fontSize: 11, fill: 'var(--mantine-color-dimmed)' };

interface ReadingProps {
  metric: Metric;
  lines: readonly CurveLine[];
  epoch: number;
  values: readonly { dataKey?: unknown; value?: unknown; color?: string }[];
}

/** The values under the pointer. */
function EpochReading({ metric, lines, epoch, values }: ReadingProps) {
  const shown = lines.filter((line) => line.kind === 'main');
  return (
    <Reading title={`Epoch ${epoch}`}>
      {shown.map((line) => {
        const entry = values.find((value) => value.dataKey === line.key);
        if (typeof entry?.value !== 'number') return null;
        return (
          <ReadingRow
            key={line.key}
            colour={entry.color}
            name={`${CELL_NAMES[line.cell]} ${line.part === 'train' ? 'training' : 'validation'}${line.run === null ? ', mean' : ''}`}
          >
            {valueWords(metric, entry.value)}
          </ReadingRow>
        );
      })}
    </Reading>
  );
}
