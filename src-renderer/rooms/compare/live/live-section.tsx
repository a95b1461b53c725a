import { Progress, Stack, Text, Title } from '@mantine/core';
import type { ComparisonView } from '#shared/domain/comparison.ts';
import { CELLS } from '#shared/domain/model-spec.ts';
import { count, duration, percent, plural } from '../../../parts/format.ts';
import { TrainingControls } from '../../../parts/training-controls.tsx';
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
        <TrainingControls
          actions={{ pause: 'compare.pause', stop: 'compare.stop' }}
          live={live}
          resumable={canResume(state)}
          stoppable={live || state === 'paused' || state === 'interrupted'}
          pending={training.isPending}
          onStep={(step) => training.mutate(step)}
          resumeLabel="Go on from the last checkpoints"
          stop={{
            title: 'Stop training?',
            words:
              'Training ends now. The best weights so far are tested and kept; runs that have not begun get no result. A stopped comparison cannot go on.',
          }}
        />
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
