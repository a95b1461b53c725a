import { useId, useState, type PointerEvent } from 'react';
import { useCellStyle } from '../cells.ts';
import axes from '../chart/chart.module.css';
import { beside, Reading, ReadingRow } from '../chart/reading.tsx';
import { Marker } from '../results/cell-mark.tsx';
import { useSize } from '../sound/use-size.ts';
import { pathOf, plotLayout, type PlotData, type PlotPoint } from './layout.ts';
import classes from './line-plot.module.css';

interface Props {
  data: PlotData;
  height: number;
  /** What is seen, for who cannot see it; the numbers stand in a table. */
  label: string;
}

/** Lines over a common axis, each cell in its colour, dash and marker, with what lies around them and the values under the pointer. */
export function LinePlot({ data, height, label }: Props) {
  const { ref, width } = useSize<HTMLDivElement>();
  const [at, setAt] = useState<number | null>(null);
  const clip = useId();
  const style = useCellStyle();
  const layout = plotLayout(data, width, height);
  const { plot, toX, lines, xTicks, yTicks, references } = layout;
  const point = (event: PointerEvent<SVGSVGElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    setAt(nearest(data, x, toX));
  };
  return (
    <div ref={ref} className={axes.chart} style={{ height }}>
      {width > 0 && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={label}
          onPointerMove={point}
          onPointerLeave={() => setAt(null)}
        >
          <clipPath id={clip}>
            <rect
              x={plot.left}
              y={plot.top - 4}
              width={plot.right - plot.left + 4}
              height={plot.bottom - plot.top + 5}
            />
          </clipPath>
          {yTicks.map(({ y, words }) => (
            <g key={y}>
              <line className={axes.grid} x1={plot.left} x2={plot.right} y1={y} y2={y} />
              <text x={plot.left - 6} y={y} textAnchor="end" dominantBaseline="central">
                {words}
              </text>
            </g>
          ))}
          {xTicks.map(({ x, words }) => (
            <text key={x} x={x} y={plot.bottom + 15} textAnchor="middle">
              {words}
            </text>
          ))}
          <text x={(plot.left + plot.right) / 2} y={height - 5} textAnchor="middle">
            {data.x.title}
          </text>
          <g clipPath={`url(#${clip})`}>
            {lines.map(({ line, bands }) =>
              bands.map((band, index) => (
                <path
                  key={`${line.id} ${index}`}
                  className={classes.band}
                  d={`${pathOf(band)}Z`}
                  fill={style(line.cell).colour}
                />
              )),
            )}
            {references.map(({ y, words }) => (
              <g key={words}>
                <line className={axes.reference} x1={plot.left} x2={plot.right} y1={y} y2={y} />
                <text className={classes.over} x={plot.right - 4} y={y - 5} textAnchor="end">
                  {words}
                </text>
              </g>
            ))}
            {at !== null && <line className={axes.pointer} x1={toX(at)} x2={toX(at)} y1={plot.top} y2={plot.bottom} />}
            {lines.map(({ line, pieces, marks }) => {
              const look = style(line.cell);
              return (
                <g key={line.id} opacity={line.quiet ? 0.5 : undefined}>
                  <path
                    d={pieces.map(pathOf).join('')}
                    fill="none"
                    stroke={look.colour}
                    strokeWidth={line.quiet ? 1.2 : 2}
                    strokeDasharray={look.dash}
                  />
                  {!line.quiet &&
                    marks.map(([x, y]) => <Marker key={`${x} ${y}`} style={look} x={x} y={y} size={3.8} />)}
                </g>
              );
            })}
          </g>
          {lines.map(
            ({ line, end }) =>
              end && (
                <text
                  key={line.id}
                  className={classes.end}
                  x={end.x + 7}
                  y={end.y}
                  dominantBaseline="central"
                  style={{ fill: style(line.cell).colour }}
                >
                  {end.label}
                </text>
              ),
          )}
        </svg>
      )}
      {at !== null && <PlotReading data={data} at={at} left={toX(at)} width={width} />}
    </div>
  );
}

interface ReadingProps {
  data: PlotData;
  at: number;
  left: number;
  width: number;
}

/** The values under the pointer. */
function PlotReading({ data, at, left, width }: ReadingProps) {
  const style = useCellStyle();
  return (
    <Reading title={data.x.words(at)} place={{ top: 8, ...beside(left, width) }}>
      {data.lines.map((line) => {
        const found = line.points.find(({ x }) => x === at);
        if (!found || found.y === null) return null;
        return (
          <ReadingRow key={line.id} colour={style(line.cell).colour} name={line.name}>
            {wordsOf(found, data)}
          </ReadingRow>
        );
      })}
    </Reading>
  );
}

function wordsOf({ y, low, high }: PlotPoint, { y: { words } }: PlotData): string {
  const around = typeof low === 'number' && typeof high === 'number' ? ` (${words(low)} to ${words(high)})` : '';
  return `${words(y!)}${around}`;
}

/** The value along that has points and is nearest to a place; null: there are none. */
function nearest({ lines }: PlotData, px: number, toX: (value: number) => number): number | null {
  let found: number | null = null;
  for (const { points } of lines)
    for (const { x } of points) if (found === null || Math.abs(toX(x) - px) < Math.abs(toX(found) - px)) found = x;
  return found;
}
