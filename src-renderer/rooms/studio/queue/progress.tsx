import { Progress, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CLIP_STATE_NAMES, CLIP_STATES, type ClipState } from '#shared/domain/region.ts';
import { api } from '../../../client/client.ts';
import { count, duration, plural, significant } from '../../../parts/format.ts';
import { clipsPerMinute } from './pace.ts';
import classes from './queue.module.css';
import type { Queue } from './use-queue.ts';

const COLOURS: Record<ClipState, string> = {
  done: 'var(--hark-right)',
  checked: 'var(--mantine-color-iris-6)',
  rejected: 'var(--hark-wrong)',
  todo: 'transparent',
};

/** How far the queue is, how far the dataset, and how fast it goes. */
export function QueueProgress({ queue, dataset }: { queue: Queue; dataset: number }) {
  const counts = useQuery(api.studio.stateCounts.queryOptions({ input: { dataset } })).data;
  const { at, view, times, finished } = queue;
  const all = view.clips.length;
  const pace = clipsPerMinute(times);
  const total = counts ? CLIP_STATES.reduce((sum, state) => sum + (counts[state] ?? 0), 0) : 0;
  return (
    <div className={classes.progress}>
      <Text size="sm" className="hark-numbers" role="status">
        {at < all ? `Clip ${count(at + 1)} of ${count(all)}` : `Through all ${plural(all, 'clip')}`},{' '}
        {count(finished.size)} finished now
        {pace !== null && (
          <Text
            span
            inherit
            c="dimmed"
            title={`Over the last ${plural(Math.min(30, times.length - 1), 'clip')}, pauses of over a minute left out`}
          >
            {' '}
            · {significant(pace, 2)} clips a minute
            {at < all && `, ${duration((60 * (all - at)) / pace)} left`}
          </Text>
        )}
      </Text>
      {counts && total > 0 && (
        <div className={classes.states}>
          <Progress.Root size="md" aria-label="States of the dataset">
            {CLIP_STATES.filter((state) => state !== 'todo').map((state) => (
              <Progress.Section
                key={state}
                value={(100 * (counts[state] ?? 0)) / total}
                color={COLOURS[state]}
                aria-label={CLIP_STATE_NAMES[state]}
              />
            ))}
          </Progress.Root>
          <Text size="xs" c="dimmed" className="hark-numbers">
            Of {plural(total, 'clip')} in the dataset:{' '}
            {CLIP_STATES.map((state) => `${count(counts[state] ?? 0)} ${CLIP_STATE_NAMES[state].toLowerCase()}`).join(
              ', ',
            )}
          </Text>
        </div>
      )}
    </div>
  );
}
