import { SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { MEMORY_TASK_WORDS, MEMORY_TASKS, MemorySettings, type MemoryTask } from '#shared/domain/memory.ts';
import { api } from '../../../client/client.ts';
import { Failure } from '../../../parts/failure.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { Example } from './example.tsx';
import { Outcome } from './outcome.tsx';
import { SettingsForm } from './settings-form.tsx';
import { useLaboratory } from './state.ts';
import classes from './memory.module.css';

/** The memory laboratory: made tasks with one dial, the distance over which something has to be kept. */
export default function MemoryPage() {
  const task = useLaboratory((state) => state.task);
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <SegmentedControl
          aria-label="Task"
          value={task}
          onChange={(value) => useLaboratory.setState({ task: value as MemoryTask })}
          data={MEMORY_TASKS.map((value) => ({ value, label: MEMORY_TASK_WORDS[value].name }))}
        />
        <Text size="sm" className={classes.asks}>
          {MEMORY_TASK_WORDS[task].asks}
        </Text>
      </header>
      <TaskPage key={task} task={task} />
    </div>
  );
}

function TaskPage({ task }: { task: MemoryTask }) {
  const view = useQuery(api.memory.view.queryOptions({ input: { task } }));
  const draft = useLaboratory(({ drafts }) => drafts[task]);
  if (view.error)
    return <Failure error={view.error} title="The experiments cannot be shown" onRetry={() => void view.refetch()} />;
  if (!view.data) return <Loading label="Looking for the last experiment" />;
  const { running, last } = view.data;
  return (
    <div className={classes.body}>
      <SettingsForm
        settings={draft ?? last?.settings ?? MemorySettings.parse({ task })}
        again={last !== null}
        running={running}
      />
      <div className={classes.column}>
        <Outcome running={running?.settings.task === task ? running : null} last={last} />
        <Example task={task} />
      </div>
    </div>
  );
}
