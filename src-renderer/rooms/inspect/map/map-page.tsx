import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useSelection } from '../../../app/selection.ts';
import { tellError } from '../../../app/tell.tsx';
import { api, client } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { newestTested } from '../newest-tested.ts';
import { NoNetwork } from '../no-network.tsx';
import { ComparisonMap } from './comparison-map.tsx';
import { useMapState } from './state.ts';
import classes from './map.module.css';

/** Clips as points, laid out from what a network makes of them. */
export default function MapPage() {
  const dataset = useSelection((state) => state.dataset);
  const chosen = useMapState((state) => state.comparison);
  const list = useQuery(api.compare.list.queryOptions());
  // What answers takes half a second to start.
  useEffect(() => void client.inspect.wake().catch(tellError), []);
  const shown = list.data && (list.data.find(({ id }) => id === chosen) ?? newestTested(list.data, dataset));
  const comparison = useQuery({
    ...api.compare.get.queryOptions({ input: { comparison: shown?.id ?? 0 } }),
    enabled: shown !== undefined,
  });
  const error = list.error ?? comparison.error;
  if (error)
    return (
      <div className={classes.padded}>
        <Failure error={error} title="The networks cannot be listed" onRetry={() => void list.refetch()} />
      </div>
    );
  if (!list.data) return <Loading label="Looking for networks" />;
  if (!shown)
    return (
      <NoNetwork>
        Here every clip is a point, and clips that a network takes for alike lie near each other: groups, clips between
        them and labels that do not fit are seen at once. Train networks first: one click on Compare.
      </NoNetwork>
    );
  if (!comparison.data) return <Loading label="Loading the comparison" />;
  return <ComparisonMap key={comparison.data.id} comparison={comparison.data} list={list.data} />;
}
