import { Button, Skeleton, Title } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Advice } from '#shared/domain/sweep.ts';
import { paths } from '../../../app/paths.ts';
import { api } from '../../../client/client.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { Note } from '../../compare/note.tsx';
import { useDatasetInUse, useResultsFollowed } from '../use-sweeps.ts';
import { AdviceCard } from './advice-card.tsx';
import page from '../experiments.module.css';
import classes from './advice.module.css';

/** Topics in the order they are read. */
const TOPICS: readonly { id: Advice['topic']; title: string }[] = [
  { id: 'cell', title: 'Which cell' },
  { id: 'size', title: 'Which size' },
  { id: 'features', title: 'Which features' },
  { id: 'training', title: 'How to train' },
  { id: 'data', title: 'How much data' },
  { id: 'memory', title: 'How far back' },
];

/** What the lab's own results say of the dataset in use, with what it rests on; and what would answer the rest. */
export default function AdvicePage() {
  const { dataset, error, retry } = useDatasetInUse();
  const query = useQuery(
    api.experiments.advice.queryOptions({ input: { dataset: dataset?.id ?? 0 }, enabled: Boolean(dataset) }),
  );
  useResultsFollowed(dataset?.id);
  const failed = error ?? query.error;
  if (failed)
    return (
      <div className={page.page}>
        <Failure error={failed} title="No advice can be given" onRetry={error ? retry : () => void query.refetch()} />
      </div>
    );
  const first = dataset && (
    <Button component={Link} href={paths.newComparison(dataset.id)}>
      Compare networks
    </Button>
  );
  if (dataset === null || query.data?.length === 0)
    return (
      <Empty
        icon={IconBulb}
        title={dataset ? `Nothing is known of ${dataset.name} yet` : 'No dataset yet'}
        action={
          first ?? (
            <Button component={Link} href={paths.library}>
              Go to the library
            </Button>
          )
        }
      >
        Advice comes from your own results alone: which cell, how many units, which features. Compare networks first; it
        takes one click.
      </Empty>
    );
  if (!dataset || !query.data)
    return (
      <div className={page.page}>
        <Skeleton height={360} aria-label="Looking through the results" />
      </div>
    );
  const advice = query.data;
  return (
    <div className={page.page}>
      {advice.every(({ strength }) => strength === 'open') && (
        <Note tone="info" action={first}>
          Nothing has been tested on {dataset.name} that would answer one of these questions. Compare networks first;
          then each ablation answers one more.
        </Note>
      )}
      {TOPICS.map(({ id, title }) => {
        const own = advice.filter(({ topic }) => topic === id);
        return (
          own.length > 0 && (
            <section key={id} aria-label={title}>
              <Title order={2} pb={6}>
                {title}
              </Title>
              <div className={classes.cards}>
                {own.map((one) => (
                  <AdviceCard key={one.id} advice={one} dataset={dataset.id} />
                ))}
              </div>
            </section>
          )
        );
      })}
    </div>
  );
}
