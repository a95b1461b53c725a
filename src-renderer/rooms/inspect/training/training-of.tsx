import { SegmentedControl, Select, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { ComparisonSummary, ComparisonView } from '#shared/domain/comparison.ts';
import { paths } from '../../../app/paths.ts';
import { api } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { StateBadge } from '../../compare/state-badge.tsx';
import { useComparison } from '../../compare/use-comparison.ts';
import { isLive } from '../../compare/words.ts';
import { ClippingSections } from './clipping-sections.tsx';
import { Gradients } from './gradients.tsx';
import classes from './training.module.css';

interface Props {
  comparison: number;
  /** All there are. */
  list: readonly ComparisonSummary[];
}

/** What was seen of the networks of a comparison while they were trained; while they are, as it comes in. */
export function TrainingOf({ comparison: id, list }: Props) {
  const query = useComparison(id);
  const [, navigate] = useLocation();
  const [chosen, setSeed] = useState<number | null>(null);
  const comparison = query.data;
  const seed = chosen ?? (comparison ? seedAtWork(comparison) : 0);
  const probes = useQuery({
    ...api.inspect.training.queryOptions({ input: { comparison: id, seed } }),
    enabled: comparison !== undefined,
    placeholderData: keepPreviousData,
  });
  const runs = comparison?.runs.filter((run) => run.seed === seed) ?? [];
  // What is seen comes with each epoch, and before the first; the views in between bring nothing new.
  const seen = runs.map(({ state, epochs }) => `${state} ${epochs.length}`).join();
  const { refetch } = probes;
  useEffect(() => void (seen && refetch()), [seen, refetch]);

  const error = query.error ?? probes.error;
  if (error)
    return (
      <div className={classes.page}>
        <Failure
          error={error}
          title="This training cannot be shown"
          onRetry={() => void Promise.all([query.refetch(), probes.refetch()])}
        />
        <Link href={paths.compare}>All comparisons</Link>
      </div>
    );
  if (!comparison || !probes.data) return <Loading label="Loading what was seen" />;
  const { name, state, spec } = comparison;
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <Select
          aria-label="Comparison"
          className={classes.comparison}
          size="xs"
          searchable
          allowDeselect={false}
          value={String(id)}
          data={list.map((one) => ({ value: String(one.id), label: `${one.name} (${one.datasetName})` }))}
          onChange={(value) => value && navigate(paths.inspectTraining(Number(value)))}
        />
        {spec.seeds.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label="Seed"
            value={String(seed)}
            onChange={(value) => setSeed(Number(value))}
            data={spec.seeds.map((value) => ({ value: String(value), label: `Seed ${value}` }))}
          />
        )}
        <StateBadge state={state} />
        <Link href={paths.comparison(id)} title={name} className={classes.link}>
          Open in Compare
        </Link>
        <span className={classes.cells}>
          {spec.cells.map((cell) => (
            <CellName key={cell} cell={cell} />
          ))}
        </span>
      </header>
      {query.streamError && <Failure error={query.streamError} title="News of the training no longer arrive" />}
      <div className={classes.sections}>
        <Gradients comparison={comparison} seed={seed} probes={probes.data} live={isLive(state)} />
        {runs.some(({ epochs }) => epochs.length > 0) ? (
          <ClippingSections comparison={comparison} runs={runs} seed={seed} />
        ) : (
          <Text size="sm" c="dimmed">
            What clipping does is shown here from the first epoch on.
          </Text>
        )}
      </div>
    </div>
  );
}

/** The seed that trains now, else the first one. */
function seedAtWork({ runs, spec }: ComparisonView): number {
  return runs.find(({ state }) => state === 'training' || state === 'paused')?.seed ?? spec.seeds[0];
}
