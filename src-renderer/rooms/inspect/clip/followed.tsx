import { SIGNALS } from '#shared/domain/signal.ts';
import { useInspect } from '../state.ts';
import { rangeOf } from './scale.ts';
import type { InsideNetwork } from './use-networks.ts';
import classes from '../inspect.module.css';

/** Told apart on the dark ground of a spectrogram by the colour-blind too (Okabe and Ito). */
export const CURVE_COLOURS = ['#56b4e9', '#e69f00', '#f0e442', '#cc79a7', '#00c892', '#ff8a5c'] as const;

/** The units that are followed, as curves over the spectrogram: each from the least to the greatest value of its signal. */
export function Followed({ networks, duration }: { networks: readonly InsideNetwork[]; duration: number }) {
  const followed = useInspect((state) => state.followed);
  return (
    <svg className={classes.over} viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden>
      {followed.map(({ run, signal, unit }, index) => {
        const network = networks.find((one) => one.run.id === run);
        const values = network?.signals?.values.get(signal);
        const kind = network && SIGNALS[network.run.cell].find(({ id }) => id === signal);
        if (!network?.signals || !values || !kind) return null;
        const { frames, units, start, hop } = network.signals;
        const { low, high } = rangeOf(kind.range, values);
        const points = Array.from({ length: frames }, (_, t) => {
          const share = (values[t * units + unit] - low) / (high - low);
          return `${(start + t * hop) / duration},${0.98 - 0.96 * share}`;
        });
        return (
          <polyline
            key={`${run} ${signal} ${unit}`}
            points={points.join(' ')}
            fill="none"
            stroke={CURVE_COLOURS[index % CURVE_COLOURS.length]}
            strokeWidth={1.75}
            vectorEffect="non-scaling-stroke"
          />
        );
      })}
    </svg>
  );
}
