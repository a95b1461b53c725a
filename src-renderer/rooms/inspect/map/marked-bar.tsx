import { Button, Group, Text } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { go, paths } from '../../../app/paths.ts';
import { plural } from '../../../parts/format.ts';
import { clearMarks, useMarked } from '../../../parts/marks.ts';
import { queueClips } from '../../../parts/queued.ts';
import classes from './map.module.css';

interface Props {
  dataset: number;
  /** Of the clips of the map. */
  places: ReadonlyMap<number, number>;
}

/** What can be done with the clips that are marked. */
export function MarkedBar({ dataset, places }: Props) {
  const marked = useMarked(dataset);
  const here = [...marked].filter((clip) => places.has(clip)).length;
  return (
    <Group gap="xs" className={classes.markedBar}>
      <Text size="xs" role="status" className="hark-numbers">
        {marked.size === 0
          ? 'Drag around clips to mark them; Alt with a drag moves the map, the wheel zooms.'
          : `${plural(marked.size, 'clip')} marked${here < marked.size ? `, ${here} of them on this map` : ''}`}
      </Text>
      {marked.size > 0 && (
        <>
          <Button
            size="compact-xs"
            leftSection={<IconChecklist size={13} aria-hidden />}
            onClick={() => {
              queueClips({ dataset, clips: [...marked], from: 'from the map' });
              go(paths.studioQueue);
            }}
          >
            Label these
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={clearMarks}>
            Clear
          </Button>
        </>
      )}
    </Group>
  );
}
