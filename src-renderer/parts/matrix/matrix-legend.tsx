import { useComputedColorScheme } from '@mantine/core';
import { count, percent } from '../format.ts';
import type { MatrixValues } from './confusion-matrix.tsx';
import { shade, type Scheme } from './scale.ts';
import classes from './matrix.module.css';

/** What the colours of the matrices mean; one scale for all of them. */
export function MatrixLegend({ limits, values }: { limits: { right: number; wrong: number }; values: MatrixValues }) {
  const scheme = useComputedColorScheme('dark');
  const end = (value: number) => (values === 'counts' ? count(value) : percent(value));
  return (
    <div className={classes.legend}>
      {limits.wrong > 0 && (
        <span className={classes.ramp}>
          mistakes <span className={classes.bar} style={{ background: ramp(false, scheme) }} /> {end(limits.wrong)}
        </span>
      )}
      <span className={classes.ramp}>
        right <span className={classes.bar} style={{ background: ramp(true, scheme) }} /> {end(limits.right)}
      </span>
      <span>
        {values === 'counts' ? 'clips' : 'per cent of the row'}, square-root scale, the same for all networks; empty:
        none
      </span>
    </div>
  );
}

function ramp(right: boolean, scheme: Scheme): string {
  const stops = Array.from({ length: 9 }, (_, step) => shade(step / 8, right, scheme).fill);
  return `linear-gradient(to right, ${stops.join(', ')})`;
}
