import { ACTIVATION_IDS, ACTIVATIONS, type ActivationId } from '#shared/math/activations.ts';
import { useSize } from '../../../parts/sound/use-size.ts';
import { linearTicks } from '../../../parts/sound/axis.ts';
import { STEPS, useActivations } from './state.ts';
import classes from './activations.module.css';

const EDGE = { left: 44, right: 10, top: 10, bottom: 32 };
/** Powers of ten the axis reaches down to; single precision ends not far below. */
const LOWEST = -40;
const DASHES: Record<ActivationId, string | undefined> = { sigmoid: '7 4', tanh: undefined, relu: '2 3' };

/** What is left of a gradient after each number of steps, each of which multiplies it by f'(x); logarithmic. */
export function ProductChart() {
  const { ref, width, height } = useSize<HTMLDivElement>();
  const { x, steps } = useActivations();
  const room = {
    width: Math.max(0, width - EDGE.left - EDGE.right),
    height: Math.max(0, height - EDGE.top - EDGE.bottom),
  };
  const toX = (n: number) => EDGE.left + ((n - STEPS.min) / (STEPS.max - STEPS.min)) * room.width;
  const toY = (power: number) => EDGE.top + (power / LOWEST) * room.height;
  return (
    <div ref={ref} className={classes.chart}>
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label="Product of the derivatives over 1 to 50 steps">
          {linearTicks(LOWEST, 0, 4).map((power) => (
            <g key={power}>
              <line className={classes.grid} x1={EDGE.left} x2={width - EDGE.right} y1={toY(power)} y2={toY(power)} />
              <text x={EDGE.left - 6} y={toY(power)} textAnchor="end" dominantBaseline="central">
                {power === 0 ? '1' : `1e−${-power}`}
              </text>
            </g>
          ))}
          {[1, 10, 20, 30, 40, 50].map((n) => (
            <text key={n} x={toX(n)} y={EDGE.top + room.height + 14} textAnchor="middle">
              {n}
            </text>
          ))}
          <text x={EDGE.left + room.width / 2} y={height - 4} textAnchor="middle">
            steps n
          </text>
          <line className={classes.here} x1={toX(steps)} x2={toX(steps)} y1={EDGE.top} y2={EDGE.top + room.height} />
          {ACTIVATION_IDS.map((id) => {
            const each = Math.log10(ACTIVATIONS[id].derivative(x));
            if (!Number.isFinite(each)) return null;
            // A straight line, as far as the axis reaches.
            const last = Math.min(STEPS.max, each === 0 ? STEPS.max : LOWEST / each);
            return last > STEPS.min ? (
              <line
                key={id}
                className={classes.product}
                strokeDasharray={DASHES[id]}
                x1={toX(STEPS.min)}
                y1={toY(each)}
                x2={toX(last)}
                y2={toY(each * last)}
              />
            ) : null;
          })}
        </svg>
      )}
    </div>
  );
}

/** Which line is which. */
export function ProductKey() {
  return (
    <span className={classes.key}>
      {ACTIVATION_IDS.map((id) => (
        <span key={id}>
          <svg width={24} height={8} aria-hidden>
            <line className={classes.product} strokeDasharray={DASHES[id]} x1={0} x2={24} y1={4} y2={4} />
          </svg>
          {ACTIVATIONS[id].name}
        </span>
      ))}
    </span>
  );
}
