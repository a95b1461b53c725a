import { Button } from '@mantine/core';
import { IconChartHistogram, IconTrendingDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Redirect, useLocation } from 'wouter';
import type { ComparisonSummary } from '#shared/domain/comparison.ts';
import { paths } from '../../../app/paths.ts';
import { useSelection } from '../../../app/selection.ts';
import { api } from '../../../client/client.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { TrainingOf } from './training-of.tsx';

/** What gradients and recurrent weights do while networks are trained. Without an address: those of the newest comparison. */
export default function TrainingPage() {
  const [location] = useLocation();
  const comparison = Number(/\/training\/([1-9]\d*)$/.exec(location)?.[1] ?? 0);
  const dataset = useSelection((state) => state.dataset);
  const list = useQuery(api.compare.list.queryOptions());
  if (list.error)
    return <Failure error={list.error} title="The comparisons cannot be listed" onRetry={() => void list.refetch()} />;
  if (!list.data) return <Loading label="Looking for trainings" />;
  if (comparison > 0) return <TrainingOf key={comparison} comparison={comparison} list={list.data} />;
  const newest = newestOf(list.data, dataset);
  if (newest) return <Redirect to={paths.inspectTraining(newest.id)} replace />;
  return (
    <Empty
      icon={IconTrendingDown}
      title="No training to look at yet"
      action={
        <Button
          component={Link}
          href={paths.compare}
          variant="default"
          leftSection={<IconChartHistogram size={14} aria-hidden />}
        >
          Compare networks
        </Button>
      }
    >
      Here one sees how far back through time gradients reach, epoch by epoch: where they vanish, where they explode,
      and what clipping does about it. Train some networks first.
    </Empty>
  );
}

/** Of the dataset in use if there is one, else of any. */
function newestOf(list: readonly ComparisonSummary[], dataset: number | null): ComparisonSummary | undefined {
  const newest = list.toSorted((a, b) => b.id - a.id);
  return newest.find((one) => one.dataset === dataset) ?? newest[0];
}
