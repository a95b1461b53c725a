import { Progress, Stack, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import type { SweepView } from '#shared/domain/sweep.ts';
import { paths } from '../../../app/paths.ts';
import { TrainingControls } from '../../../parts/training-controls.tsx';
import { Note } from '../../compare/note.tsx';
import { canResume, STATE_WORDS } from '../../compare/words.ts';
import { useSteps } from '../use-sweeps.ts';
import { progressWords } from './words.ts';
import classes from '../experiments.module.css';

/** An ablation on its way: which level is at hand, how far, how long still, and pause, resume, stop. */
export function Progressing({ sweep }: { sweep: SweepView }) {
  const { state, progress, levels, error } = sweep;
  const steps = useSteps(sweep.id);
  const running = state === 'running';
  const hand = levels.findIndex((level) => !['waiting', 'done', 'stopped', 'failed'].includes(level.state));
  return (
    <Stack gap="sm" component="section" aria-label="Progress">
      {state === 'failed' && (
        <Note tone="error">
          <b>{error ?? 'The ablation failed.'}</b> Levels that are done are kept. Resume goes on with the others.
        </Note>
      )}
      {state === 'interrupted' && (
        <Note tone="warning">
          <b>The ablation was cut off.</b> {error ?? 'The app or its trainer ended in the middle.'} Levels that are done
          are kept; resume goes on with the others.
        </Note>
      )}
      <div className={classes.progressHead}>
        <Title order={2}>
          {hand < 0 ? (
            STATE_WORDS[state]
          ) : (
            <>
              {STATE_WORDS[levels[hand].state]}: <LevelLink sweep={sweep} level={hand} />
            </>
          )}
        </Title>
        <Text c="dimmed" className="hark-numbers">
          {hand >= 0 && `level ${hand + 1} of ${levels.length} · `}
          {progressWords(sweep)}
        </Text>
        <TrainingControls
          actions={{ pause: 'ablation.pause', stop: 'ablation.stop' }}
          live={running}
          resumable={canResume(state)}
          stoppable={running || state === 'paused' || state === 'interrupted'}
          pending={steps.isPending}
          onStep={(step) => steps.mutate(step)}
          resumeLabel="Go on where it was left"
          stop={{
            title: 'Stop the ablation?',
            words:
              'Training ends now. The level at hand is tested as it stands; later ones are not begun. A stopped ablation cannot go on.',
          }}
        />
      </div>
      <Progress.Root size="lg">
        <Progress.Section
          value={progress.total > 0 ? (100 * progress.done) / progress.total : 0}
          aria-label="Epochs done"
          color={running ? 'iris' : 'gray'}
          striped={running}
        />
      </Progress.Root>
    </Stack>
  );
}

/** A level by its name, as a way to its comparison where it has one. */
export function LevelLink({ sweep, level }: { sweep: Pick<SweepView, 'levels'>; level: number }) {
  const { words, comparison } = sweep.levels[level];
  return comparison === null ? words : <Link href={paths.comparison(comparison)}>{words}</Link>;
}
