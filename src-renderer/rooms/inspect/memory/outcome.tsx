import { Group, SegmentedControl, Text } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useState } from 'react';
import type { KeptMemoryRun, MemoryRun } from '#shared/domain/memory.ts';
import { Empty } from '../../../parts/empty.tsx';
import { SaveMenu } from '../../../parts/figure/save-menu.tsx';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import { Section } from '../../../parts/section.tsx';
import { MemoryChart } from './memory-chart.tsx';
import { MemoryTable } from './memory-table.tsx';
import { memoryCsv, memoryFigure } from './save-memory.ts';
import { basisWords, costWords, findings } from './words.ts';
import classes from './memory.module.css';

interface Props {
  /** Of this task. */
  running: MemoryRun | null;
  last: KeptMemoryRun | null;
}

/** How right each cell is by distance: point by point while it runs, else as it came out last. */
export function Outcome({ running, last }: Props) {
  const [view, setView] = useState('chart');
  const run = running ?? last;
  if (!run)
    return (
      <Section title="Accuracy by distance">
        <Empty icon={IconHourglass} title="How far back each cell can remember">
          Networks are trained on made sequences, for each distance anew, and asked about sequences they have not seen.
          Press Run to see at which distance each cell fails.
        </Empty>
      </Section>
    );
  return (
    <Section
      title="Accuracy by distance"
      aside={
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label="Show the result as"
            value={view}
            onChange={setView}
            data={[
              { value: 'chart', label: 'Chart' },
              { value: 'table', label: 'Table' },
            ]}
          />
          <SaveMenu
            name={`memory-${run.settings.task}`}
            figure={() => memoryFigure(run)}
            csv={() => memoryCsv(run)}
            rows="a row a point and seed"
          />
        </Group>
      }
    >
      {view === 'chart' ? (
        <>
          <MemoryChart run={run} />
          <div className={classes.legend}>
            {run.settings.cells.map((cell) => (
              <CellName key={cell} cell={cell} />
            ))}
            <span>Bars: 95 % intervals{run.intervalMethod && ` (${run.intervalMethod})`}</span>
          </div>
        </>
      ) : (
        <MemoryTable run={run} />
      )}
      <div className={classes.findings} aria-live="polite">
        {findings(run).map((words) => (
          <Text key={words}>{words}</Text>
        ))}
      </div>
      <Text size="xs" c="dimmed" className="hark-numbers">
        {basisWords(run)} {running ? 'Under way.' : last && costWords(last)}
      </Text>
    </Section>
  );
}
