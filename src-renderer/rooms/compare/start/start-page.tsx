import { Button, Skeleton } from '@mantine/core';
import { IconChartHistogram } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { paths } from '../../../app/paths.ts';
import { chooseDataset, useSelection } from '../../../app/selection.ts';
import { api } from '../../../client/client.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { useCompareRoute } from '../route.ts';
import { ComparisonList } from '../list/comparison-list.tsx';
import { StartForm } from './start-form.tsx';
import classes from '../compare.module.css';

interface Props {
  /** The dataset asked for in the address; null: the one in use. */
  dataset: number | null;
  /** The comparison whose settings the form starts with. */
  from: number | null;
}

/** What one click would do now, and below it all comparisons there are. */
export function StartPage({ dataset, from }: Props) {
  const inUse = useSelection((state) => state.dataset);
  const datasets = useQuery(api.library.datasets.queryOptions());
  const old = useQuery(api.compare.get.queryOptions({ input: { comparison: from ?? 1 }, enabled: from !== null }));
  const wanted = from !== null ? (old.data?.dataset.id ?? null) : inUse;
  // The address only says which dataset to take; from then on it is the one in use, which the top bar can change.
  const [, goTo] = useCompareRoute();
  const known = datasets.data?.some(({ id }) => id === dataset);
  useEffect(() => {
    if (dataset === null || known === undefined) return;
    if (known) chooseDataset(dataset);
    goTo({ view: 'start', dataset: null, from: null }, { replace: true });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- goTo is made anew with every address
  }, [dataset, known]);
  const chosen = datasets.data?.find(({ id }) => id === wanted);
  const defaults = useQuery(
    api.compare.defaults.queryOptions({
      input: { dataset: chosen?.id ?? 1 },
      enabled: chosen !== undefined && from === null,
    }),
  );
  const failed = [datasets, old, defaults].find((query) => query.isError);
  const initial = from === null ? defaults.data : old.data && { ...old.data.spec, name: undefined };

  if (datasets.data?.length === 0)
    return (
      <Empty
        icon={IconChartHistogram}
        title="Nothing to compare on yet"
        action={
          <Button component={Link} href={paths.library}>
            Go to the library
          </Button>
        }
      >
        Here RNN, LSTM and GRU are trained side by side on one dataset, and every mistake can be heard. Bring a folder
        of recordings first, or make the built-in sample.
      </Empty>
    );
  return (
    <div className={classes.page}>
      {failed ? (
        <Failure error={failed.error} title="A comparison cannot be prepared" onRetry={() => void failed.refetch()} />
      ) : from !== null && old.data && datasets.data && !chosen ? (
        <Failure error={new Error('The dataset of that comparison is not in the lab any more.')} />
      ) : chosen && initial ? (
        <StartForm
          key={`${chosen.id} ${from}`}
          dataset={chosen}
          initial={initial}
          fromName={from === null ? null : (old.data?.name ?? null)}
        />
      ) : (
        <Skeleton height={330} aria-label="Preparing a comparison" />
      )}
      <ComparisonList />
    </div>
  );
}
