import { significant } from '../../../parts/format.ts';
import type { Strip } from '../../../parts/sound/sound-view.tsx';
import type { InsideNetwork } from './use-networks.ts';
import classes from '../inspect.module.css';

const HEIGHT = 110;
/** Powers of ten in sight at least, and at most: what is smaller is nothing. */
const [FEWEST, MOST] = [2, 12];

/** Whole powers of ten, from the top down. */
interface Decades {
  top: number;
  decades: number;
}

interface Options {
  network: InsideNetwork;
  duration: number;
  layer: number;
  reverse: boolean;
  /** The same for all networks in sight. */
  scale: Decades;
}

/** |dL/dh_t| over time on a logarithmic scale: a line that falls towards the beginning is a gradient that vanishes. */
export function gradientStrip({ network, duration, layer, reverse, scale }: Options): Strip {
  const { run, gradients } = network;
  const id = `${run.id} gradients`;
  const found = gradients?.layers.find((one) => one.layer === layer && one.reverse === reverse);
  if (!gradients || !found)
    return { id, height: HEIGHT, picture: null, gutter: <div className={classes.name} aria-busy="true" /> };
  const { start, hop, loss } = gradients;
  const { top, decades } = scale;
  const yOf = (norm: number) => Math.min(1, Math.max(0, (top - Math.log10(Math.max(norm, 1e-30))) / decades));
  const points = (norms: readonly number[]) =>
    norms.map((norm, t) => `${(start + t * hop) / duration},${yOf(norm)}`).join(' ');
  const [first, last] = reverse ? [found.hidden.at(-1)!, found.hidden[0]] : [found.hidden[0], found.hidden.at(-1)!];
  const frameAt = (seconds: number) =>
    Math.max(0, Math.min(found.hidden.length - 1, Math.round((seconds - start) / hop)));
  return {
    ...{ id, height: HEIGHT },
    gutter: (
      <div className={classes.name}>
        <span title="How much of the loss reaches each state on its way back through time (logarithmic). Falling towards the beginning it vanishes, rising it explodes.">
          <b>Gradient through time</b>
        </span>
        <div className={classes.legend}>
          <Line name="|dL/dh|" />
          {found.cell && <Line name="|dL/dc|" dash="5 3" />}
        </div>
        <span className={classes.dim}>
          10<sup>{top}</sup> down to 10<sup>{top - decades}</sup>
        </span>
        <span className={classes.dim}>
          first / last state: {significant(first / last, 2)}; loss {significant(loss)}
        </span>
      </div>
    ),
    picture: (
      <svg
        className={classes.course}
        viewBox="0 0 1 1"
        preserveAspectRatio="none"
        role="img"
        aria-label={`Gradient of the loss in the hidden state, ${significant(first)} at the first step and ${significant(last)} at the last one`}
      >
        {Array.from({ length: decades - 1 }, (_, step) => (
          <line
            key={step}
            x2={1}
            y1={(step + 1) / decades}
            y2={(step + 1) / decades}
            stroke="var(--hark-edge)"
            vectorEffect="non-scaling-stroke"
          />
        ))}
        {[found.hidden, found.cell].map(
          (norms, kind) =>
            norms && (
              <polyline
                key={kind}
                points={points(norms)}
                fill="none"
                stroke="var(--mantine-color-text)"
                strokeWidth={1.5}
                strokeDasharray={kind === 1 ? '5 3' : undefined}
                vectorEffect="non-scaling-stroke"
              />
            ),
        )}
      </svg>
    ),
    words(seconds) {
      const t = frameAt(seconds);
      const ofCell = found.cell ? `, |dL/dc| ${significant(found.cell[t])}` : '';
      return `|dL/dh| ${significant(found.hidden[t])}${ofCell}`;
    },
  };
}

const Line = ({ name, dash }: { name: string; dash?: string }) => (
  <span>
    <svg width={18} height={6} aria-hidden>
      <line x2={18} y1={3} y2={3} stroke="var(--mantine-color-text)" strokeDasharray={dash} strokeWidth={2} />
    </svg>
    {name}
  </span>
);

/** What holds all norms of a layer, of all networks in sight: lines beside each other are to be compared. */
export function scaleOfGradients(networks: readonly InsideNetwork[], layer: number, reverse: boolean): Decades {
  const norms = networks
    .flatMap(({ gradients }) => gradients?.layers ?? [])
    .filter((one) => one.layer === layer && one.reverse === reverse)
    .flatMap(({ hidden, cell }) => [...hidden, ...(cell ?? [])])
    .filter((norm) => norm > 0);
  if (norms.length === 0) return { top: 0, decades: FEWEST };
  const [least, most] = norms.reduce(
    ([low, high], norm) => [Math.min(low, norm), Math.max(high, norm)],
    [Infinity, -Infinity],
  );
  const top = Math.ceil(Math.log10(most));
  return { top, decades: Math.min(MOST, Math.max(FEWEST, top - Math.floor(Math.log10(least)))) };
}
