import { ActionIcon, Popover, Progress, Stack, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link } from 'wouter';
import type { Job } from '#shared/domain/job.ts';
import { client } from '../client/client.ts';
import { useConnection } from '../client/connection.ts';
import { follow } from '../client/streams.ts';
import { count, duration, memory, plural, significant } from '../parts/format.ts';
import { paths } from './paths.ts';
import classes from './shell.module.css';
import { useStatus } from './status.ts';
import { tellError } from './tell.tsx';

/** Jobs with how far and how long, the engine in use, memory, and whether the lab can be reached. */
export function StatusBar() {
  useEffect(() => {
    const stop = new AbortController();
    void follow(
      (options) => client.lab.status(undefined, options),
      (status) => useStatus.setState({ status }),
      stop.signal,
    ).catch(() => undefined);
    return () => stop.abort();
  }, []);
  const status = useStatus((state) => state.status);
  return (
    <footer className={classes.status} aria-label="Status">
      <ConnectionState />
      <Jobs jobs={status?.jobs ?? []} />
      {status && (
        <div className={classes.statusEnd}>
          <Tooltip label="Engine that computes the networks, its instruction set, and how many threads it uses">
            <span tabIndex={0} role="note">
              {[status.backend, status.instructionSet, plural(status.threads, 'thread')].filter(Boolean).join(' · ')}
            </span>
          </Tooltip>
          <Tooltip label="Memory held by Hark and its trainers">
            <span tabIndex={0} role="note">
              {memory(status.memoryMB)}
            </span>
          </Tooltip>
          {status.freeDiskGB !== null && status.freeDiskGB < 5 && (
            <span style={{ color: 'var(--hark-wrong)' }}>{significant(status.freeDiskGB)} GB of disk left</span>
          )}
        </div>
      )}
    </footer>
  );
}

function ConnectionState() {
  const { state, tries } = useConnection();
  const words = { open: 'Connected', connecting: 'Connecting', lost: 'Connection lost, reconnecting' }[state];
  return (
    <span role="status">
      <span className={classes.dot} data-state={state} aria-hidden />
      {words}
      {state !== 'open' && tries > 1 && ` (${tries} tries)`}
    </span>
  );
}

function Jobs({ jobs }: { jobs: Job[] }) {
  if (jobs.length === 0) return <span>No work in hand</span>;
  const [first] = [...jobs].sort((a, b) => Number(b.state === 'running') - Number(a.state === 'running'));
  return (
    <>
      <JobLine job={first} />
      {jobs.length > 1 && (
        <Popover position="top-start" width={460} shadow="md">
          <Popover.Target>
            <UnstyledButton fz="xs" td="underline" aria-label={`and ${jobs.length - 1} more; all jobs`}>
              and {jobs.length - 1} more
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown>
            <Stack gap="xs">
              {jobs.map((job) => (
                <JobLine key={job.id} job={job} />
              ))}
            </Stack>
          </Popover.Dropdown>
        </Popover>
      )}
    </>
  );
}

const ENDINGS: Record<Exclude<Job['state'], 'running'>, string> = {
  done: 'done',
  failed: 'failed',
  cancelled: 'stopped',
};

/** Where a job's work can be looked at, by its kind and subject. */
const PLACES: Partial<Record<Job['kind'], (subject: number | null) => string>> = {
  compare: (comparison) => (comparison === null ? paths.compare : paths.comparison(comparison)),
  sweep: (sweep) => (sweep === null ? paths.experiments : paths.ablation(sweep)),
  memory: () => paths.inspectMemory,
};

function JobLine({ job }: { job: Job }) {
  const running = job.state === 'running';
  const place = PLACES[job.kind];
  const end = (call: Promise<unknown>) => void call.catch((error: unknown) => tellError(error));
  return (
    <div className={classes.job}>
      <span className={`${classes.jobTitle} hark-ellipsis`} title={`${job.title}\n${job.message}`}>
        {place ? <Link href={place(job.subject)}>{job.title}</Link> : job.title}
      </span>
      {job.state === 'running' ? (
        <>
          <Progress
            w={110}
            value={job.total ? (100 * job.done) / job.total : 100}
            animated={job.total === null}
            aria-label={job.title}
          />
          <Text span inherit>
            {count(job.done)}
            {job.total !== null && ` of ${count(job.total)}`} {job.unit}
            {job.secondsLeft !== null && `, ${duration(job.secondsLeft)} left`}
          </Text>
        </>
      ) : (
        <Text span inherit className="hark-ellipsis" maw="24rem" title={job.message}>
          {ENDINGS[job.state]}
          {job.message && `: ${job.message}`}
        </Text>
      )}
      <ActionIcon
        size="xs"
        aria-label={running ? `Stop: ${job.title}` : `Dismiss: ${job.title}`}
        title={running ? 'Stop' : 'Dismiss'}
        onClick={() => end(running ? client.lab.cancelJob({ job: job.id }) : client.lab.dismissJob({ job: job.id }))}
      >
        <IconX size={13} />
      </ActionIcon>
    </div>
  );
}
