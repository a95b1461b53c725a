import { ActionIcon, Autocomplete, Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { IconCheck, IconPencil } from '@tabler/icons-react';
import { tell, tellError } from '../app/tell.tsx';
import { useAction } from '../app/use-action.ts';
import { api, client, queries } from '../client/client.ts';
import classes from './label-editor.module.css';

interface Props {
  clip: number;
  dataset: number;
  label: string;
}

/** A clip's label, and the way to mend it: Enter opens, a name is typed or chosen, Enter sets it; Ctrl+Z takes it back. */
export function LabelEditor({ clip, dataset, label }: Props) {
  const [open, setOpen] = useState(false);
  useAction('edit.relabel', () => setOpen(true));
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" width={300} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.label}
          title={`${label}\nChange the label`}
          aria-label={`Label: ${label}. Change`}
          onClick={() => setOpen(!open)}
        >
          <span className="hark-ellipsis">{label}</span>
          <IconPencil size={14} aria-hidden />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label="Change the label">
        {open && <LabelForm clip={clip} dataset={dataset} label={label} onDone={() => setOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function LabelForm({ clip, dataset, label, onDone }: Props & { onDone: () => void }) {
  const [value, setValue] = useState(label);
  const statistics = useQuery(api.library.statistics.queryOptions({ input: { dataset } }));
  const classesKnown = statistics.data?.classes.map(({ name }) => name).sort((a, b) => a.localeCompare(b)) ?? [];
  const relabel = useMutation({
    mutationFn: (next: string) => client.library.relabel({ clip, label: next }),
    onSuccess: (detail) => {
      queries.setQueryData(api.library.clip.queryKey({ input: { clip } }), detail);
      tell(`Label changed to “${detail.label}”`, `It was “${label}”. Ctrl+Z takes it back.`);
      onDone();
    },
    onError: (error) => tellError(error, 'The label was not changed'),
  });
  const next = value.trim();
  const set = (chosen: string) => {
    if (chosen === label) onDone();
    else if (chosen && !relabel.isPending) relabel.mutate(chosen);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        set(next);
      }}
    >
      <Stack gap="xs">
        <Autocomplete
          label="Label"
          description="Enter sets it, Esc leaves it as it is"
          data={classesKnown}
          value={value}
          onChange={setValue}
          filter={({ options, search }) =>
            // All of them until something else is typed.
            options.filter(
              (option) =>
                search === label ||
                !('label' in option) ||
                option.label.toLowerCase().includes(search.trim().toLowerCase()),
            )
          }
          onOptionSubmit={(chosen) => set(chosen)}
          onFocus={(event) => event.currentTarget.select()}
          maxLength={200}
          limit={50}
          maxDropdownHeight={220}
          comboboxProps={{ withinPortal: false }}
          rightSectionPointerEvents="auto"
          rightSection={
            <ActionIcon
              type="submit"
              size="sm"
              variant="filled"
              color="iris"
              aria-label="Set label"
              loading={relabel.isPending}
              disabled={!next || next === label}
            >
              <IconCheck size={14} />
            </ActionIcon>
          }
          data-autofocus
        />
        {statistics.data && next && !classesKnown.includes(next) && (
          <Text size="xs" c="dimmed">
            A new class: no clip had this label before.
          </Text>
        )}
      </Stack>
    </form>
  );
}
