import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { FactorId } from '#shared/domain/factors.ts';
import { paths } from '../../../app/paths.ts';
import { api } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { ListPage } from '../list/list-page.tsx';
import { useDatasetInUse } from '../use-sweeps.ts';
import { SettingsForm } from './settings-form.tsx';
import classes from '../experiments.module.css';

/** The settings of an ablation on the dataset in use, before it is started. */
export function SettingsPage({ factor }: { factor: FactorId }) {
  const { dataset, error, retry } = useDatasetInUse();
  const defaults = useQuery(
    api.experiments.defaults.queryOptions({
      input: { dataset: dataset?.id ?? 0, factor },
      enabled: Boolean(dataset),
      retry: false,
    }),
  );
  // Without a dataset the room's first page says what to do.
  if (dataset === null) return <ListPage />;
  const failed = error ?? defaults.error;
  return (
    <div className={classes.page}>
      {failed ? (
        <>
          <Failure
            error={failed}
            title="This ablation cannot be prepared"
            onRetry={error ? retry : () => void defaults.refetch()}
          />
          <Link href={paths.experiments}>All ablations</Link>
        </>
      ) : dataset && defaults.data ? (
        <SettingsForm key={dataset.id} initial={defaults.data} dataset={dataset.name} />
      ) : (
        <Skeleton height={400} aria-label="Preparing the settings" />
      )}
    </div>
  );
}
