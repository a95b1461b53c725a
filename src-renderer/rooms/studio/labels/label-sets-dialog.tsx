import { ActionIcon, Button, Group, Kbd, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { LabelSet } from '#shared/domain/region.ts';
import { invalidate } from '../../../app/changes.ts';
import { client } from '../../../client/client.ts';
import { classKeys } from '../../../parts/class-keys.ts';
import { Failure } from '../../../parts/failure.tsx';
import classes from './labels.module.css';

interface Props {
  dataset: number;
  sets: readonly LabelSet[];
  chosen: number | null;
  onClose: () => void;
}

const NEW: LabelSet = { id: null, name: '', classes: [] };

/** The label sets of a dataset: which there are, their classes, and the order of these, which is that of the digit keys. */
export function LabelSetsDialog({ dataset, sets, chosen, onClose }: Props) {
  const [at, setAt] = useState(String(chosen ?? 0));
  const set = at === 'new' ? NEW : (sets.find(({ id }) => String(id ?? 0) === at) ?? sets[0]);
  return (
    <Modal opened onClose={onClose} title="Label sets" size="md">
      <Stack gap="sm">
        <Select
          label="Set"
          allowDeselect={false}
          data={[
            ...sets.map(({ id, name }) => ({ value: String(id ?? 0), label: name })),
            { value: 'new', label: 'New set' },
          ]}
          value={at}
          onChange={(value) => value !== null && setAt(value)}
        />
        <SetForm
          key={at}
          dataset={dataset}
          set={set}
          isNew={at === 'new'}
          onKept={(kept) => setAt(String(kept.id ?? 0))}
          onGone={() => setAt('0')}
        />
      </Stack>
    </Modal>
  );
}

interface FormProps {
  dataset: number;
  set: LabelSet;
  isNew: boolean;
  onKept: (set: LabelSet) => void;
  onGone: () => void;
}

function SetForm({ dataset, set, isNew, onKept, onGone }: FormProps) {
  const own = set.id === null && !isNew;
  const [name, setName] = useState(set.name);
  const [names, setNames] = useState(set.classes);
  const [added, setAdded] = useState('');
  const keys = classKeys(names);
  const keep = useMutation({
    mutationFn: () => client.studio.putLabelSet({ dataset, set: { id: set.id, name: name.trim(), classes: names } }),
    onSuccess: (kept) => {
      setNames(kept.classes);
      onKept(kept);
    },
    onSettled: () => invalidate(['studio', 'history']),
  });
  const remove = useMutation({
    mutationFn: () => client.studio.removeLabelSet({ set: set.id! }),
    onSuccess: onGone,
    onSettled: () => invalidate(['studio', 'history']),
  });
  const move = (index: number, by: number) => {
    const next = [...names];
    const [taken] = next.splice(index, 1);
    next.splice(index + by, 0, taken);
    setNames(next);
  };
  const add = () => {
    const wanted = added.trim();
    if (wanted === '' || names.includes(wanted)) return;
    setNames([...names, wanted]);
    setAdded('');
  };
  const changed = name.trim() !== set.name || names.join('\n') !== set.classes.join('\n');
  return (
    <Stack gap="sm">
      {own ? (
        <Text size="sm" c="dimmed">
          The clips’ own label, which networks are trained on. A class that clips have stays here, whatever is taken
          away.
        </Text>
      ) : (
        <TextInput
          label="Name"
          value={name}
          maxLength={100}
          data-autofocus={isNew || undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      <div className={classes.list} role="list" aria-label="Classes in the order of their keys">
        {names.map((each, index) => (
          <div key={each} role="listitem" className={classes.row}>
            <Kbd size="xs" className={classes.digit}>
              {keys.get(each) ?? '–'}
            </Kbd>
            <span className="hark-ellipsis" title={each}>
              {each}
            </span>
            <ActionIcon size="sm" aria-label={`${each} up`} disabled={index === 0} onClick={() => move(index, -1)}>
              <IconArrowUp size={14} />
            </ActionIcon>
            <ActionIcon
              size="sm"
              aria-label={`${each} down`}
              disabled={index === names.length - 1}
              onClick={() => move(index, 1)}
            >
              <IconArrowDown size={14} />
            </ActionIcon>
            <ActionIcon
              size="sm"
              aria-label={`Remove ${each}`}
              onClick={() => setNames(names.filter((other) => other !== each))}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </div>
        ))}
      </div>
      <TextInput
        aria-label="Add a class"
        placeholder="Add a class"
        value={added}
        maxLength={200}
        onChange={(event) => setAdded(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          add();
        }}
        rightSection={
          <ActionIcon aria-label="Add" disabled={added.trim() === ''} onClick={add}>
            <IconPlus size={15} />
          </ActionIcon>
        }
      />
      {(keep.error ?? remove.error) && <Failure error={keep.error ?? remove.error} title="The set was not changed" />}
      <Group justify="space-between">
        {own || isNew ? (
          <span />
        ) : (
          <Button variant="subtle" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            Remove the set
          </Button>
        )}
        <Button
          disabled={!changed || (!own && name.trim() === '')}
          loading={keep.isPending}
          onClick={() => keep.mutate()}
        >
          Keep
        </Button>
      </Group>
    </Stack>
  );
}
