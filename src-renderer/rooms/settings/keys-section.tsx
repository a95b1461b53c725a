import { ActionIcon, Alert, Button, Group, Table, Text } from '@mantine/core';
import { IconPlus, IconRestore, IconX } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { ACTIONS, actionOf, clashes, type ActionId } from '../../app/actions.ts';
import { useBindings } from '../../app/bindings.ts';
import { chordOf, keyWords } from '../../app/keys.ts';
import { Keys } from '../../parts/kbd.tsx';
import { Section } from '../../parts/section.tsx';

/** Every action with its keys, each of which can be replaced. */
export function KeysSection() {
  const { changed, of, reset } = useBindings();
  const clashing = clashes(of);
  return (
    <Section
      title="Keys"
      aside={
        <Button
          variant="default"
          size="compact-xs"
          disabled={Object.keys(changed).length === 0}
          onClick={() => reset()}
        >
          All as at first
        </Button>
      }
    >
      {clashing.map(({ chord, ids }) => (
        <Alert key={chord + ids.join()} color="yellow" mb="xs" p="xs">
          {keyWords(chord).join('+')} means both “{actionOf(ids[0]).title}” and “{actionOf(ids[1]).title}”; the one that
          came last on the screen is done.
        </Alert>
      ))}
      <Table withRowBorders={false} verticalSpacing={2}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Action</Table.Th>
            <Table.Th>Group</Table.Th>
            <Table.Th>Keys</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {ACTIONS.map(({ id, title, group }) => (
            <Table.Tr key={id}>
              <Table.Td>{title}</Table.Td>
              <Table.Td c="dimmed">{group}</Table.Td>
              <Table.Td>
                <Chords id={id} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}

function Chords({ id }: { id: ActionId }) {
  const chords = useBindings((state) => state.of(id));
  const changed = useBindings((state) => id in state.changed);
  const { bind, reset } = useBindings.getState();
  const [listening, setListening] = useState(false);
  const { title } = actionOf(id);
  const take = (event: KeyboardEvent) => {
    if (!listening) return;
    const chord = chordOf(event.nativeEvent);
    // Tab goes on to the next control, as everywhere.
    if (!chord || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    setListening(false);
    if (event.key !== 'Escape' && !chords.includes(chord)) bind(id, [...chords, chord]);
  };
  return (
    <Group gap={6}>
      {chords.map((chord) => (
        <Group key={chord} gap={0} wrap="nowrap">
          <Keys chord={chord} />
          <ActionIcon
            size="xs"
            aria-label={`Remove ${keyWords(chord).join('+')} from ${title}`}
            title="Remove"
            onClick={() =>
              bind(
                id,
                chords.filter((other) => other !== chord),
              )
            }
          >
            <IconX size={11} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        leftSection={<IconPlus size={12} aria-hidden />}
        aria-label={`Add a key to ${title}`}
        onClick={() => setListening(true)}
        onBlur={() => setListening(false)}
        onKeyDown={take}
      >
        {listening ? 'Press the keys, Esc to cancel' : 'Add'}
      </Button>
      {changed && (
        <ActionIcon size="xs" aria-label={`Keys of ${title} as at first`} title="As at first" onClick={() => reset(id)}>
          <IconRestore size={13} />
        </ActionIcon>
      )}
      {chords.length === 0 && (
        <Text size="xs" c="dimmed">
          none
        </Text>
      )}
    </Group>
  );
}
