import { Autocomplete, Button, Group, SegmentedControl, Text, Textarea } from '@mantine/core';
import { IconTags } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { StudioClip } from '#shared/contract/studio.ts';
import type { LabelEntry } from '#shared/domain/clip.ts';
import { CLIP_STATE_NAMES, CLIP_STATES, type ClipState, type LabelSet } from '#shared/domain/region.ts';
import { invalidate } from '../../../app/changes.ts';
import { tellError } from '../../../app/tell.tsx';
import { api, client } from '../../../client/client.ts';
import { moment } from '../../../parts/format.ts';
import { LabelEditor } from '../../../parts/label-editor.tsx';
import { LabelSetsDialog } from './label-sets-dialog.tsx';
import classes from './labels.module.css';

const SET_BY: Record<LabelEntry['setBy'], string> = {
  import: 'as imported',
  user: 'by hand',
  file: 'from a file',
  suggestion: 'by suggestion',
};

/** What the open clip is labelled: its own label, further sets, state, note, and who set what when. */
export default function LabelPanel({ open }: { open: StudioClip }) {
  const { clip, state, note, labels } = open;
  const [managing, setManaging] = useState(false);
  const sets = useQuery(api.studio.labelSets.queryOptions({ input: { dataset: clip.dataset } })).data ?? [];
  const change = useMutation({
    mutationFn: (send: () => Promise<unknown>) => send(),
    onError: (error) => tellError(error, 'The clip was not changed'),
    onSettled: () => invalidate(['studio', 'clips', 'history']),
  });
  const nameOf = new Map(sets.map(({ id, name }) => [id, name]));
  return (
    <div className={classes.panel}>
      <Group justify="space-between">
        <LabelEditor key={clip.id} clip={clip.id} dataset={clip.dataset} label={clip.label} />
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconTags size={13} aria-hidden />}
          onClick={() => setManaging(true)}
        >
          Label sets
        </Button>
      </Group>
      {sets
        .filter(({ id }) => id !== null)
        .map((set) => (
          <FurtherLabel
            key={`${clip.id} ${set.id} ${labels.find((label) => label.set === set.id)?.label ?? ''}`}
            set={set}
            label={labels.find((label) => label.set === set.id)?.label ?? null}
            onSet={(label) => change.mutate(() => client.studio.label({ clips: [clip.id], set: set.id, label }))}
          />
        ))}
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label="State"
        data={CLIP_STATES.map((value) => ({ value, label: CLIP_STATE_NAMES[value] }))}
        value={state}
        onChange={(value) =>
          change.mutate(() => client.studio.setState({ clips: [clip.id], state: value as ClipState }))
        }
      />
      <Textarea
        key={`${clip.id} ${note}`}
        label="Note"
        autosize
        minRows={2}
        maxRows={10}
        maxLength={10_000}
        defaultValue={note}
        onBlur={(event) => {
          const text = event.currentTarget.value;
          if (text !== note) change.mutate(() => client.studio.setNote({ clip: clip.id, note: text }));
        }}
      />
      <section aria-label="History of the labels">
        <Text size="sm" fw={500} mb={4}>
          History of the labels
        </Text>
        <ol className={classes.history}>
          {clip.history.toReversed().map((entry) => (
            <li key={entry.id} data-undone={entry.undone || undefined}>
              {entry.set !== null && `${nameOf.get(entry.set) ?? 'removed set'}: `}
              {entry.label === '' ? 'taken away' : entry.label}
              <Text span size="xs" c="dimmed">
                {' '}
                {SET_BY[entry.setBy]}, {moment(entry.setAt)}
                {entry.undone && ', undone'}
              </Text>
            </li>
          ))}
        </ol>
      </section>
      {managing && (
        <LabelSetsDialog dataset={clip.dataset} sets={sets} chosen={null} onClose={() => setManaging(false)} />
      )}
    </div>
  );
}

interface FurtherProps {
  set: LabelSet;
  label: string | null;
  onSet: (label: string | null) => void;
}

/** The clip's label in a further set: typed or chosen, Enter sets it, empty takes it away. */
function FurtherLabel({ set, label, onSet }: FurtherProps) {
  const [value, setValue] = useState(label ?? '');
  const keep = (next: string) => {
    const wanted = next.trim() || null;
    if (wanted !== label) onSet(wanted);
  };
  return (
    <Autocomplete
      label={set.name}
      placeholder="no label"
      data={set.classes}
      value={value}
      maxLength={200}
      limit={50}
      onChange={setValue}
      onOptionSubmit={keep}
      onBlur={() => keep(value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep(value);
      }}
    />
  );
}
