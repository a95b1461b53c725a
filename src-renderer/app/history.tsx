import { Button, Drawer, Group, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HistoryStep } from '#shared/contract/lab.ts';
import { api } from '../client/client.ts';
import { Empty } from '../parts/empty.tsx';
import { Failure } from '../parts/failure.tsx';
import { count, moment } from '../parts/format.ts';
import { askClearHistory } from './clear-history.tsx';
import classes from './history.module.css';
import { useOverlays } from './overlays.ts';
import { jump, step } from './undo.ts';

/** Steps listed at first, and how many more each time. */
const PAGE = 200;

/** The lab's changes since the history was begun or last cleared, newest first; one can jump to any of them. */
export function HistoryDrawer() {
  const open = useOverlays((state) => state.history);
  const [limit, setLimit] = useState(PAGE);
  const history = useQuery({
    ...api.lab.history.queryOptions({ input: { limit } }),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  const [jumping, setJumping] = useState(false);
  const { steps = [], total = 0 } = history.data ?? {};

  const go = async (target: HistoryStep | null) => {
    setJumping(true);
    await jump(target);
    setJumping(false);
  };

  return (
    <Drawer
      opened={open}
      onClose={() => useOverlays.setState({ history: false })}
      title="History of changes"
      position="right"
      size="24rem"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {history.error && <Failure error={history.error} onRetry={() => void history.refetch()} />}
      {history.data && total === 0 && (
        <Empty icon={IconHistory} title="Nothing changed yet">
          Edits, labels and changes to datasets are listed here, and can be taken back one by one, also after the lab
          was closed.
        </Empty>
      )}
      {history.data && total > 0 && (
        <>
          <Group gap="xs" mb="sm">
            <Button variant="default" disabled={jumping} onClick={() => void step('undo')}>
              Undo
            </Button>
            <Button variant="default" disabled={jumping} onClick={() => void step('redo')}>
              Redo
            </Button>
            <Button variant="subtle" ml="auto" disabled={jumping} onClick={() => askClearHistory(history.data)}>
              Clear history
            </Button>
          </Group>
          <ol className={classes.steps} reversed>
            {steps.map((entry) => (
              <li key={entry.id}>
                <button
                  className={classes.step}
                  data-undone={entry.undone || undefined}
                  disabled={jumping}
                  onClick={() => void go(entry)}
                >
                  <Text size="sm" span>
                    {entry.words}
                  </Text>
                  <Text size="xs" c="dimmed" span display="block">
                    {moment(entry.at)}
                    {entry.undone && ' · undone'}
                  </Text>
                </button>
              </li>
            ))}
            {steps.length < total && (
              <li>
                <Button
                  variant="subtle"
                  fullWidth
                  loading={history.isPlaceholderData}
                  onClick={() => setLimit(limit + PAGE)}
                >
                  Show {count(Math.min(PAGE, total - steps.length))} of {count(total - steps.length)} earlier steps
                </Button>
              </li>
            )}
            <li>
              <button className={classes.step} disabled={jumping} onClick={() => void go(null)}>
                <Text size="sm" span>
                  As it was before all of these
                </Text>
              </button>
            </li>
          </ol>
        </>
      )}
    </Drawer>
  );
}
