import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';

interface Props {
  known: readonly string[];
  onClose: () => void;
  onMake: (name: string) => void;
}

/** Names a class on the way: Enter makes it and gives it to the clip. */
export function NewClass({ known, onClose, onMake }: Props) {
  const [name, setName] = useState('');
  const wanted = name.trim();
  return (
    <Modal opened onClose={onClose} title="New class" size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted === '') return;
          onMake(wanted);
          onClose();
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Name"
            description={
              known.includes(wanted) ? 'There is such a class: the clip gets it.' : 'The clip at hand gets it.'
            }
            value={name}
            maxLength={200}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group justify="end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={wanted === ''}>
              Give it
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
