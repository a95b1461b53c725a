import { Button, Group, Progress, Text } from '@mantine/core';
import type { Job } from '#shared/domain/job.ts';
import { count, duration } from '../../../parts/format.ts';

/** How far a long call is, how long still, and Stop. */
export function ProgressLine({ job, words, onStop }: { job: Job | undefined; words: string; onStop: () => void }) {
  return (
    <div role="status">
      <Group gap="xs" justify="space-between" wrap="nowrap">
        <Text size="xs" c="dimmed">
          {job ? `${count(job.done)}${job.total === null ? '' : ` of ${count(job.total)}`} ${job.unit}` : words}
          {job && job.secondsLeft !== null && `, about ${duration(job.secondsLeft)} left`}
        </Text>
        <Button variant="default" size="compact-xs" onClick={onStop}>
          Stop
        </Button>
      </Group>
      <Progress mt={4} value={job?.total ? (100 * job.done) / job.total : 100} animated aria-label={words} />
    </div>
  );
}
