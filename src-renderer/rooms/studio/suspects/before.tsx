import { Alert, Button, Text } from '@mantine/core';
import { IconZoomQuestion } from '@tabler/icons-react';
import type { SuspectsView } from '#shared/domain/queue.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { count, duration, moment, plural } from '../../../parts/format.ts';
import { useFindSuspects } from './use-find.ts';

/** Before the first search: what it does, what it costs, and the one button. */
export function Before({ dataset, view }: { dataset: number; view: SuspectsView }) {
  const { plan, obstacle } = view;
  const find = useFindSuspects(dataset);
  return (
    <Empty
      icon={IconZoomQuestion}
      title="Which labels are likely to be wrong"
      action={
        plan && (
          <Button onClick={() => find.mutate()} loading={find.isPending}>
            Search for suspect labels
          </Button>
        )
      }
    >
      <Text inherit>
        Networks are trained on parts of the dataset and asked about the clips they have not seen. Where they disbelieve
        a label, you hear the clip and decide.
      </Text>
      {plan && (
        <Text inherit mt="xs" className="hark-numbers">
          {plural(plan.networks, 'network')} ({count(plan.folds)} folds, {plural(plan.seeds.length, 'seed')}) on{' '}
          {plural(plan.clips, 'clip')} of {plural(plan.classes, 'class', 'classes')}: {plan.method}. About{' '}
          {duration(plan.seconds)}; it can be stopped at any time.
        </Text>
      )}
      <CutOff at={view.cutOff} />
      {obstacle && (
        <Alert color="yellow" mt="sm" ta="left">
          {obstacle}
        </Alert>
      )}
      {find.error && <Failure error={find.error} title="The search did not begin" />}
    </Empty>
  );
}

/** Said of a search that the end of the app cut off. */
export function CutOff({ at }: { at: string | null }) {
  return (
    at !== null && (
      <Alert color="yellow" mt="sm" ta="left">
        The search begun on {moment(at)} was cut off when Hark was closed. Nothing of it was kept; search again.
      </Alert>
    )
  );
}
