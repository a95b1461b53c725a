import { percent } from '../../../parts/format.ts';
import type { Strip } from '../../../parts/sound/sound-view.tsx';
import type { InsideNetwork } from './use-networks.ts';
import classes from '../inspect.module.css';

const HEIGHT = 84;

/** How much each frame weighs in what is classified: an area over time, from 0 to the greatest weight. */
export function attentionStrip(network: InsideNetwork, duration: number): Strip {
  const { run, attention } = network;
  const id = `${run.id} attention`;
  if (!attention)
    return { id, height: HEIGHT, picture: null, gutter: <div className={classes.name} aria-busy="true" /> };
  const { weights, start, hop } = attention;
  const most = Math.max(...weights);
  const even = 1 / weights.length;
  const timeOf = (t: number) => (start + t * hop) / duration;
  const points = weights.map((weight, t) => `${timeOf(t)},${1 - 0.96 * (weight / most)}`);
  const frameAt = (seconds: number) => Math.max(0, Math.min(weights.length - 1, Math.round((seconds - start) / hop)));
  const peak = weights.indexOf(most);
  return {
    ...{ id, height: HEIGHT },
    gutter: (
      <div className={classes.name}>
        <span title="How much each frame weighs in the mean that is classified. The dashed line is what each would weigh if all counted alike.">
          <b>Attention</b>
        </span>
        <span className={classes.dim}>0 to {percent(most, 2)}, sum 100 %</span>
        <span className={classes.dim}>
          most at {(start + peak * hop).toFixed(2)} s; half of it in {percent(halfOf(weights), 2)} of the frames
        </span>
      </div>
    ),
    picture: (
      <svg
        className={classes.course}
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
        role="img"
        aria-label={`Attention, at most ${percent(most, 2)} at ${(start + peak * hop).toFixed(2)} s`}
      >
        <polygon
          points={[`${timeOf(0)},1`, ...points, `${timeOf(weights.length - 1)},1`].join(' ')}
          fill="var(--mantine-color-iris-5)"
          fillOpacity={0.35}
          stroke="var(--mantine-color-iris-5)"
          strokeWidth={1.5}
          vectorEffect="non-scaling-stroke"
        />
        <line
          x2={1}
          y1={1 - 0.96 * (even / most)}
          y2={1 - 0.96 * (even / most)}
          stroke="var(--mantine-color-dimmed)"
          strokeDasharray="4 3"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
    ),
    words: (seconds) => `attention ${percent(weights[frameAt(seconds)], 3)}`,
  };
}

/** The smallest share of the frames that holds half of the weight. */
export function halfOf(weights: readonly number[]): number {
  let [sum, taken] = [0, 0];
  for (const weight of weights.toSorted((a, b) => b - a)) {
    taken++;
    if ((sum += weight) >= 0.5 - 1e-9) break;
  }
  return taken / weights.length;
}
