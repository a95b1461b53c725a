import { Button, Progress, Text } from '@mantine/core';
import { IconZoomQuestion } from '@tabler/icons-react';
import type { Job } from '#shared/domain/job.ts';
import type { SuspectPlan } from '#shared/domain/queue.ts';
import { tellError } from '../../../app/tell.tsx';
import { client } from '../../../client/client.ts';
import { Empty } from '../../../parts/empty.tsx';
import { count, duration } from '../../../parts/format.ts';

/** A search under way: how far, how long still, and the way to stop it. */
export function SearchProgress({ job, plan }: { job: Job; plan: SuspectPlan | null }) {
  const { done, total, message, secondsLeft } = job;
  return (
    <Empty
      icon={IconZoomQuestion}
      title="Searching for suspect labels"
      action={
        <Button
          variant="default"
          onClick={() => void client.lab.cancelJob({ job: job.id }).catch((error: unknown) => tellError(error))}
        >
          Stop
        </Button>
      }
    >
      <Progress
        w={320}
        mb="xs"
        value={total ? (100 * done) / total : 100}
        animated={total === null}
        aria-label="Search for suspect labels"
      />
      <Text inherit className="hark-numbers" role="status">
        {message || 'Beginning.'}
      </Text>
      <Text inherit className="hark-numbers">
        {total !== null && `${count(Math.floor(done))} of ${count(total)} epochs`}
        {secondsLeft !== null && `, about ${duration(secondsLeft)} left`}
      </Text>
      {plan && <Text inherit>{plan.method}. Stopped, nothing of it is kept.</Text>}
    </Empty>
  );
}
