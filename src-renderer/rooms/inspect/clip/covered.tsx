import { Button, NumberInput } from '@mantine/core';
import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import type { Box } from '#shared/contract/inspect.ts';
import { client } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { percent } from '../../../parts/format.ts';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { useInspect } from '../state.ts';
import type { InsideNetwork } from './use-networks.ts';
import classes from '../inspect.module.css';

interface Props {
  clip: number;
  /** Seconds. */
  duration: number;
  /** Hz. */
  sampleRate: number;
  networks: readonly InsideNetwork[];
  names: readonly string[];
  truth: string;
}

/** What the networks say where a box is covered, beside what they say of the whole clip; it changes as one drags. */
export function Covered({ clip, duration, sampleRate, networks, names, truth }: Props) {
  const wanted = useInspect((state) => state.box);
  const box = useDeferredValue(wanted);
  const said = useQueries({
    queries: networks.map(({ run }) => ({
      queryKey: ['inside', 'occlusion', run.id, clip, box],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        client.inspect.occlude({ run: run.id, clip, boxes: [box!] }, { signal }),
      enabled: box !== null,
      placeholderData: keepPreviousData,
      // Every place the pointer has been is another one.
      gcTime: 10_000,
    })),
  });
  if (!box)
    return (
      <div className={classes.bar}>
        <p className={classes.caption}>
          Drag a box over the spectrogram to cover a part of the sound: what the networks answer changes as you drag.
        </p>
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() =>
            useInspect.setState({ box: { start: duration / 3, end: (2 * duration) / 3, low: 0, high: sampleRate / 2 } })
          }
        >
          Cover the middle third
        </Button>
      </div>
    );
  const failed = said.find(({ error }) => error);
  if (failed) return <Failure error={failed.error} title="What the networks would say cannot be found out" />;
  return (
    <div className={classes.bar} role="status" aria-label="With the box covered">
      <span className={classes.fields}>
        Covered
        <Edge name="From" unit="s" value={box.start} most={box.end} onValue={(start) => change({ start })} />
        <Edge name="to" unit="s" value={box.end} least={box.start} most={duration} onValue={(end) => change({ end })} />
        <Edge name="from" unit="Hz" value={box.low} most={box.high} onValue={(low) => change({ low })} />
        <Edge
          name="to"
          unit="Hz"
          value={box.high}
          least={box.low}
          most={sampleRate / 2}
          onValue={(high) => change({ high })}
        />
      </span>
      {networks.map(({ run, course, decision }, index) => {
        const probabilities = said[index].data?.probabilities;
        if (!probabilities || !course || !decision) return <CellName key={run.id} cell={run.cell} />;
        const now = probabilities.indexOf(Math.max(...probabilities));
        const before = course.probabilities[decision.answer].at(-1)!;
        return (
          <span key={run.id} className={classes.opinion}>
            <CellName cell={run.cell} />
            {names[decision.answer]} {percent(before)} →{' '}
            <b className={names[now] === truth ? classes.right : classes.wrong}>
              {names[now]} {percent(probabilities[now])}
            </b>
            {now !== decision.answer && (
              <span className={classes.dim}>
                ({names[decision.answer]} {percent(probabilities[decision.answer])})
              </span>
            )}
          </span>
        );
      })}
      <Button variant="subtle" size="compact-xs" onClick={() => useInspect.setState({ box: null })}>
        Uncover
      </Button>
    </div>
  );
}

/** @param edges those that are moved; a box that would be empty stays as it was */
function change(edges: Partial<Box>): void {
  const { box } = useInspect.getState();
  if (!box) return;
  const next = { ...box, ...edges };
  if (next.start < next.end && next.low < next.high) useInspect.setState({ box: next });
}

interface EdgeProps {
  name: string;
  unit: 's' | 'Hz';
  value: number;
  least?: number;
  most: number;
  onValue(value: number): void;
}

/** An edge of the box, typed. */
function Edge({ name, unit, value, least = 0, most, onValue }: EdgeProps) {
  const decimals = unit === 's' ? 3 : 0;
  return (
    <NumberInput
      size="xs"
      w={unit === 's' ? 84 : 92}
      aria-label={`Covered ${name}, ${unit}`}
      suffix={` ${unit}`}
      decimalScale={decimals}
      step={unit === 's' ? 0.01 : 50}
      min={least}
      max={most}
      hideControls
      value={Number(value.toFixed(decimals))}
      onChange={(next) => typeof next === 'number' && onValue(next)}
    />
  );
}
