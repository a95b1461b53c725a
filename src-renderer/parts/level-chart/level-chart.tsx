import { useState } from 'react';
import { useCellStyle } from '../cells.ts';
import axes from '../chart/chart.module.css';
import { beside, Reading, ReadingRow } from '../chart/reading.tsx';
import { Marker } from '../results/cell-mark.tsx';
import { interval } from '../results/numbers.ts';
import { useSize } from '../sound/use-size.ts';
import { levelLayout, type LevelData, type LevelLayout } from './layout.ts';
import classes from './level-chart.module.css';

interface Props {
  data: LevelData;
  /** What is shown, for those who do not see it. */
  label: string;
  height?: number;
}

/** A value by cell at each of several levels, with 95 % intervals. What it shows belongs into a table beside it as well. */
export function LevelChart({ data, label, height = 300 }: Props) {
  const { ref, width } = useSize<HTMLDivElement>();
  const [under, setUnder] = useState<number | null>(null);
  return (
    <div ref={ref} className={axes.chart} style={{ height }} role="group" aria-label={label}>
      {width > 0 && <Drawing {...{ data, width, height, under, setUnder }} layout={levelLayout(data, width, height)} />}
    </div>
  );
}

interface DrawingProps {
  data: LevelData;
  layout: LevelLayout;
  width: number;
  height: number;
  /** The slot under the pointer or with the focus. */
  under: number | null;
  setUnder: (slot: number | null) => void;
}

function Drawing({ data, layout, width, height, under, setUnder }: DrawingProps) {
  const style = useCellStyle();
  const { plot, slots, breakAt, values, marks, lines, reference } = layout;
  return (
    <>
      <svg className={classes.drawing} width={width} height={height} onPointerLeave={() => setUnder(null)}>
        <g aria-hidden>
          {values.map(({ y, words }) => (
            <g key={words}>
              <line className={axes.grid} x1={plot.left} x2={plot.right} y1={y} y2={y} />
              <text x={plot.left - 6} y={y} textAnchor="end" dominantBaseline="central">
                {words}
              </text>
            </g>
          ))}
          <line className={axes.grid} x1={plot.left} x2={plot.right} y1={plot.bottom} y2={plot.bottom} />
          {breakAt !== null && (
            <line className={classes.break} x1={breakAt} x2={breakAt} y1={plot.top} y2={plot.bottom + 5} />
          )}
          {slots.map(({ x }, index) => (
            <text key={index} x={x} y={plot.bottom + 15} textAnchor="middle">
              {data.slots[index].tick ?? data.slots[index].words}
            </text>
          ))}
          <text x={(plot.left + plot.right) / 2} y={height - 8} textAnchor="middle">
            {data.axis}
          </text>
          {reference !== null && (
            <>
              <line className={axes.reference} x1={plot.left} x2={plot.right} y1={reference} y2={reference} />
              <text x={plot.left + 6} y={reference - 6}>
                {data.reference?.words}
              </text>
            </>
          )}
          {under !== null && (
            <line className={axes.pointer} x1={slots[under].x} x2={slots[under].x} y1={plot.top} y2={plot.bottom} />
          )}
          {lines.map(({ cell, points }, index) => (
            <polyline
              key={index}
              points={points.map((point) => point.join()).join(' ')}
              fill="none"
              stroke={style(cell).colour}
              strokeDasharray={style(cell).dash}
              strokeWidth={2}
            />
          ))}
          {marks.map(({ series, point, hollow, x, y, whisker, bar }) => {
            const look = style(point.cell);
            return (
              <g key={`${series} ${point.slot}`} stroke={look.colour} strokeWidth={1.5}>
                {bar && (
                  <rect
                    x={x - bar.width / 2}
                    y={y}
                    width={bar.width}
                    height={Math.max(0, bar.foot - y)}
                    fill={look.colour}
                    fillOpacity={hollow ? 0.25 : 0.8}
                  />
                )}
                {whisker && (
                  <path d={`M${x},${whisker[0]}V${whisker[1]}M${x - 4},${whisker[0]}h8M${x - 4},${whisker[1]}h8`} />
                )}
                {!bar && <Marker style={look} x={x} y={y} hollow={hollow} />}
              </g>
            );
          })}
          {notesOf(data).map(({ slot, note }) => (
            <text
              key={slot}
              className={classes.note}
              transform={`translate(${slots[slot].x + 4} ${plot.bottom - 8}) rotate(-90)`}
            >
              {note}
            </text>
          ))}
        </g>
        {slots.map(({ x, width: room }, slot) => (
          <rect
            key={slot}
            className={axes.sense}
            x={x - room / 2}
            y={plot.top}
            width={room}
            height={plot.bottom - plot.top}
            role="img"
            tabIndex={0}
            aria-label={wordsOf(data, slot)}
            onPointerEnter={() => setUnder(slot)}
            onFocus={() => setUnder(slot)}
            onBlur={() => setUnder(null)}
          />
        ))}
      </svg>
      {under !== null && <LevelReading data={data} slot={under} x={slots[under].x} width={width} />}
    </>
  );
}

/** All series' points at a level. */
export const pointsAt = ({ series }: LevelData, slot: number) =>
  series.flatMap(({ name, points }) => points.filter((point) => point.slot === slot).map((point) => ({ name, point })));

/** Notes of the levels that have no point. */
export const notesOf = (data: LevelData) =>
  data.slots.flatMap(({ note }, slot) => (note && pointsAt(data, slot).length === 0 ? [{ slot, note }] : []));

const valueWords = ({ value }: LevelData, point: ReturnType<typeof pointsAt>[number]['point']) =>
  value.words(point.value) + (point.interval ? ` (${interval(point.interval)})` : '');

/** "64 units: RNN 91.2 % (87.5–94.0 %), LSTM ...". */
function wordsOf(data: LevelData, slot: number): string {
  const points = pointsAt(data, slot);
  const { words, note } = data.slots[slot];
  if (points.length === 0) return `${words}: ${note ?? 'nothing yet'}`;
  return `${words}: ${points.map(({ name, point }) => `${name} ${valueWords(data, point)}`).join(', ')}`;
}

/** The values of a level, beside it. */
function LevelReading({ data, slot, x, width }: { data: LevelData; slot: number; x: number; width: number }) {
  const style = useCellStyle();
  const points = pointsAt(data, slot);
  const { words, note } = data.slots[slot];
  return (
    <Reading title={words} place={{ top: 8, ...beside(x, width) }}>
      {points.length === 0 && (note ?? 'Nothing yet')}
      {points.map(({ name, point }) => (
        <ReadingRow key={name} colour={style(point.cell).colour} name={name}>
          {valueWords(data, point)}
        </ReadingRow>
      ))}
    </Reading>
  );
}
