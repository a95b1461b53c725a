import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Redirect } from 'wouter';
import { paths } from '../../../app/paths.ts';
import { useSelection } from '../../../app/selection.ts';
import { tellError } from '../../../app/tell.tsx';
import { api, client } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { newestTested } from '../newest-tested.ts';
import { NoNetwork } from '../no-network.tsx';
import { useInspectRoute } from '../route.ts';
import { InsideComparison } from './inside-comparison.tsx';

/** A clip as networks hear it. Without an address: as those of the newest comparison do. */
export default function ClipPage() {
  const { comparison, clip } = useInspectRoute();
  const dataset = useSelection((state) => state.dataset);
  const list = useQuery(api.compare.list.queryOptions());
  // What answers takes half a second to start: by the time a clip is chosen it is there.
  useEffect(() => void client.inspect.wake().catch(tellError), []);
  if (comparison !== null) return <InsideComparison key={comparison} comparison={comparison} clip={clip} />;
  if (list.error)
    return <Failure error={list.error} title="The comparisons cannot be listed" onRetry={() => void list.refetch()} />;
  if (!list.data) return <Loading label="Looking for networks" />;
  const newest = newestTested(list.data, dataset);
  if (newest) return <Redirect to={paths.inspect(newest.id, null)} replace />;
  return (
    <NoNetwork>
      Here one sees what gates and states do while a clip plays, and when a network makes up its mind. Train some first:
      one click on Compare.
    </NoNetwork>
  );
}
