import { useState } from 'react';
import { SIGNALS } from '#shared/domain/signal.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import { percent, significant } from '../../../parts/format.ts';
import { Section } from '../../../parts/section.tsx';
import { useInspect } from '../state.ts';
import { peakOf } from './order.ts';
import { sharesOf } from './shares.ts';
import type { InsideNetwork } from './use-networks.ts';
import classes from '../inspect.module.css';

/** What the heat maps show, as numbers: each signal over all units, and every unit by itself. */
export function NumbersSection({ networks }: { networks: readonly InsideNetwork[] }) {
  const { layer, reverse } = useInspect();
  const [unfolded, setUnfolded] = useState(false);
  const there = networks.filter(({ signals }) => signals);
  if (there.length === 0) return null;
  return (
    <Section title="Numbers" aside={`layer ${layer + 1}${reverse ? ', backwards' : ''}`}>
      <div className={classes.numbers} tabIndex={0} role="region" aria-label="Signals in numbers">
        <table>
          <thead>
            <tr>
              <th scope="col">Signal</th>
              <th scope="col">mean</th>
              <th scope="col">least</th>
              <th scope="col">greatest</th>
              <th scope="col">shut, or near −1</th>
              <th scope="col">between</th>
              <th scope="col">open, or near 1</th>
              <th scope="col">n (frames × units)</th>
            </tr>
          </thead>
          <tbody>
            {there.flatMap(({ run, signals }) =>
              SIGNALS[run.cell].map(({ id, name, range }) => {
                const values = signals!.values.get(id)!;
                const { least, greatest, mean } = statisticsOf(values);
                const shares = sharesOf(range, values);
                return (
                  <tr key={`${run.id} ${id}`}>
                    <th scope="row">
                      {CELL_NAMES[run.cell]} {name.toLowerCase()}
                    </th>
                    <td>{significant(mean)}</td>
                    <td>{significant(least)}</td>
                    <td>{significant(greatest)}</td>
                    <td>{shares ? percent(shares.low) : '–'}</td>
                    <td>{shares ? percent(shares.between) : '–'}</td>
                    <td>{shares ? percent(shares.high) : '–'}</td>
                    <td>{values.length}</td>
                  </tr>
                );
              }),
            )}
          </tbody>
        </table>
      </div>
      <details onToggle={(event) => setUnfolded(event.currentTarget.open)}>
        <summary>Every unit</summary>
        {/* Hundreds of rows: made when they are looked at. */}
        {unfolded && there.map((network) => <UnitTable key={network.run.id} network={network} />)}
      </details>
    </Section>
  );
}

function UnitTable({ network: { run, signals, order } }: { network: InsideNetwork }) {
  if (!signals || !order) return null;
  const { frames, units, start, hop } = signals;
  const shown = SIGNALS[run.cell];
  const hidden = { values: signals.values.get('hidden')!, frames, units };
  return (
    <div className={classes.numbers} tabIndex={0} role="region" aria-label={`Units of the ${CELL_NAMES[run.cell]}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">{CELL_NAMES[run.cell]} unit</th>
            {shown.map(({ id, name }) => (
              <th key={id} scope="col">
                {name.toLowerCase()}, mean
              </th>
            ))}
            <th scope="col">peaks at</th>
          </tr>
        </thead>
        <tbody>
          {[...order].map((unit) => (
            <tr key={unit}>
              <th scope="row">{unit}</th>
              {shown.map(({ id }) => (
                <td key={id}>{significant(meanOf(signals.values.get(id)!, unit, frames, units))}</td>
              ))}
              <td>{(start + peakOf(hidden, unit) * hop).toFixed(3)} s</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function statisticsOf(values: Float32Array): { least: number; greatest: number; mean: number } {
  let [least, greatest, sum] = [Infinity, -Infinity, 0];
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    sum += value;
  }
  return { least, greatest, mean: sum / values.length };
}

function meanOf(values: Float32Array, unit: number, frames: number, units: number): number {
  let sum = 0;
  for (let t = 0; t < frames; t++) sum += values[t * units + unit];
  return sum / frames;
}
