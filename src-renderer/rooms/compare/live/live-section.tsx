import { Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import { CELLS } from '#shared/domain/model-spec.ts';
import { useAction } from '../../../app/use-action.ts';
import { count, duration, percent, plural } from '../../../parts/format.ts';
import { ActionTip } from '../../../parts/kbd.tsx';
import { Note } from '../note.tsx';
import { canResume, isLive, STATE_WORDS } from '../words.ts';
import { useTraining } from '../use-comparison.ts';
import { RunProgress } from './run-progress.tsx';
import { SeedsProgress } from './seeds-progress.tsx';
import { totalShare } from './shares.ts';
import classes from './live.module.css';

/** A comparison on its way: how far, how long still, what each run does, and pause, resume, stop. */
export function LiveSection({ comparison }: { comparison: ComparisonView }) {
  const { state, preparing, runs, secondsLeft, secondsSpent } = comparison;
  const training = useTraining(comparison.id);
  const live = isLive(state);
  const resumable = canResume(state);
  const stop = () =>
    modals.openConfirmModal({
      title: 'Stop training?',
      children: (
        <Text size="sm">
          Training ends now. The best weights so far are tested and kept; runs that have not begun get no result. A
          stopped comparison cannot go on.
        </Text>
      ),
      labels: { confirm: 'Stop and test', cancel: 'Go on training' },
      confirmProps: { color: 'red' },
      onConfirm: () => training.mutate('stop'),
    });
  useAction('compare.pause', () => training.mutate(live ? 'pause' : 'resume'), live || resumable);
  useAction('compare.stop', stop, live || state === 'paused' || state === 'interrupted');

  const share = preparing ? (preparing.total > 0 ? preparing.done / preparing.total : 0) : totalShare(comparison);
  const pace = runs.find((run) => run.state === 'training')?.progress?.clipsPerSecond ?? null;
  const facts = [
    preparing ? `features of ${count(preparing.done)} of ${plural(preparing.total, 'clip')}` : null,
    live && pace !== null ? `${count(pace)} clips / s` : null,
    `${duration(secondsSpent)} so far`,
    live && secondsLeft !== null ? `about ${duration(secondsLeft)} left` : null,
  ].filter((words) => words !== null);

  return (
    <Stack gap="sm" component="section" aria-label="Training">
      {state === 'failed' && (
        <Note tone="error">
          <b>{comparison.error ?? 'Training failed.'}</b> What was trained is kept. Resume goes on from the last
          checkpoints.
        </Note>
      )}
      {state === 'interrupted' && (
        <Note tone="warning">
          <b>Training was cut off.</b> {comparison.error ?? 'The app or its trainer ended in the middle.'} Resume goes
          on from the last checkpoints; at most the epoch at hand is trained again.
        </Note>
      )}
      <div className={classes.head}>
        <Title order={2}>{STATE_WORDS[state]}</Title>
        <Text c="dimmed" className="hark-numbers">
          {facts.join(' · ')}
        </Text>
        <Group gap="xs" ml="auto">
          {live && (
            <ActionTip action="compare.pause" label="Pause after the batch at hand">
              <Button
                variant="default"
                leftSection={<IconPlayerPause size={14} aria-hidden />}
                loading={training.isPending}
                onClick={() => training.mutate('pause')}
              >
                Pause
              </Button>
            </ActionTip>
          )}
          {resumable && (
            <ActionTip action="compare.pause" label="Go on from the last checkpoints">
              <Button
                leftSection={<IconPlayerPlay size={14} aria-hidden />}
                loading={training.isPending}
                onClick={() => training.mutate('resume')}
              >
                Resume
              </Button>
            </ActionTip>
          )}
          {state !== 'failed' && (
            <ActionTip action="compare.stop">
              <Button variant="default" leftSection={<IconPlayerStop size={14} aria-hidden />} onClick={stop}>
                Stop
              </Button>
            </ActionTip>
          )}
        </Group>
      </div>
      <Progress.Root size="lg">
        <Progress.Section
          value={share * 100}
          aria-label={preparing ? 'Features computed' : 'Trained'}
          color={live ? 'iris' : 'gray'}
          striped={live}
        />
      </Progress.Root>
      <Text size="xs" c="dimmed" className="hark-numbers">
        {preparing
          ? 'Features are computed once and kept for the next comparison.'
          : `${percent(share, 2)} of all epochs`}
      </Text>
      <div className={classes.runs}>
        {CELLS.map((cell) => runs.filter((run) => run.cell === cell))
          .filter((own) => own.length > 0)
          .map((own) =>
            own.length === 1 ? (
              <RunProgress key={own[0].id} run={own[0]} />
            ) : (
              <SeedsProgress key={own[0].id} runs={own} />
            ),
          )}
      </div>
    </Stack>
  );
}
