import { Button, Skeleton } from '@mantine/core';
import { IconChartBubble } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { paths } from '../../../app/paths.ts';
import { api } from '../../../client/client.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { useDatasetInUse, useResultsFollowed } from '../use-sweeps.ts';
import { TradeOffs } from './trade-offs.tsx';
import classes from '../experiments.module.css';

/** What accuracy costs, over all networks tested on the dataset in use. */
export default function TradeOffsPage() {
  const { dataset, error, retry } = useDatasetInUse();
  const query = useQuery(
    api.experiments.tradeOffs.queryOptions({ input: { dataset: dataset?.id ?? 0 }, enabled: Boolean(dataset) }),
  );
  useResultsFollowed(dataset?.id);
  const failed = error ?? query.error;
  if (failed)
    return (
      <div className={classes.page}>
        <Failure
          error={failed}
          title="The networks cannot be listed"
          onRetry={error ? retry : () => void query.refetch()}
        />
      </div>
    );
  if (dataset === null || query.data?.length === 0)
    return (
      <Empty
        icon={IconChartBubble}
        title={dataset ? `No network has been tested on ${dataset.name} yet` : 'No dataset yet'}
        action={
          <Button component={Link} href={dataset ? paths.newComparison(dataset.id) : paths.library}>
            {dataset ? 'Compare networks' : 'Go to the library'}
          </Button>
        }
      >
        Here every network that was tested stands by what it costs, in parameters, time or memory, and by how much it
        gets right. A comparison or an ablation brings the first ones.
      </Empty>
    );
  if (!dataset || !query.data)
    return (
      <div className={classes.page}>
        <Skeleton height={480} aria-label="Loading the networks" />
      </div>
    );
  return <TradeOffs key={dataset.id} dataset={dataset.name} all={query.data} />;
}
