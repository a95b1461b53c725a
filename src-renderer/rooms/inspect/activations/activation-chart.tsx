import { ACTIVATIONS, type ActivationId } from '#shared/math/activations.ts';
import { significant } from '../../../parts/format.ts';
import { linearTicks } from '../../../parts/sound/axis.ts';
import axes from '../../../parts/chart/chart.module.css';
import { useSize } from '../../../parts/sound/use-size.ts';
import { curvePath } from './curve.ts';
import { planeOf } from './plane.ts';
import { RANGE, useActivations } from './state.ts';
import classes from './activations.module.css';

/** How often values fell where: bin i reaches from edges[i] to edges[i + 1]. */
export interface ValueHistogram {
  edges: readonly number[];
  counts: readonly number[];
}

interface Props {
  id: ActivationId;
  /** Pre-activations of a network, drawn under the curves against the same axis. */
  preActivations?: ValueHistogram;
}

export const EDGE = { left: 34, right: 10, top: 10, bottom: 32 };

/** The axis of y holds the function and its derivative. */
export const LIMITS: Record<ActivationId, { low: number; high: number }> = {
  sigmoid: { low: 0, high: 1 },
  tanh: { low: -1, high: 1 },
  relu: { low: 0, high: 6 },
};

/** A function and its derivative, with a point on each at the x in sight. */
export function ActivationChart({ id, preActivations }: Props) {
  const { ref, width, height } = useSize<HTMLDivElement>();
  const x = useActivations((state) => state.x);
  const { name, value, derivative } = ACTIVATIONS[id];
  const { low, high } = LIMITS[id];
  const { left, right, top, bottom, toX, toY, fromX } = planeOf(
    { width, height },
    EDGE,
    [RANGE.min, RANGE.max],
    [low, high],
  );
  const point = (event: React.PointerEvent<SVGSVGElement>) => {
    if (event.buttons !== 1) return;
    const at = fromX(event.clientX - event.currentTarget.getBoundingClientRect().left);
    useActivations.setState({ x: Math.min(RANGE.max, Math.max(RANGE.min, Number(at.toFixed(2)))) });
  };
  const words = `${name} and its derivative over x; at x = ${significant(x)} they are ${significant(value(x))} and ${significant(derivative(x))}`;
  return (
    <div ref={ref} className={`${axes.chart} ${classes.chart}`}>
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={words} onPointerDown={point} onPointerMove={point}>
          {linearTicks(low, high, 5).map((tick) => (
            <g key={tick}>
              <line className={axes.grid} x1={left} x2={right} y1={toY(tick)} y2={toY(tick)} />
              <text x={left - 6} y={toY(tick)} textAnchor="end" dominantBaseline="central">
                {String(tick).replace('-', '−')}
              </text>
            </g>
          ))}
          {linearTicks(RANGE.min, RANGE.max, 6).map((tick) => (
            <text key={tick} x={toX(tick)} y={bottom + 14} textAnchor="middle">
              {String(tick).replace('-', '−')}
            </text>
          ))}
          <text x={(left + right) / 2} y={height - 4} textAnchor="middle">
            x
          </text>
          {preActivations && <Bars of={preActivations} toX={toX} floor={bottom} height={bottom - top} />}
          <line className={classes.zero} x1={toX(0)} x2={toX(0)} y1={top} y2={bottom} />
          <line className={classes.here} x1={toX(x)} x2={toX(x)} y1={top} y2={bottom} />
          <path className={classes.value} d={curvePath(value, toX, toY)} />
          <path className={classes.derivative} d={curvePath(derivative, toX, toY)} />
          <circle className={classes.valuePoint} cx={toX(x)} cy={toY(value(x))} r={4.5} />
          <circle className={classes.derivativePoint} cx={toX(x)} cy={toY(derivative(x))} r={4.5} />
        </svg>
      )}
    </div>
  );
}

interface BarsProps {
  of: ValueHistogram;
  toX: (x: number) => number;
  floor: number;
  height: number;
}

/** Bars from the floor of the chart, the tallest over its whole height; what lies beyond the axis is left out. */
function Bars({ of: { edges, counts }, toX, floor, height }: BarsProps) {
  const most = Math.max(1, ...counts);
  return counts.map((count, bin) => {
    const [from, to] = [Math.max(RANGE.min, edges[bin]), Math.min(RANGE.max, edges[bin + 1])];
    const tall = (count / most) * height;
    return (
      to > from && (
        <rect
          key={bin}
          className={classes.bar}
          x={toX(from)}
          y={floor - tall}
          width={toX(to) - toX(from)}
          height={tall}
        />
      )
    );
  });
}
