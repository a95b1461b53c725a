import { Button } from '@mantine/core';
import { IconZoomQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { go, paths } from '../../../app/paths.ts';
import { useSelection } from '../../../app/selection.ts';
import { useStatus } from '../../../app/status.ts';
import { api } from '../../../client/client.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { Before } from './before.tsx';
import { SearchProgress } from './search-progress.tsx';
import { SuspectList } from './suspect-list.tsx';

/** Labels that networks disbelieve, to be accepted or refused one after the other. */
export default function SuspectsPage() {
  const dataset = useSelection((state) => state.dataset);
  if (dataset === null)
    return (
      <Empty
        icon={IconZoomQuestion}
        title="No dataset chosen"
        action={<Button onClick={() => go(paths.library)}>Open the library</Button>}
      >
        Here the labels of a dataset are looked through for those that are likely to be wrong.
      </Empty>
    );
  return <DatasetSuspects key={dataset} dataset={dataset} />;
}

function DatasetSuspects({ dataset }: { dataset: number }) {
  const found = useQuery(api.studio.suspects.queryOptions({ input: { dataset } }));
  const job = useStatus(({ status }) =>
    status?.jobs.find(({ kind, subject, state }) => kind === 'suspects' && subject === dataset && state === 'running'),
  );
  if (found.error)
    return <Failure error={found.error} title="The suspects cannot be shown" onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading label="Looking for suspects" />;
  if (job) return <SearchProgress job={job} plan={found.data.plan} />;
  const { search } = found.data;
  if (!search) return <Before dataset={dataset} view={found.data} />;
  return <SuspectList key={search.id} dataset={dataset} view={found.data} search={search} />;
}
