import { useState } from 'react';
import type { TradeOff } from '#shared/domain/sweep.ts';
import { paths } from '../../../app/paths.ts';
import axes from '../../../parts/chart/chart.module.css';
import { beside, Reading } from '../../../parts/chart/reading.tsx';
import { MARKER_OUTLINES, useCellStyle } from '../../../parts/cells.ts';
import { useSize } from '../../../parts/sound/use-size.ts';
import type { Quantity } from '../quantities.ts';
import { bubbleLayout, sizesOf, type Bubble, type BubbleLayout } from './layout.ts';
import { bubbleWords, networkWords, numberWords, placeWords } from './words.ts';
import classes from './trade-offs.module.css';

interface Props {
  /** Not empty. */
  rows: readonly TradeOff[];
  /** Along, upwards is accuracy, and the bubbles' area. */
  cost: Quantity;
  size: Quantity;
  height?: number;
}

/** What accuracy costs: a bubble a network, each a way to its comparison. The same numbers stand in the table. */
export function BubbleChart({ rows, cost, size, height = 420 }: Props) {
  const { ref, width } = useSize<HTMLDivElement>();
  return (
    <div
      ref={ref}
      className={axes.chart}
      style={{ height }}
      role="group"
      aria-label={`Accuracy by ${cost.title}, a bubble a network`}
    >
      {width > 0 && <Drawing {...{ cost, width, height }} layout={bubbleLayout(rows, cost, size, width, height)} />}
    </div>
  );
}

const keyOf = ({ comparison, cell }: TradeOff) => `${comparison} ${cell}`;

interface DrawingProps {
  layout: BubbleLayout;
  cost: Quantity;
  width: number;
  height: number;
}

function Drawing({ layout, cost, width, height }: DrawingProps) {
  const style = useCellStyle();
  const [under, setUnder] = useState<string | null>(null);
  const { plot, costs, worths, bubbles, front } = layout;
  const shown = bubbles.find(({ row }) => keyOf(row) === under);
  return (
    <>
      <svg width={width} height={height}>
        <g aria-hidden>
          {worths.map(({ y, words }) => (
            <g key={words}>
              <line className={axes.grid} x1={plot.left} x2={plot.right} y1={y} y2={y} />
              <text x={plot.left - 6} y={y} textAnchor="end" dominantBaseline="central">
                {words}
              </text>
            </g>
          ))}
          {costs.map(({ x, words }) => (
            <g key={words}>
              <line className={axes.grid} x1={x} x2={x} y1={plot.top} y2={plot.bottom} />
              <text x={x} y={plot.bottom + 15} textAnchor="middle">
                {words}
              </text>
            </g>
          ))}
          <text x={(plot.left + plot.right) / 2} y={height - 8} textAnchor="middle">
            {cost.title}, logarithmic axis
          </text>
          <polyline className={classes.front} points={front.map((point) => point.join()).join(' ')} />
          {bubbles.map(({ row, x, whisker: [top, bottom] }) => (
            <line
              key={keyOf(row)}
              x1={x}
              x2={x}
              y1={top}
              y2={bottom}
              stroke={style(row.cell).colour}
              strokeOpacity={keyOf(row) === under ? 1 : 0.3}
              strokeWidth={keyOf(row) === under ? 2 : 1}
            />
          ))}
        </g>
        {bubbles.map((bubble) => (
          <a
            key={keyOf(bubble.row)}
            className={classes.bubble}
            href={`#${paths.comparison(bubble.row.comparison)}`}
            aria-label={bubbleWords(bubble.row)}
            onPointerEnter={() => setUnder(keyOf(bubble.row))}
            onPointerLeave={() => setUnder(null)}
            onFocus={() => setUnder(keyOf(bubble.row))}
            onBlur={() => setUnder(null)}
          >
            <Outline bubble={bubble} colour={style(bubble.row.cell).colour} marker={style(bubble.row.cell).marker} />
          </a>
        ))}
      </svg>
      {shown && <BubbleReading bubble={shown} width={width} height={height} />}
    </>
  );
}

interface OutlineProps {
  bubble: Bubble;
  colour: string;
  marker: keyof typeof MARKER_OUTLINES;
}

/** A bubble in the shape of its cell's marker, which are of like area. */
function Outline({ bubble: { x, y, radius, onFront }, colour, marker }: OutlineProps) {
  return (
    <path
      d={MARKER_OUTLINES[marker]}
      transform={`translate(${x} ${y}) scale(${radius})`}
      fill={colour}
      fillOpacity={onFront ? 0.75 : 0.35}
      stroke={colour}
      strokeWidth={onFront ? 2 : 1}
      vectorEffect="non-scaling-stroke"
    />
  );
}

interface ReadingProps {
  bubble: Bubble;
  width: number;
  height: number;
}

/** All numbers of the bubble under the pointer or with the focus. */
function BubbleReading({ bubble: { row, x, y, onFront }, width, height }: ReadingProps) {
  const along = y > height / 2 ? { bottom: height - y + 6 } : { top: y + 6 };
  return (
    <Reading title={networkWords(row)} place={{ ...beside(x, width, 14), ...along }}>
      <div className={classes.readingPlace}>{placeWords(row)}</div>
      <dl className={classes.readingNumbers}>
        {numberWords(row).map(({ name, words }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      {onFront && <div>On the front: none is both cheaper and better.</div>}
    </Reading>
  );
}

/** What the areas stand for. */
export function SizeLegend({ rows, size }: { rows: readonly TradeOff[]; size: Quantity }) {
  const sizes = sizesOf(rows, size);
  const widest = Math.max(...sizes.map(({ radius }) => radius), 0);
  return (
    <span className={classes.sizes}>
      Area: {size.title}
      {sizes.map(({ value, radius }) => (
        <span key={value}>
          <svg width={2 * radius + 2} height={2 * widest + 2} aria-hidden>
            <circle cx={radius + 1} cy={widest + 1} r={radius} fill="none" stroke="currentColor" />
          </svg>
          {size.words(value)}
        </span>
      ))}
    </span>
  );
}
