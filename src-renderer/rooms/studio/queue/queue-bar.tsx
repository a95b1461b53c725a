import { ActionIcon, Badge, Button, Checkbox, Chip, Group, NumberInput, Select, Tooltip } from '@mantine/core';
import { IconArrowsShuffle, IconTags } from '@tabler/icons-react';
import { QUEUE_ORDERS, type QueueQuery } from '#shared/domain/queue.ts';
import { CLIP_STATE_NAMES, CLIP_STATES, type LabelSet } from '#shared/domain/region.ts';
import { plural } from '../../../parts/format.ts';
import { leaveQueued, type Queued } from '../../../parts/queued.ts';
import classes from './queue.module.css';
import { ORDER_NAMES, useQueueSettings } from './settings.ts';

interface Props {
  /** Clips that were chosen elsewhere, which alone are offered. */
  queued: Queued | null;
  sets: readonly LabelSet[];
  set: number | null;
  onSet: (set: number | null) => void;
  onManage: () => void;
}

/** Which clips are offered, in which order, and which set of labels they get. */
export function QueueBar({ queued, sets, set, onSet, onManage }: Props) {
  const { order, seed, digitGoesOn } = useQueueSettings();
  const choose = useQueueSettings.setState;
  return (
    <div className={classes.bar} role="group" aria-label="What is offered">
      <Select
        size="xs"
        w={170}
        aria-label="Order"
        allowDeselect={false}
        data={QUEUE_ORDERS.map((value) => ({ value, label: ORDER_NAMES[value] }))}
        value={order}
        onChange={(value) => value && choose({ order: value as QueueQuery['order'] })}
      />
      {order === 'random' && (
        <Group gap={4} wrap="nowrap">
          <NumberInput
            size="xs"
            w={84}
            aria-label="Seed of the order"
            min={0}
            max={0xffff_ffff}
            allowDecimal={false}
            value={seed}
            onChange={(value) => typeof value === 'number' && choose({ seed: value })}
          />
          <Tooltip label="Shuffle anew">
            <ActionIcon aria-label="Shuffle anew" onClick={() => choose({ seed: seed + 1 })}>
              <IconArrowsShuffle size={16} />
            </ActionIcon>
          </Tooltip>
        </Group>
      )}
      {queued ? <ChosenClips queued={queued} /> : <States />}
      <Select
        size="xs"
        w={150}
        aria-label="Label set"
        allowDeselect={false}
        data={sets.map(({ id, name }) => ({ value: String(id ?? 0), label: name }))}
        value={String(set ?? 0)}
        onChange={(value) => value !== null && onSet(value === '0' ? null : Number(value))}
      />
      <Button size="compact-xs" variant="default" leftSection={<IconTags size={13} aria-hidden />} onClick={onManage}>
        Label sets
      </Button>
      <Checkbox
        size="xs"
        ml="auto"
        label="A class goes on to the next clip"
        checked={digitGoesOn}
        onChange={(event) => choose({ digitGoesOn: event.currentTarget.checked })}
      />
    </div>
  );
}

function States() {
  const states = useQueueSettings((state) => state.states);
  return (
    <Chip.Group
      multiple
      value={states}
      onChange={(chosen) => {
        // Clips of no state would be no queue.
        if (chosen.length > 0)
          useQueueSettings.setState({ states: CLIP_STATES.filter((state) => chosen.includes(state)) });
      }}
    >
      <Group gap={4} role="group" aria-label="States">
        {CLIP_STATES.map((state) => (
          <Chip key={state} size="xs" value={state}>
            {CLIP_STATE_NAMES[state]}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

/** That only some clips are offered, where they come from, and the way back. */
function ChosenClips({ queued: { clips, from } }: { queued: Queued }) {
  return (
    <Group gap={4} wrap="nowrap">
      <Badge variant="light" tt="none">
        {plural(clips.length, 'clip')} {from}
      </Badge>
      <Button size="compact-xs" variant="subtle" onClick={leaveQueued}>
        Back to the whole dataset
      </Button>
    </Group>
  );
}
