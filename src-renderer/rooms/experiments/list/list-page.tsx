import { Button, Skeleton, Text, Title } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { FACTOR_IDS } from '#shared/domain/factors.ts';
import { paths } from '../../../app/paths.ts';
import { api } from '../../../client/client.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { useDatasetInUse } from '../use-sweeps.ts';
import { FactorCard } from './factor-card.tsx';
import { SweepList } from './sweep-list.tsx';
import classes from '../experiments.module.css';

/** What one click would try on the dataset in use, and the ablations made so far. */
export function ListPage() {
  const { dataset, error, retry } = useDatasetInUse();
  const list = useQuery(api.experiments.list.queryOptions());
  if (error) return <Failure error={error} title="The datasets cannot be listed" onRetry={retry} />;
  if (dataset === null)
    return (
      <Empty
        icon={IconFlask}
        title="Nothing to experiment on yet"
        action={
          <Button component={Link} href={paths.library}>
            Go to the library
          </Button>
        }
      >
        Here one setting at a time is changed and all networks are trained at each of its levels, so that one sees what
        it does. Bring a folder of recordings first, or make the built-in sample.
      </Empty>
    );
  return (
    <div className={classes.page}>
      <section aria-label="Factors">
        <div className={classes.sectionHead}>
          <Title order={2}>One setting at a time</Title>
          <Text size="xs" c="dimmed">
            An ablation changes one setting{dataset && ` of a comparison on ${dataset.name}`}, keeps all others, and
            trains the networks at each level.
          </Text>
        </div>
        {dataset ? (
          <div className={classes.factors}>
            {FACTOR_IDS.map((factor) => (
              <FactorCard
                key={`${dataset.id} ${factor}`}
                dataset={dataset.id}
                factor={factor}
                made={(list.data ?? []).filter((one) => one.factor === factor && one.dataset === dataset.id)}
              />
            ))}
          </div>
        ) : (
          <Skeleton height={300} aria-label="Loading the factors" />
        )}
      </section>
      {list.isError ? (
        <Failure error={list.error} title="The ablations cannot be listed" onRetry={() => void list.refetch()} />
      ) : list.data ? (
        <SweepList sweeps={list.data} dataset={dataset?.id ?? null} />
      ) : (
        <Skeleton height={120} aria-label="Loading the ablations" />
      )}
    </div>
  );
}
