import { ACTIVATION_IDS, ACTIVATIONS, type ActivationId } from '#shared/math/activations.ts';
import axes from '../../../parts/chart/chart.module.css';
import { useSize } from '../../../parts/sound/use-size.ts';
import { linearTicks } from '../../../parts/sound/axis.ts';
import { planeOf } from './plane.ts';
import { STEPS, useActivations } from './state.ts';
import classes from './activations.module.css';

export const EDGE = { left: 44, right: 10, top: 10, bottom: 32 };
/** Powers of ten the axis reaches down to; single precision ends not far below. */
export const LOWEST = -40;
export const DASHES: Record<ActivationId, string | undefined> = { sigmoid: '7 4', tanh: undefined, relu: '2 3' };

/** A power of ten on the axis. */
export const powerWords = (power: number): string => (power === 0 ? '1' : `1e−${-power}`);

/** What is left of a gradient after each number of steps, each of which multiplies it by f'(x); logarithmic. */
export function ProductChart() {
  const { ref, width, height } = useSize<HTMLDivElement>();
  const { x, steps } = useActivations();
  const { left, right, top, bottom, toX, toY } = planeOf({ width, height }, EDGE, [STEPS.min, STEPS.max], [LOWEST, 0]);
  return (
    <div ref={ref} className={`${axes.chart} ${classes.chart}`}>
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label="Product of the derivatives over 1 to 50 steps">
          {linearTicks(LOWEST, 0, 4).map((power) => (
            <g key={power}>
              <line className={axes.grid} x1={left} x2={right} y1={toY(power)} y2={toY(power)} />
              <text x={left - 6} y={toY(power)} textAnchor="end" dominantBaseline="central">
                {powerWords(power)}
              </text>
            </g>
          ))}
          {[1, 10, 20, 30, 40, 50].map((n) => (
            <text key={n} x={toX(n)} y={bottom + 14} textAnchor="middle">
              {n}
            </text>
          ))}
          <text x={(left + right) / 2} y={height - 4} textAnchor="middle">
            steps n
          </text>
          <line className={classes.here} x1={toX(steps)} x2={toX(steps)} y1={top} y2={bottom} />
          {ACTIVATION_IDS.map((id) => {
            const product = productLine(id, x);
            return product ? (
              <line
                key={id}
                className={classes.product}
                strokeDasharray={DASHES[id]}
                x1={toX(STEPS.min)}
                y1={toY(product.each)}
                x2={toX(product.last)}
                y2={toY(product.each * product.last)}
              />
            ) : null;
          })}
        </svg>
      )}
    </div>
  );
}

/** Powers of ten that a step multiplies by, and the step up to which the straight line stays on the axis; null where there is none. */
export function productLine(id: ActivationId, x: number): { each: number; last: number } | null {
  const each = Math.log10(ACTIVATIONS[id].derivative(x));
  if (!Number.isFinite(each)) return null;
  const last = Math.min(STEPS.max, each === 0 ? STEPS.max : LOWEST / each);
  return last > STEPS.min ? { each, last } : null;
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
