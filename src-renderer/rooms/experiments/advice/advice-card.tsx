import { Badge, Button, Paper, Text, Title } from '@mantine/core';
import { IconCheck, IconCircleDashed, IconPlayerPlay, IconQuestionMark, type Icon } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Advice } from '#shared/domain/sweep.ts';
import { paths } from '../../../app/paths.ts';
import { Failure } from '../../../parts/failure.tsx';
import { useStart } from '../use-sweeps.ts';
import classes from './advice.module.css';

const STRENGTHS: Record<Advice['strength'], { words: string; explained: string; colour: string; icon: Icon }> = {
  shown: { words: 'Shown', explained: 'significant after correction', colour: 'teal', icon: IconCheck },
  hint: { words: 'Hint', explained: 'cannot be told from chance', colour: 'yellow', icon: IconQuestionMark },
  open: { words: 'Open', explained: 'not tried yet', colour: 'gray', icon: IconCircleDashed },
};

/** Where evidence of a kind is looked at. */
const PLACES: Record<Advice['evidence'][number]['kind'], (id: number | null) => string> = {
  comparison: (id) => (id === null ? paths.compare : paths.comparison(id)),
  sweep: (id) => (id === null ? paths.experiments : paths.ablation(id)),
  memory: () => paths.inspectMemory,
};

/** Of what a piece of evidence adds, characters that are read at a glance. */
const SHORT = 240;

/** A question, its answer, how sure it is and why; or what would answer it. */
export function AdviceCard({ advice, dataset }: { advice: Advice; dataset: number }) {
  const { asks, says, strength, evidence, next, topic } = advice;
  const { words, explained, colour, icon: Sign } = STRENGTHS[strength];
  return (
    <Paper component="article" className={classes.card} aria-label={asks}>
      <div className={classes.asks}>
        <Title order={3}>{asks}</Title>
        <Badge color={colour} className={classes.strength} leftSection={<Sign size={12} aria-hidden />}>
          {words}: {explained}
        </Badge>
      </div>
      <Text className={`hark-numbers ${classes.says}`}>{says}</Text>
      {evidence.length > 0 && (
        <ul className={classes.evidence} aria-label="What it rests on">
          {evidence.map(({ kind, id, name, says: adds }) => (
            <li key={`${kind} ${id} ${name}`}>
              <Link href={PLACES[kind](id)}>{name}</Link>
              <Adds words={adds} />
            </li>
          ))}
        </ul>
      )}
      {next && <Next next={next} dataset={dataset} memory={topic === 'memory'} />}
    </Paper>
  );
}

/** What a piece of evidence adds; much of it is folded away. */
function Adds({ words }: { words: string }) {
  if (words.length <= SHORT) return `: ${words}`;
  return (
    <details>
      <summary>All that it says</summary>
      {words}
    </details>
  );
}

interface NextProps {
  next: NonNullable<Advice['next']>;
  dataset: number;
  /** The memory laboratory answers it. */
  memory: boolean;
}

/** The way to an answer: an ablation with one click, or the place where it is found. */
function Next({ next: { factor, words }, dataset, memory }: NextProps) {
  const start = useStart();
  return (
    <div className={classes.next}>
      <Text size="sm">{words}</Text>
      {factor ? (
        <>
          <Button
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            loading={start.isPending}
            onClick={() => start.mutate({ dataset, factor })}
          >
            Start the ablation
          </Button>
          <Button component={Link} href={paths.newAblation(factor)} variant="default">
            Settings
          </Button>
        </>
      ) : (
        <Button component={Link} href={memory ? paths.inspectMemory : paths.newComparison(dataset)} variant="default">
          {memory ? 'Memory laboratory' : 'New comparison'}
        </Button>
      )}
      {start.error && <Failure error={start.error} title="The ablation did not begin" />}
    </div>
  );
}
