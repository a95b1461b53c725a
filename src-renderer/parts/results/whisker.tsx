import type { Cell } from '#shared/domain/model-spec.ts';
import { useCellStyle } from '../cells.ts';
import { Marker } from './cell-mark.tsx';
import { accuracy, interval } from './numbers.ts';

const WIDTH = 150;
const HEIGHT = 22;
const EDGE = 8;

/** Ends of the accuracy axis all whiskers share, on whole fives of per cent; at least ten per cent wide. */
export function whiskerDomain(intervals: readonly (readonly [number, number])[]): [number, number] {
  const low = Math.min(1, ...intervals.map(([from]) => from));
  const high = Math.max(0, ...intervals.map(([, to]) => to));
  if (low > high) return [0, 1];
  const to = Math.min(1, Math.ceil(high * 20) / 20);
  const from = Math.max(0, Math.min(Math.floor(low * 20) / 20, to - 0.1));
  return [from, Math.min(1, Math.max(to, from + 0.1))];
}

const place = (value: number, [from, to]: readonly [number, number]) =>
  EDGE + ((value - from) / (to - from)) * (WIDTH - 2 * EDGE);

interface Props {
  cell: Cell;
  value: number;
  range: readonly [number, number];
  domain: readonly [number, number];
  /** Accuracies of the single seeds. */
  seeds?: readonly number[];
}

/** A dot with its 95 % interval, and a tick for each seed. */
export function Whisker({ cell, value, range, domain, seeds = [] }: Props) {
  const style = useCellStyle()(cell);
  const [left, right] = range.map((end) => place(end, domain));
  const middle = HEIGHT / 2;
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={`${accuracy(value)}, 95 % interval ${interval(range)}`}>
      <line x1={EDGE} x2={WIDTH - EDGE} y1={middle} y2={middle} stroke="var(--hark-edge)" />
      <line x1={left} x2={right} y1={middle} y2={middle} stroke={style.colour} strokeWidth={2} />
      {[left, right].map((x) => (
        <line key={x} x1={x} x2={x} y1={middle - 4} y2={middle + 4} stroke={style.colour} strokeWidth={2} />
      ))}
      {seeds.length > 1 &&
        seeds.map((seed, index) => (
          <line
            key={index}
            x1={place(seed, domain)}
            x2={place(seed, domain)}
            y1={middle + 5}
            y2={HEIGHT}
            stroke={style.colour}
            strokeWidth={1.5}
            strokeOpacity={0.7}
          />
        ))}
      <Marker style={style} x={place(value, domain)} y={middle} size={5} />
    </svg>
  );
}

/** The axis above the whiskers. */
export function WhiskerAxis({ domain }: { domain: readonly [number, number] }) {
  const ticks = [domain[0], (domain[0] + domain[1]) / 2, domain[1]];
  return (
    <svg width={WIDTH} height={16} aria-hidden>
      {ticks.map((tick, index) => (
        <g key={tick}>
          <text
            x={place(tick, domain)}
            y={10}
            fontSize={10}
            fill="var(--mantine-color-dimmed)"
            textAnchor={index === 0 ? 'start' : index === 2 ? 'end' : 'middle'}
          >
            {Number((tick * 100).toFixed(1))} %
          </text>
          <line
            x1={place(tick, domain)}
            x2={place(tick, domain)}
            y1={12}
            y2={16}
            stroke="var(--mantine-color-dimmed)"
          />
        </g>
      ))}
    </svg>
  );
}
