import { Button, Progress, Stack, Text } from '@mantine/core';
import { MEMORY_TASK_WORDS, type MemoryRun } from '#shared/domain/memory.ts';
import { useStatus } from '../../../app/status.ts';
import { tellError } from '../../../app/tell.tsx';
import { client } from '../../../client/client.ts';
import { duration, plural } from '../../../parts/format.ts';

interface Props {
  run: MemoryRun;
  /** Whether it is another task's page that shows it. */
  elsewhere: boolean;
}

/** An experiment under way: how far, how long still, and the way to stop it. */
export function RunProgress({ run, elsewhere }: Props) {
  const job = useStatus(({ status }) =>
    status?.jobs.find(({ kind, state }) => kind === 'memory' && state === 'running'),
  );
  const { task, cells, distances } = run.settings;
  const { total = null, done = 0, message = '', secondsLeft = null } = job ?? {};
  return (
    <Stack gap={6}>
      <Progress
        value={total ? (100 * done) / total : 100}
        animated={total === null}
        aria-label={`${MEMORY_TASK_WORDS[task].name} under way`}
      />
      <Text size="xs" className="hark-numbers" role="status">
        {elsewhere && `${MEMORY_TASK_WORDS[task].name}: `}
        {message || 'Beginning.'}
      </Text>
      <Text size="xs" c="dimmed" className="hark-numbers">
        {run.points.length} of {plural(cells.length * distances.length, 'point')}
        {secondsLeft !== null && `, about ${duration(secondsLeft)} left`}
      </Text>
      <Button
        variant="default"
        disabled={!job}
        onClick={() => job && void client.lab.cancelJob({ job: job.id }).catch((error: unknown) => tellError(error))}
      >
        Stop
      </Button>
      <Text size="xs" c="dimmed">
        Stopped, nothing of it is kept.
      </Text>
    </Stack>
  );
}
