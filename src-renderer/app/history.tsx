import { Button, Drawer, Group, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HistoryStep } from '#shared/contract/lab.ts';
import { api } from '../client/client.ts';
import { Empty } from '../parts/empty.tsx';
import { Failure } from '../parts/failure.tsx';
import { moment } from '../parts/format.ts';
import classes from './history.module.css';
import { useOverlays } from './overlays.ts';
import { step } from './undo.ts';

/** The changes made since the lab was opened, newest first; one can jump to any of them. */
export function HistoryDrawer() {
  const open = useOverlays((state) => state.history);
  const history = useQuery({ ...api.lab.history.queryOptions(), enabled: open });
  const [jumping, setJumping] = useState(false);
  const steps = [...(history.data ?? [])].sort((a, b) => b.id - a.id);

  /** Undoes or redoes, one step after the other, until `target` is the last one done (null: none is). */
  const jump = async (target: HistoryStep | null) => {
    setJumping(true);
    const later = steps.filter(({ id, undone }) => !undone && id > (target?.id ?? 0)).length;
    const earlier = target ? steps.filter(({ id, undone }) => undone && id <= target.id).length : 0;
    for (let i = 0; i < later; i++) if (!(await step('undo'))) break;
    for (let i = 0; i < earlier; i++) if (!(await step('redo'))) break;
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
      {history.data?.length === 0 && (
        <Empty icon={IconHistory} title="Nothing changed yet">
          Labels you mend and datasets you rename or remove are listed here, and can be taken back one by one.
        </Empty>
      )}
      {steps.length > 0 && (
        <>
          <Group gap="xs" mb="sm">
            <Button variant="default" disabled={jumping} onClick={() => void step('undo')}>
              Undo
            </Button>
            <Button variant="default" disabled={jumping} onClick={() => void step('redo')}>
              Redo
            </Button>
          </Group>
          <ol className={classes.steps} reversed>
            {steps.map((entry) => (
              <li key={entry.id}>
                <button
                  className={classes.step}
                  data-undone={entry.undone || undefined}
                  disabled={jumping}
                  onClick={() => void jump(entry)}
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
            <li>
              <button className={classes.step} disabled={jumping} onClick={() => void jump(null)}>
                <Text size="sm" span>
                  As the lab was opened
                </Text>
              </button>
            </li>
          </ol>
        </>
      )}
    </Drawer>
  );
}
