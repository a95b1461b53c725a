import { Button, Group } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { QueueQuery } from '#shared/domain/queue.ts';
import { CLIP_STATES } from '#shared/domain/region.ts';
import { go, paths } from '../../../app/paths.ts';
import { useSelection } from '../../../app/selection.ts';
import { api, client } from '../../../client/client.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { useQueued } from '../../../parts/queued.ts';
import { LabelSetsDialog } from '../labels/label-sets-dialog.tsx';
import { QueueBar } from './queue-bar.tsx';
import classes from './queue.module.css';
import { Sitting } from './sitting.tsx';
import { useQueueSettings } from './settings.ts';

/** Clips one after the other, to be labelled by the keyboard alone. */
export default function QueuePage() {
  const dataset = useSelection((state) => state.dataset);
  if (dataset === null)
    return (
      <Empty
        icon={IconChecklist}
        title="No dataset chosen"
        action={<Button onClick={() => go(paths.library)}>Open the library</Button>}
      >
        The queue offers the clips of a dataset one after the other, to be heard and labelled by the keyboard alone.
      </Empty>
    );
  return <DatasetQueue key={dataset} dataset={dataset} />;
}

function DatasetQueue({ dataset }: { dataset: number }) {
  const { order, seed, states } = useQueueSettings();
  const queued = useQueued(dataset);
  const [set, setSet] = useState<number | null>(null);
  const [managing, setManaging] = useState(false);
  const [sitting, setSitting] = useState(0);
  const sets = useQuery(api.studio.labelSets.queryOptions({ input: { dataset } }));
  const chosen = sets.data?.find(({ id }) => id === set) ?? sets.data?.[0];
  const query: QueueQuery = {
    ...{ dataset, set: chosen?.id ?? null, order, seed, run: null },
    // Who has chosen clips by hand wants all of them, whatever their state.
    ...(queued ? { clips: [...queued.clips], states: [...CLIP_STATES] } : { clips: null, states }),
  };
  const queue = useQuery({
    // Not asked again when clips change: a queue stays as it was begun, or it would slip away under the hand.
    queryKey: ['queue', query, sitting],
    queryFn: () => client.studio.queue(query),
    gcTime: 0,
  });
  return (
    <div className={classes.page}>
      <QueueBar
        queued={queued}
        sets={sets.data ?? []}
        set={chosen?.id ?? null}
        onSet={setSet}
        onManage={() => setManaging(true)}
      />
      {queue.error || sets.error ? (
        <div className={classes.padded}>
          <Failure
            error={queue.error ?? sets.error}
            title="The queue cannot be made"
            onRetry={() => void Promise.all([queue.refetch(), sets.refetch()])}
          />
          {order === 'suspect' && (
            <Group mt="sm">
              <Button onClick={() => go(paths.studioSuspects)}>Search for suspect labels</Button>
            </Group>
          )}
        </div>
      ) : !queue.data || !chosen ? (
        <Loading label="Making the queue" />
      ) : (
        <Sitting
          key={JSON.stringify([query, sitting])}
          view={queue.data}
          query={query}
          labels={chosen}
          onAnew={() => setSitting(sitting + 1)}
        />
      )}
      {managing && sets.data && (
        <LabelSetsDialog
          dataset={dataset}
          sets={sets.data}
          chosen={chosen?.id ?? null}
          onClose={() => setManaging(false)}
        />
      )}
    </div>
  );
}
