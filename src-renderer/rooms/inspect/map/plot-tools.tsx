import { ActionIcon, Checkbox, Group, SegmentedControl, Tooltip } from '@mantine/core';
import { IconZoomIn, IconZoomOut, IconZoomReset } from '@tabler/icons-react';
import { useMapHabits } from './state.ts';
import type { usePlot } from './use-plot.ts';
import { zoomed, type Frame } from './view.ts';
import classes from './map.module.css';

export const ZOOM_STEP = 1.5;

/** What a drag does, nearer and further, and whether clips are heard under the pointer. */
export function PlotTools({ plot, frame }: { plot: ReturnType<typeof usePlot>; frame: Frame }) {
  const { tool, hearUnderPointer } = useMapHabits();
  const zoom = (factor: number) => {
    const middle = { x: frame.width / 2, y: frame.height / 2 };
    plot.setView(zoomed(plot.view.current, frame, middle, factor, plot.whole));
  };
  const tools = [
    { label: 'Zoom in (+)', sign: IconZoomIn, run: () => zoom(ZOOM_STEP) },
    { label: 'Zoom out (−)', sign: IconZoomOut, run: () => zoom(1 / ZOOM_STEP) },
    { label: 'Show all (0)', sign: IconZoomReset, run: () => plot.setView(plot.whole) },
  ];
  return (
    <Group gap="xs" className={classes.tools}>
      <SegmentedControl
        size="xs"
        aria-label="What a drag does"
        value={tool}
        data={[
          { value: 'lasso', label: 'Mark' },
          { value: 'move', label: 'Move' },
        ]}
        onChange={(value) => useMapHabits.setState({ tool: value as 'lasso' | 'move' })}
      />
      {tools.map(({ label, sign: Sign, run }) => (
        <Tooltip key={label} label={label}>
          <ActionIcon aria-label={label} variant="default" onClick={run}>
            <Sign size={15} />
          </ActionIcon>
        </Tooltip>
      ))}
      <Checkbox
        size="xs"
        label="Hear clips under the pointer"
        checked={hearUnderPointer}
        onChange={(event) => useMapHabits.setState({ hearUnderPointer: event.currentTarget.checked })}
      />
    </Group>
  );
}
