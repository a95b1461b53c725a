import { Button } from '@mantine/core';
import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { client } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { frequency, percent } from '../../../parts/format.ts';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { useInspect } from '../state.ts';
import type { InsideNetwork } from './use-networks.ts';
import classes from '../inspect.module.css';

interface Props {
  clip: number;
  networks: readonly InsideNetwork[];
  names: readonly string[];
  truth: string;
}

/** What the networks say where a box is covered, beside what they say of the whole clip; it changes as one drags. */
export function Covered({ clip, networks, names, truth }: Props) {
  const wanted = useInspect((state) => state.box);
  const box = useDeferredValue(wanted);
  const said = useQueries({
    queries: networks.map(({ run }) => ({
      queryKey: ['bulk', 'occlusion', run.id, clip, box],
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
      <p className={classes.caption}>
        Drag a box over the spectrogram to cover a part of the sound: what the networks answer changes as you drag.
      </p>
    );
  const failed = said.find(({ error }) => error);
  if (failed) return <Failure error={failed.error} title="What the networks would say cannot be found out" />;
  return (
    <div className={classes.bar} role="status" aria-label="With the box covered">
      <span className={classes.dim}>
        {box.start.toFixed(3)} to {box.end.toFixed(3)} s, {frequency(Math.round(box.low))} to{' '}
        {frequency(Math.round(box.high))} covered:
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
