import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconPlayerStop } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { HarkError } from '#shared/domain/errors.ts';
import type { Job } from '#shared/domain/job.ts';
import { paths } from '../../app/paths.ts';
import { useJob } from '../../app/status.ts';
import { tellError } from '../../app/tell.tsx';
import { api, client } from '../../client/client.ts';
import { Failure } from '../../parts/failure.tsx';
import { count, duration, plural } from '../../parts/format.ts';
import { Loading } from '../../parts/loading.tsx';
import { SkippedList } from './skipped-list.tsx';

/** An import on its way, and what came of it. It goes on when the dialog is closed. */
export function ImportProgress({ job: id, onClose }: { job: string; onClose: () => void }) {
  const job = useJob(id);
  if (!job) return <Loading label="Starting the import" />;
  if (job.state === 'running') return <Running job={job} onClose={onClose} />;
  return <Ended job={job} onClose={onClose} />;
}

function Running({ job, onClose }: { job: Job; onClose: () => void }) {
  const cancel = useMutation({
    mutationFn: () => client.lab.cancelJob({ job: job.id }),
    onError: (error) => tellError(error),
  });
  return (
    <Stack gap="sm">
      <Text size="sm">{job.title}</Text>
      <Progress size="lg" value={job.total ? (100 * job.done) / job.total : 100} animated aria-label={job.title} />
      <Text size="sm" c="dimmed" className="hark-numbers" role="status">
        {count(job.done)}
        {job.total !== null && ` of ${count(job.total)}`} {job.unit}
        {job.secondsLeft !== null && `, ${duration(job.secondsLeft)} left`}
        {job.message && ` · ${job.message}`}
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button
          variant="default"
          leftSection={<IconPlayerStop size={15} aria-hidden />}
          loading={cancel.isPending}
          onClick={() => cancel.mutate()}
        >
          Stop
        </Button>
        <Button onClick={onClose}>Go on in the background</Button>
      </Group>
    </Stack>
  );
}

function Ended({ job, onClose }: { job: Job; onClose: () => void }) {
  const [, navigate] = useLocation();
  const datasets = useQuery(api.library.datasets.queryOptions());
  const dataset = datasets.data?.find(({ id }) => id === job.subject);
  const leave = (path: string) => {
    onClose();
    navigate(path);
  };
  return (
    <Stack gap="md">
      {job.state === 'failed' && <Failure error={new HarkError('bad-input', job.message)} title="The import failed" />}
      {job.state === 'cancelled' && (
        <Alert color="yellow" title="The import was stopped">
          {job.message} What is in stays; importing the same folder again adds the rest.
        </Alert>
      )}
      {job.state === 'done' && (
        <Alert
          color="teal"
          icon={<IconCircleCheck aria-hidden />}
          title={dataset ? `“${dataset.name}” is in the lab` : 'Imported'}
        >
          {dataset
            ? `${plural(dataset.clips, 'clip')}, ${plural(dataset.classes, 'class', 'classes')}, ${dataset.speakers > 0 ? `${plural(dataset.speakers, 'speaker')}, ` : ''}${duration(dataset.seconds)} in all.`
            : job.message}
        </Alert>
      )}
      {job.subject !== null && <SkippedList dataset={job.subject} height={220} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        {job.subject !== null && (
          <>
            <Button variant="default" onClick={() => leave(paths.dataset(job.subject!))}>
              Look at it
            </Button>
            {job.state === 'done' && (
              <Button onClick={() => leave(paths.newComparison(job.subject!))}>Compare on this dataset</Button>
            )}
          </>
        )}
      </Group>
    </Stack>
  );
}
